/**
 * What became of reloads, for metrics.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import type { ReloadSource } from "../metrics/mod.ts";

/** Counts. */
export interface ReloadCounters extends ReloadSource {
  add(result: "success" | "failure"): void;
}

/** Counts from a configuration that has just been loaded. */
export function countReloads(clock: Pick<Clock, "now">): ReloadCounters {
  const counts = { success: 0, failure: 0 };
  let isLastSuccessful = true;
  let loadedAtMs = clock.now();
  return {
    get success() {
      return counts.success;
    },
    get failure() {
      return counts.failure;
    },
    get isLastSuccessful() {
      return isLastSuccessful;
    },
    get loadedAtMs() {
      return loadedAtMs;
    },
    add: (result) => {
      counts[result]++;
      isLastSuccessful = result === "success";
      if (isLastSuccessful) loadedAtMs = clock.now();
    },
  };
}
