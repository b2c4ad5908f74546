/**
 * Invariant 11: nothing is left at the end.
 *
 * @module
 */

import { must } from "../violation.ts";

/** What a daemon that has stopped still has. */
export interface Leftovers {
  readonly timers: number;
  readonly "connections and segments": number;
  readonly probes: number;
  readonly subscribers: number;
  /** What it began and did not end. */
  readonly tasks: number;
}

/** It has nothing. */
export function checkNothingLeft(leftovers: Leftovers): void {
  const rest = Object.entries(leftovers).filter(([, count]) => count !== 0);
  must(rest.length === 0, 11, () => rest.map(([what, count]) => `${count} ${what}`).join(", "));
}
