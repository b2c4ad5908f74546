/**
 * One run: what a seed draws, from the start of the daemon to its end.
 *
 * @module
 */

import { act } from "./acts.ts";
import {
  askAtOnce,
  becomeQuiet,
  compareTables,
  failOver,
  passTicks,
  restartInQuiet,
} from "./quiet.ts";
import { noSeams, type Seams } from "./seams.ts";
import { createWorld, type World } from "./world.ts";

/** What became of a run. */
export interface RunReport {
  readonly seed: number;
  /** The event log. */
  readonly lines: readonly string[];
  /** What broke; null if nothing did. */
  readonly error: unknown;
  readonly virtualMs: number;
}

/** How long it is until something else happens: mostly soon. */
const pauses = [0, 1, 5, 5, 50, 50, 300, 300, 1_000, 1_000, 2_500, 2_500, 7_000, 12_000];

/** Runs what a seed draws. Never throws. */
export async function runSeed(seed: number, seams: Partial<Seams> = {}): Promise<RunReport> {
  const world = createWorld(seed, { ...noSeams, ...seams });
  let error: unknown = null;
  try {
    await live(world);
  } catch (thrown) {
    error = thrown;
  }
  return { seed, lines: world.log.lines, error, virtualMs: world.clock.monotonic() };
}

/** Twice or so much happens, and then nothing does. */
async function live(world: World): Promise<void> {
  const { random, clock } = world;
  for (let round = random.int(1, 2); round > 0; round--) {
    for (let acts = random.int(8, 30); acts > 0; acts--) {
      await act(world);
      await world.step(random.pick(pauses));
    }
    await becomeQuiet(world);
    await passTicks(world);
    await askAtOnce(world);
    for (let count = random.int(1, 3); count > 0; count--) await failOver(world);
    if (random.chance()) await compareTables(world);
    if (random.chance(0.4)) await restartInQuiet(world);
  }
  await clock.advance(0);
  await world.end();
}
