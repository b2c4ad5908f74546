/**
 * Whether the machine has time for what is soaked. On one that is busy with something else deadlines
 * pass, and nobody is to blame.
 *
 * @module
 */

import { waitedSecondsOf } from "./figures.ts";

/** Looks at processes. */
export interface StarvationWatch {
  /** To be called about once a second. */
  watch(pids: readonly number[]): void;
  /** Whether one of them has had too little time lately. */
  isStarved(): boolean;
}

/** Waiting for so much of the time is too much: what takes a second takes two and more. */
const mostWaiting = 0.5;

/** One hiccup does not count. */
const windowMs = 4_000;

/** A deadline may pass so much later than the reason for it. */
const memoryMs = 15_000;

/** Begins to watch. */
export function starvationWatch(): StarvationWatch {
  let before: { readonly atMs: number; readonly waited: ReadonlyMap<number, number> } | undefined;
  let starvedAtMs = -Infinity;
  return {
    isStarved: () => performance.now() - starvedAtMs < memoryMs,
    watch(pids) {
      const atMs = performance.now();
      if (before !== undefined && atMs - before.atMs < windowMs) return;
      const waited = new Map(pids.map((pid) => [pid, waitedSecondsOf(pid)]));
      if (before !== undefined) {
        const passed = (atMs - before.atMs) / 1_000;
        for (const [pid, seconds] of waited) {
          const waiting = seconds - (before.waited.get(pid) ?? seconds);
          if (waiting > mostWaiting * passed) starvedAtMs = atMs;
        }
      }
      before = { atMs, waited };
    },
  };
}
