/**
 * VPP's stats segment, version 2: counters by name, read from shared memory without asking VPP.
 *
 * ```ts ignore
 * const stats = openStats(segment, clock);
 * const values = await stats.read({
 *   "first session packet": "simple",
 *   "/net/route/to": "combined",
 * });
 * values["first session packet"].sum(vip.poolIndex); // 5500
 * values["/net/route/to"].sum(route.statsIndex); // { packets: 7000, bytes: 700000 }
 * ```
 *
 * @module
 */

export type { CombinedCounters, Counters, PacketsAndBytes, SimpleCounters } from "./counters.ts";
export type { DirectoryEntry } from "./directory.ts";
export type { Kind } from "./entry.ts";
export type { Segment } from "./segment.ts";
export { StatsError, type StatsErrorCode } from "./stats_error.ts";
export { openStats, type StatsReader, type Values, type Wanted } from "./stats_reader.ts";
export { feelPulse, isSilent, type Pulse, vitalSigns } from "./vital_signs.ts";
