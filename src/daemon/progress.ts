/**
 * Whether probes go on, for the watchdog: a loop that turns is not yet a daemon that works.
 *
 * @module
 */

import type { HealthCheck } from "../config/mod.ts";
import type { Histogram } from "../histogram.ts";

/** What is watched of the checker. */
export interface ProgressSource {
  backends(): Iterable<{
    readonly check: Pick<HealthCheck, "intervalNs" | "downIntervalNs" | "timeoutNs"> | null;
    /** Null while it is not probed, or a probe is in flight. */
    readonly nextProbeAt: number | null;
    readonly isProbing: boolean;
  }>;
  readonly counters: { readonly lag: Histogram };
}

/** Besides the longest wait for a probe that the configuration allows. */
const patienceSeconds = 10;

/**
 * Returns a function that is to be called once a second, and says whether probes go on. They do not
 * when for far longer than the configuration allows none has started, though some backend is probed.
 * What counts are calls and not time, so that a process that was stopped is not taken for a broken one.
 */
export function watchProgress({ backends, counters: { lag } }: ProgressSource): () => boolean {
  let startedBefore = 0;
  let idleCalls = 0;
  return () => {
    const started = lag.counts.reduce((sum, count) => sum + count, 0);
    idleCalls = started === startedBefore ? idleCalls + 1 : 0;
    startedBefore = started;
    if (idleCalls <= patienceSeconds) return true;
    const longestNs = longestRound(backends());
    if (longestNs === null) idleCalls = 0;
    return longestNs === null || idleCalls <= patienceSeconds + 2 * longestNs / 1e9;
  };
}

/** The longest time from probe to probe of any backend that is probed; null if none is. */
function longestRound(backends: ReturnType<ProgressSource["backends"]>): number | null {
  let longestNs: number | null = null;
  for (const { check, nextProbeAt, isProbing } of backends) {
    if (check === null || (nextProbeAt === null && !isProbing)) continue;
    const waitNs = Math.max(check.intervalNs, check.downIntervalNs) + check.timeoutNs;
    longestNs = Math.max(longestNs ?? 0, waitNs);
  }
  return longestNs;
}
