/**
 * How fast the demo goes: for people to follow, or for machines to get through.
 *
 * @module
 */

/** How fast the demo goes. */
export interface Pace {
  /** How many seconds pass in the simulated VPP while one passes here. */
  readonly vppSpeed: number;
  /** The times of the health check, in Go's syntax. */
  readonly interval: string;
  readonly fastInterval: string;
  /** From one look at VPP to the next. */
  readonly lookMs: number;
  /** How long each step stays, at the least. */
  readonly stepMs: number;
  /** How long a step may take. */
  readonly patienceMs: number;
}

/** About a minute. */
export const easyPace: Pace = {
  vppSpeed: 1,
  interval: "1s",
  fastInterval: "500ms",
  lookMs: 250,
  stepMs: 9_000,
  patienceMs: 30_000,
};

/** A few seconds. */
export const fastPace: Pace = {
  vppSpeed: 10,
  interval: "100ms",
  fastInterval: "50ms",
  lookMs: 20,
  stepMs: 0,
  patienceMs: 30_000,
};
