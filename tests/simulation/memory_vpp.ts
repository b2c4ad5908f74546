/**
 * A simulated VPP without sockets: streams of bytes and a stats segment in memory, on a virtual clock,
 * with the faults that a VPP and its machine have.
 *
 * Nothing here takes time but by the clock, so what happens is the same each time.
 *
 * @module
 */

import type { Clock } from "../../src/clock.ts";
import type { VppAccess } from "../../src/lb/mod.ts";
import type { Transport } from "../../src/vpp/api/mod.ts";
import type { Profile } from "../../src/vpp/lb/mod.ts";
import { Session, simulatedTable } from "../../src/vpp/sim/session.ts";
import { createSimulatedVpp, type SimulatedVpp } from "../../src/vpp/sim/simulated_vpp.ts";
import { openStats, type StatsReader } from "../../src/vpp/stats/mod.ts";
import { type Message, WireError } from "../../src/vpp/wire/mod.ts";
import { messageLength } from "../../src/vpp/wire/frame_header.ts";
import { type MemoryStream, memoryStream } from "./memory_stream.ts";

/** A message that VPP has got. */
export interface Arrival {
  readonly message: Message<unknown>;
  readonly fields: unknown;
}

/** What is told of the messages. */
export interface VppWatch {
  /** Messages have come; so many have no answer yet. */
  onArrival(unanswered: number): void;
  /** VPP carries out a message when it is told to. */
  onMessage(arrival: Arrival, carryOut: () => unknown): unknown;
  /** VPP would have died of a message, or the simulation cannot do what it would have done. */
  onFailure(error: unknown): void;
}

/** What goes wrong. Nothing, to begin with. */
export interface VppFaults {
  /** Each message takes VPP so long. */
  workMs: number;
  /** Answers are on their way so long. */
  delayMs: number;
  /** The process stands still, as after SIGSTOP. */
  isStopped: boolean;
  /** Which table of messages it has. Its sessions keep the one that they began with. */
  table: "right" | "no-plugin" | "other-layouts";
  /** So many requests are carried out, and never answered. */
  lostReplies: number;
  /** So many requests are not even seen. */
  lostRequests: number;
  /** So many writes are refused, with this number. */
  refusals: number;
  refusalRetval: number;
}

/** A VPP in memory. */
export interface MemoryVpp {
  readonly access: VppAccess;
  readonly faults: VppFaults;
  /** The VPP of the moment; null while it is down. */
  readonly vpp: SimulatedVpp | null;
  readonly profile: Profile;
  /** Which life this is, counted from 1. */
  readonly life: number;
  /** How many connections and segments clients have open. */
  readonly held: number;
  /** How many timers are its own. */
  readonly timers: number;
  crash(): void;
  /** Starts with nothing. Harmless while it runs. */
  start(profile: Profile): void;
  dropClients(): void;
  /** Ends, with all that waits for its time. */
  close(): void;
}

/** What a VPP in memory is made of. */
export interface MemoryVppOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly profile: Profile;
  readonly watch: VppWatch;
  /** Which requests may be refused or lost: those that write. */
  readonly isWrite: (arrival: Arrival) => boolean;
}

/** What VPP says of an AS that is there already. */
const valueExist = -81;

/** Enough for the counters of some dozens of VIPs. */
const statsBytes = 1024 * 1024;

interface Life {
  readonly vpp: SimulatedVpp;
  readonly stats: Uint8Array<ArrayBuffer>;
}

