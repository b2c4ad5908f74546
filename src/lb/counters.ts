/**
 * The load balancer's counters, read every few seconds, for metrics and the API.
 *
 * VPP is asked which counters are whose when VIPs or ASes have changed. As long as they do not, all
 * comes from the stats segment, and VPP is asked for nothing: each question stops its forwarding for
 * a moment.
 *
 * @module
 */

import type { Clock, Timer } from "../clock.ts";
import type { Logger } from "../log.ts";
import type { ApiCaller } from "../vpp/api/mod.ts";
import {
  findTraffic,
  type LbClient,
  type LbTraffic,
  readTrafficAt,
  type TrafficIndexes,
  type Vip,
} from "../vpp/lb/mod.ts";
import type { StatsReader } from "../vpp/stats/mod.ts";
import { continues } from "./continues.ts";
import { sharedRead } from "./shared_read.ts";

/**
 * The counters at one moment, as VPP has them: nothing is added up from one snapshot to the next. One
 * that is lower than in the snapshot before was reset, because its VIP was deleted and added again,
 * or somebody cleared it. A VIP that was deleted is not in it; an AS is as long as VPP remembers it.
 */
export interface CountersSnapshot extends LbTraffic {
  /** When they were read, in milliseconds since the Unix epoch. */
  readonly timeMs: number;
}

/** Reads the counters of one VPP, from when it was connected until it no longer is. */
export interface LbCounters {
  /** The latest snapshot, which never changes; null before the first, and after {@link stop}. */
  readonly snapshot: CountersSnapshot | null;
  /** VIPs or ASes were added or deleted: the next reading asks VPP again which counters are whose. */
  lookUpAgain(): void;
  /**
   * The VIPs with what only VPP itself can tell of the moment: buckets and live flows. VPP is asked
   * at most once a second, however many want to know.
   *
   * @throws {ApiError} VPP does not answer.
   * @throws {LbTextError} Its answer makes no sense.
   */
  readLive(): Promise<readonly Vip[]>;
  /** The VIPs have changed: {@link LbCounters.readLive} is to ask VPP again. */
  forgetLive(): void;
  /** Ends the reading, and drops the snapshot. */
  stop(): void;
}

/** What the counters are read with. */
export interface CountersOptions {
  readonly api: Pick<ApiCaller, "call">;
  readonly lb: Pick<LbClient, "readVips">;
  readonly stats: Pick<StatsReader, "read">;
  readonly clock: Clock;
  readonly log: Pick<Logger, "warn">;
  /** From the beginning of one reading to that of the next. Default: 5 s. */
  readonly everyMs?: number;
}

const defaultEveryMs = 5_000;

/** How long live data is good enough for others who ask. */
const liveMs = 1_000;

/** A snapshot, and what the next one needs to know of it. */
interface Reading {
  /** How often VIPs had changed before VPP was asked for the indexes. */
  readonly changes: number;
  readonly indexes: TrafficIndexes;
  readonly traffic: LbTraffic;
}

/**
 * Starts to read, now and then every few seconds, one reading after the other. What fails is logged,
 * once for each kind of failure until a reading succeeds, and leaves the snapshot as it was.
 */
export function startCounters(options: CountersOptions): LbCounters {
  const { api, lb, stats, clock, log, everyMs = defaultEveryMs } = options;
  const failures = new Set<string>();
  let changes = 0;
  let reading: Reading | null = null;
  let snapshot: CountersSnapshot | null = null;
  let timer: Timer | null = null;
  let isStopped = false;

  const readVips = () => lb.readVips({ withText: true });
  const live = sharedRead({ clock, maxAgeMs: liveMs, read: readVips });
  const read = async (previous: Reading | null): Promise<Reading> => {
    let known = previous?.indexes;
    if (previous?.changes === changes) {
      const traffic = await readTrafficAt(stats, previous.indexes);
      if (continues(previous.traffic, traffic)) return { ...previous, traffic };
      known = undefined;
    }
    const asked = changes;
    const indexes = await findTraffic(api, await readVips(), known);
    return { changes: asked, indexes, traffic: await readTrafficAt(stats, indexes) };
  };
  const take = (latest: Reading) => {
    reading = latest;
    failures.clear();
    // Otherwise VIPs changed while VPP was asked, and the counters may be others' by now.
    if (latest.changes === changes) snapshot = { timeMs: clock.now(), ...latest.traffic };
  };
  const complain = (thrown: unknown) => {
    reading = null;
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const kind = kindOf(error);
    if (!failures.has(kind)) log.warn("vpp-counters-failed", { error });
    failures.add(kind);
  };
  const turn = async () => {
    const startMs = clock.monotonic();
    try {
      const latest = await read(reading);
      if (!isStopped) take(latest);
    } catch (error) {
      if (!isStopped) complain(error);
    }
    if (!isStopped) timer = clock.setTimerAt(startMs + everyMs, turn);
  };
  turn();

  return {
    get snapshot() {
      return snapshot;
    },
    lookUpAgain: () => {
      changes++;
    },
    readLive: live.read,
    forgetLive: live.forget,
    stop: () => {
      isStopped = true;
      timer?.cancel();
      snapshot = null;
    },
  };
}

/** The name, and the code of errors that have one. */
function kindOf(error: Error): string {
  return "code" in error ? `${error.name} ${error.code}` : error.name;
}
