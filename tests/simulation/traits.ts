/**
 * What can happen in a run. Runs in which less happens find other faults than those in which all does.
 *
 * @module
 */

import type { Random } from "../seeded.ts";

/** What may happen, and what may not. */
export interface Traits {
  readonly meddling: boolean;
  readonly crashes: boolean;
  readonly upgrades: boolean;
  readonly losses: boolean;
  readonly refusals: boolean;
  readonly stops: boolean;
  readonly slowness: boolean;
  readonly tables: boolean;
  readonly reloads: boolean;
  readonly operators: boolean;
  readonly wallClock: boolean;
  readonly stalls: boolean;
  readonly restarts: boolean;
}

/** Draws what may happen in a run. */
export function drawTraits(random: Random): Traits {
  const often = () => random.chance(0.5);
  return {
    meddling: random.chance(0.3),
    crashes: often(),
    upgrades: random.chance(0.2),
    losses: random.chance(0.4),
    refusals: random.chance(0.4),
    stops: often(),
    slowness: often(),
    tables: random.chance(0.3),
    reloads: random.chance(0.7),
    operators: random.chance(0.7),
    wallClock: random.chance(0.3),
    stalls: often(),
    restarts: often(),
  };
}
