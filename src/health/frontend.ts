/**
 * The state of a frontend, which follows from its weights.
 *
 * @module
 */

import type { PoolWeights } from "./pools.ts";

/** Whether a frontend serves: `unknown` as long as nothing is known of any of its backends. */
export type FrontendState = "unknown" | "up" | "down";

/** One change of a frontend's state. */
export interface FrontendTransition {
  readonly from: FrontendState;
  readonly to: FrontendState;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The state of the frontend with these weights. */
export function frontendState(weights: readonly PoolWeights[]): FrontendState {
  const members = weights.flatMap((pool) => pool.members);
  if (members.some(({ effective }) => effective > 0)) return "up";
  return members.every(({ state }) => state === "unknown") ? "unknown" : "down";
}