/** Starts one. */
export function memoryVpp(options: MemoryVppOptions): MemoryVpp {
  const { clock, watch, isWrite } = options;
  const faults: VppFaults = {
    workMs: 0,
    delayMs: 0,
    isStopped: false,
    table: "right",
    lostReplies: 0,
    lostRequests: 0,
    refusals: 0,
    refusalRetval: -1,
  };
  const closing = new AbortController();
  const streams = new Set<MemoryStream>();
  let { profile } = options;
  let lives = 0;
  let life: Life | null = null;
  let segments = 0;
  let timers = 0;

  const sleep = async (ms: number, signal: AbortSignal = closing.signal) => {
    timers++;
    try {
      await clock.sleep(ms, { signal });
    } finally {
      timers--;
    }
  };

  const begin = (): Life => {
    lives++;
    const startMs = clock.monotonic();
    const stats = new Uint8Array(statsBytes);
    const vpp = createSimulatedVpp({
      profile,
      random: options.random,
      now: () => Math.floor((clock.monotonic() - startMs) / 1_000),
      stats,
      bootTime: Math.floor(clock.now() / 1_000),
    });
    return { vpp, stats };
  };

  /** The VPP as a session sees it: watched, and losing what it is told to lose. */
  const watched = (vpp: SimulatedVpp, lose: () => void): SimulatedVpp => ({
    ...vpp,
    call: (message, fields) => {
      const arrival = { message, fields };
      if (isWrite(arrival) && faults.lostRequests > 0) {
        faults.lostRequests--;
        // To a message that is too short VPP answers nothing.
        throw new WireError("short", "lost on purpose");
      }
      const reply = refusedInWords(arrival) ??
        watch.onMessage(arrival, () => vpp.call(message, fields));
      if (isWrite(arrival) && faults.lostReplies > 0) {
        faults.lostReplies--;
        lose();
      }
      return reply as ReturnType<typeof vpp.call<unknown, never>>;
    },
    dump: (message, fields) => {
      const details = watch.onMessage({ message, fields }, () => vpp.dump(message, fields));
      return details as ReturnType<typeof vpp.dump<unknown, never>>;
    },
  });

  const refuse = (message: Message<unknown>, fields: unknown): number | null => {
    if (faults.refusals === 0 || !isWrite({ message, fields })) return null;
    if (message.name === "cli_inband") return null;
    faults.refusals--;
    return faults.refusalRetval;
  };
  /** The command line refuses in its answer's text. That something is there already would be a lie. */
  const refusedInWords = (arrival: Arrival) => {
    if (faults.refusals === 0 || arrival.message.name !== "cli_inband" || !isWrite(arrival)) {
      return null;
    }
    faults.refusals--;
    const retval = faults.refusalRetval === valueExist ? -1 : faults.refusalRetval;
    return { retval: 0, reply: `lb: error ${retval}\n` };
  };

  const serve = async (stream: MemoryStream, { vpp }: Life) => {
    let isLost = false;
    const session = new Session({
      vpp: watched(vpp, () => isLost = true),
      table: simulatedTable(vpp, renameBy(faults.table)),
      clientIndex: (0x80000000 | lives) >>> 0,
      pid: lives,
      refuse,
    });
    let sent = Promise.resolve();
    for (let frame = await stream.next(); frame !== null; frame = await stream.next()) {
      if (faults.workMs > 0) await sleep(faults.workMs);
      while (faults.isStopped && !stream.isClosed) await sleep(10);
      if (stream.isClosed) break;
      isLost = false;
      const answers = [...session.take(frame)].flat();
      const { delayMs } = faults;
      const [given, isOver] = [isLost ? [] : answers, session.isOver];
      const [before, dueMs] = [sent, clock.monotonic() + delayMs];
      sent = (async () => {
        await before;
        const restMs = dueMs - clock.monotonic();
        if (restMs > 0) await sleep(restMs);
        stream.answer(given);
        if (isOver) stream.hangUp();
      })();
      if (delayMs === 0) await sent;
      else sent.catch(() => {});
    }
  };

  const openApi = (): Promise<Transport> => {
    if (life === null) return Promise.reject(new Deno.errors.ConnectionRefused("nobody listens"));
    const stream = memoryStream({
      cut: framesOf,
      onArrival: watch.onArrival,
      onClose: () => streams.delete(stream),
    });
    streams.add(stream);
    serve(stream, life).catch((error) => {
      stream.hangUp();
      if (error !== closing.signal.reason) watch.onFailure(error);
    });
    return Promise.resolve(stream.transport);
  };

  const attachStats: VppAccess["attachStats"] = async ({ signal, timeoutMs = 5_000 }) => {
    const endMs = clock.monotonic() + timeoutMs;
    while (faults.isStopped && life !== null) {
      if (clock.monotonic() >= endMs) throw new Error("VPP does not hand out its segment");
      await sleep(100, signal);
    }
    if (life === null) throw new Error("there is no such socket");
    return readerOf(life);
  };
  const readerOf = (of: Life): StatsReader => {
    segments++;
    const reader = openStats({ bytes: of.stats, unmap: () => segments-- }, clock);
    return {
      ...reader,
      read: (wanted) => {
        if (of === life && !faults.isStopped) of.vpp.catchUp();
        return reader.read(wanted);
      },
    };
  };

  const dropClients = () => {
    for (const stream of [...streams]) stream.hangUp();
  };
  const start = (as: Profile) => {
    if (life !== null) return;
    profile = as;
    life = begin();
  };
  start(profile);
  return {
    access: {
      openApi,
      attachStats,
      socketFiles: () => life === null ? "none" : `life ${lives}`,
    },
    faults,
    get vpp() {
      return life?.vpp ?? null;
    },
    get profile() {
      return profile;
    },
    get life() {
      return lives;
    },
    get held() {
      return streams.size + segments;
    },
    get timers() {
      return timers;
    },
    crash: () => {
      life = null;
      dropClients();
    },
    start,
    dropClients,
    close: () => {
      closing.abort();
      dropClients();
    },
  };
}

function renameBy(table: VppFaults["table"]): (key: string) => string | null {
  return (key) => {
    if (table === "right" || !key.startsWith("lb_")) return key;
    return table === "no-plugin" ? null : key.replace(/_[0-9a-f]+$/, "_01234567");
  };
}

/** Cuts what is written into frames: a client writes whole ones. */
function framesOf(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frames: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + 16 + messageLength(view, at, bytes.length);
    frames.push(bytes.slice(at, end));
    at = end;
  }
  return frames;
}
