/**
 * How long to wait from the start of one probe to the start of the next.
 *
 * @module
 */

import { type BackendHealth, type BackendRules, isProbed } from "./backend.ts";
import { maximum } from "./counter.ts";

/** The intervals of a health check, all in the same unit. */
export interface Intervals {
  /** For a backend that is up beyond doubt. */
  readonly interval: number;
  /** For a backend whose state is unknown or in doubt. */
  readonly fastInterval: number;
  /** For a backend that is down beyond doubt. */
  readonly downInterval: number;
}

/** The interval that a backend is probed at now, or null while it is not probed. */
export function chooseInterval(
  { state, counter }: Pick<BackendHealth, "state" | "counter">,
  rules: BackendRules,
  { interval, fastInterval, downInterval }: Intervals,
): number | null {
  if (!isProbed(state, rules)) return null;
  if (state === "unknown") return fastInterval;
  if (counter === maximum(rules)) return interval;
  return counter === 0 ? downInterval : fastInterval;
}
