/**
 * The simulated VPP on its two sockets: the binary API, and the stats segment in shared memory. Every
 * client of VPP can talk to it.
 *
 * @module
 */

import type { Clock, Timer } from "../../clock.ts";
import {
  closeDescriptor,
  createSharedMemory,
  listenSeqpacket,
  mapSharedMemory,
  type SeqpacketListener,
} from "../../os/mod.ts";
import { cliInband, type Message, WireError } from "../wire/mod.ts";
import { parseVipsText } from "../lb/vips_text.ts";
import { Session, simulatedTable } from "./session.ts";
import {
  createSimulatedVpp,
  type SimulatedVpp,
  type SimulatedVppOptions,
} from "./simulated_vpp.ts";
import type { Offer } from "./traffic_source.ts";
import { VppCrash } from "./vpp_crash.ts";

export type { Offer } from "./traffic_source.ts";

/** What the server is made of. */
export interface SimulatorOptions {
  /** Where to listen. A socket file that nobody listens on is replaced. */
  readonly apiPath: string;
  readonly statsPath: string;
  readonly profile: SimulatedVppOptions["profile"];
  readonly clock: Clock;
  readonly random: () => number;
  /** What clients offer to each VIP that there is. Default: nothing. */
  readonly traffic?: Offer | null;
  /** Told of what a person who watches wants to know. */
  readonly tell?: (what: string) => void;
}

/** What goes wrong, for tests. Nothing, to begin with. */
export interface Faults {
  /** Answers come this much later. */
  delayMs: number;
  /** Nothing is read or answered, as of a process that is stopped. */
  isStopped: boolean;
  /** What becomes of a message in the table: another name and CRC, or null if it is to be missing. */
  rename: (key: string) => string | null;
  /** Makes VPP refuse a request with a number, one whose reply is nothing else. */
  refuse: (message: Message<unknown>, fields: unknown) => number | null;
}

/** A simulated VPP that listens. */
export interface Simulator {
  readonly faults: Faults;
  /** The VPP of the moment: after a restart another one. */
  readonly vpp: SimulatedVpp;
  /** Closes all connections, as VPP does when it dies, and begins again with nothing. */
  restart(): void;
  /** Closes all connections of the binary API. */
  dropClients(): void;
  /** Sends bytes to all clients of the binary API. */
  sendToClients(bytes: Uint8Array): void;
  /** Stops, and removes the socket files. */
  close(): void;
}

/** Room for the counters of some thousand VIPs. Clean pages cost nothing. */
const statsBytes = 32 * 1024 * 1024;

/** A client of the binary API. */
interface Client {
  readonly connection: Deno.UnixConn;
  /** The answers that are on their way. */
  sending: Promise<void>;
}

/** One life of the simulated VPP. */
interface Life {
  readonly vpp: SimulatedVpp;
  readonly descriptor: number;
  end(): void;
}

