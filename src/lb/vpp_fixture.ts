/**
 * A VPP behind no sockets, for tests: it answers what a link asks, or not, as it is told.
 *
 * @module
 */

import { type Clock, systemClock } from "../clock.ts";
import { type Logger, logger, type LogRecord } from "../log.ts";
import { type Answering, connectTo, Peer } from "../vpp/api/peer_fixture.ts";
import { StatsError, type StatsReader } from "../vpp/stats/mod.ts";
import { controlPing, sockclntDelete } from "../vpp/wire/mod.ts";
import type { ConnectedVpp } from "./connect_vpp.ts";

/** What a scripted VPP does, to be changed at any time. */
export interface Script {
  /** Pings are answered this much later; null: never, and goodbyes neither. */
  delayMs: number | null;
  bootTime: number;
  /** Where its heart stands still; null: it beats every 10 s. */
  heartbeat: number | null;
  /** Reading the stats segment fails with this code. */
  statsError: StatsError["code"] | null;
}

/** A scripted VPP and what became of it. */
export interface ScriptedVpp {
  readonly vpp: ConnectedVpp;
  readonly peer: Peer;
  readonly script: Script;
  /** How many pings have arrived. */
  pings(): number;
  /** Whether both the connection and the segment are closed. */
  isClosed(): boolean;
}

const bootTime = 1_795_218_712;

/** A segment that holds the vital signs of a script. */
export function scriptedStats(script: Script, clock: Clock): StatsReader & { isClosed(): boolean } {
  let isClosed = false;
  return {
    read: () => {
      if (script.statsError !== null) {
        return Promise.reject(new StatsError(script.statsError, "as the script says"));
      }
      const { bootTime } = script;
      const heartbeat = script.heartbeat ?? Math.floor(clock.monotonic() / 10_000);
      return Promise.resolve({ "/sys/boottime": bootTime, "/sys/heartbeat": heartbeat } as never);
    },
    directory: () => Promise.resolve([]),
    close: () => {
      isClosed = true;
    },
    isClosed: () => isClosed,
  };
}

/** A VPP that has just started, connected. */
export async function scriptedVpp(clock: Clock): Promise<ScriptedVpp> {
  const script: Script = { delayMs: 0, bootTime, heartbeat: null, statsError: null };
  const answer: Answering = ({ message, context }, peer) => {
    if (script.delayMs === null) return;
    if (message.name === "sockclnt_delete") {
      peer.reply(sockclntDelete.reply, { response: 1 }, context);
      return peer.hangUp();
    }
    const reply = () =>
      peer.reply(controlPing.reply, { retval: 0, clientIndex: 1, vpePid: 42 }, context);
    if (script.delayMs === 0) reply();
    else clock.setTimer(script.delayMs, reply);
  };
  const peer = new Peer(answer);
  const api = await connectTo(peer, { clock });
  const stats = scriptedStats(script, clock);
  let isEnded = false;
  api.ended.then(() => isEnded = true);
  const vpp: ConnectedVpp = {
    api,
    stats,
    lb: null,
    missing: ["VPP has no message lb_conf"],
    info: {
      version: "26.10",
      buildDate: "today",
      buildDirectory: "/build",
      pid: 42,
      bootTimeMs: bootTime * 1_000,
      connectedAtMs: clock.now(),
      profile: null,
    },
  };
  return {
    vpp,
    peer,
    script,
    pings: () => peer.arrivals.filter(({ message }) => message === controlPing).length,
    isClosed: () => isEnded && stats.isClosed(),
  };
}

/** A log whose records are kept. */
export function keptLog(clock: Clock = systemClock): { log: Logger; records: LogRecord[] } {
  const records: LogRecord[] = [];
  const log = logger({ clock, sink: () => {} });
  log.subscribe("debug", (record) => records.push(record));
  return { log, records };
}
