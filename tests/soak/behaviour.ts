/**
 * How the servers of a soak behave: each in its own way, for a while, the same for the same seed.
 *
 * @module
 */

import { seeded } from "../seeded.ts";

/** What a server does with a request. */
export type Behaviour = "answers" | "says 503" | "hangs" | "resets";

/** Of whom, and when. */
export interface Moment {
  readonly seed: number;
  readonly backend: number;
  readonly elapsedMs: number;
  /** How long it behaves in one way. */
  readonly behaviourMs: number;
}

/** What is likely up to which part of 1. */
const likely: readonly (readonly [number, Behaviour])[] = [
  ...[[0.8, "answers"], [0.9, "says 503"], [0.95, "hangs"], [1, "resets"]] as const,
];

/** Servers change at moments of their own, so that some do at any time. */
export function behaviourAt({ seed, backend, elapsedMs, behaviourMs }: Moment): Behaviour {
  const own = Math.imul(backend + 1, 0x9e3779b1) ^ Math.imul(seed, 0x85ebca6b);
  const turn = Math.floor(elapsedMs / behaviourMs + seeded(own).next());
  const drawn = seeded(own ^ Math.imul(turn + 1, 0xc2b2ae35)).next();
  return likely.find(([most]) => drawn < most)?.[1] ?? "answers";
}