/**
 * Starts a simulated VPP.
 *
 * @throws {OsError} It cannot listen on the path for the stats segment.
 * @throws {Error} It cannot listen on the path for the binary API.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { apiPath, statsPath, clock, tell = () => {} } = options;
  const faults: Faults = { delayMs: 0, isStopped: false, rename: (key) => key, refuse: () => null };
  const clients = new Set<Client>();
  const listener = await listenUnix(apiPath);
  const stats = listenStats(statsPath, clock, () => life.descriptor, () => {
    listener.close();
    removeQuietly(apiPath);
  });
  let life = beginLife(options);
  let clientCount = 0;

  const restart = () => {
    dropClients();
    life.end();
    life = beginLife(options);
    tell("restarted with nothing");
  };
  const dropClients = () => {
    for (const { connection } of clients) closeQuietly(connection);
    clients.clear();
  };

  const serve = async (client: Client) => {
    const { vpp } = life;
    const session = new Session({
      vpp,
      table: simulatedTable(vpp, faults.rename),
      clientIndex: (0x80000000 | ++clientCount) >>> 0,
      pid: Deno.pid,
      refuse: (message, fields) => faults.refuse(message, fields),
    });
    clients.add(client);
    try {
      const buffer = new Uint8Array(64 * 1024);
      while (!session.isOver) {
        const count = await client.connection.read(buffer);
        if (count === null) break;
        while (faults.isStopped && clients.has(client)) await clock.sleep(10);
        const frames = [...session.take(buffer.subarray(0, count))].flat();
        const { delayMs } = faults;
        client.sending = client.sending.then(async () => {
          if (delayMs > 0) await clock.sleep(delayMs);
          await writeAll(client.connection, frames);
        }).catch(() => closeQuietly(client.connection));
        if (delayMs === 0) await client.sending;
      }
      await client.sending;
    } catch (error) {
      if (error instanceof VppCrash) {
        tell(`crashed, as a real VPP would have: ${error.message}`);
        return restart();
      }
      if (!isClientsFault(error)) tell(`drops a client: ${error}`);
    } finally {
      clients.delete(client);
      closeQuietly(client.connection);
    }
  };
  const accept = async () => {
    for await (const connection of listener) serve({ connection, sending: Promise.resolve() });
  };
  accept().catch((error) => tell(`takes no more clients: ${error}`));

  let timer: Timer;
  const tick = () => {
    timer = clock.setTimer(1_000, tick);
    if (faults.isStopped) return;
    try {
      if (options.traffic) offerToAll(life.vpp, options.traffic);
      life.vpp.catchUp();
    } catch (error) {
      // What a client has set shows at the next packet, or is more than can be simulated.
      if (!(error instanceof VppCrash || error instanceof RangeError)) throw error;
      tell(`crashed, as a real VPP would have: ${error.message}`);
      restart();
    }
  };
  tick();

  return {
    faults,
    get vpp() {
      return life.vpp;
    },
    restart,
    dropClients,
    sendToClients: (bytes) => {
      for (const { connection } of clients) connection.write(bytes).catch(() => {});
    },
    close: () => {
      timer.cancel();
      listener.close();
      stats.close();
      dropClients();
      life.end();
      removeQuietly(apiPath);
    },
  };
}

function beginLife({ profile, clock, random }: SimulatorOptions): Life {
  const descriptor = createSharedMemory("simulated VPP stats", statsBytes);
  const memory = mapSharedMemory(descriptor, "read-write");
  const startMs = clock.monotonic();
  const vpp = createSimulatedVpp({
    profile,
    random,
    now: () => Math.floor((clock.monotonic() - startMs) / 1_000),
    stats: memory.bytes,
    bootTime: Math.floor(clock.now() / 1_000),
  });
  const end = () => {
    memory.unmap();
    closeDescriptor(descriptor);
  };
  return { vpp, descriptor, end };
}

async function listenUnix(path: string): Promise<Deno.UnixListener> {
  try {
    return Deno.listen({ transport: "unix", path });
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse) || await isListenedOn(path)) throw error;
    Deno.removeSync(path);
    return Deno.listen({ transport: "unix", path });
  }
}

/** Whether a socket file is more than what a server left behind that is gone. */
async function isListenedOn(path: string): Promise<boolean> {
  try {
    closeQuietly(await Deno.connect({ transport: "unix", path }));
    return true;
  } catch (error) {
    return !(error instanceof Deno.errors.ConnectionRefused);
  }
}

function listenStats(
  path: string,
  clock: Clock,
  descriptor: () => number,
  onFailure: () => void,
): SeqpacketListener {
  try {
    return listenSeqpacket({
      path,
      clock,
      onConnection: (connection) => {
        connection.sendDescriptor(descriptor());
        connection.close();
      },
    });
  } catch (error) {
    onFailure();
    throw error;
  }
}

/** Offers traffic to every VIP that there is; the text names them rightly in both generations. */
function offerToAll(vpp: SimulatedVpp, offer: Offer): void {
  const { reply } = vpp.call(cliInband, { cmd: "show lb vips verbose" });
  const parsed = parseVipsText(reply);
  if (!parsed.ok) {
    throw new Error(`the simulated VPP's text makes no sense: ${parsed.problem.text}`);
  }
  for (const { prefix, protocol, port, isRemoved } of parsed.vips) {
    if (!isRemoved) vpp.offerTraffic({ pfx: prefix, protocol, port }, offer);
  }
}

async function writeAll(connection: Deno.Conn, frames: readonly Uint8Array[]): Promise<void> {
  const length = frames.reduce((sum, frame) => sum + frame.length, 0);
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const frame of frames) {
    bytes.set(frame, at);
    at += frame.length;
  }
  for (let sent = 0; sent < length;) sent += await connection.write(bytes.subarray(sent));
}

/** Whether the client has gone, or sends nonsense, for which VPP drops it without a word. */
function isClientsFault(error: unknown): boolean {
  const { BadResource, BrokenPipe, ConnectionReset, Interrupted } = Deno.errors;
  return [WireError, BadResource, BrokenPipe, ConnectionReset, Interrupted].some((kind) =>
    error instanceof kind
  );
}

function closeQuietly(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch {
    // It is closed already.
  }
}

function removeQuietly(path: string): void {
  try {
    Deno.removeSync(path);
  } catch {
    // It is not there.
  }
}
