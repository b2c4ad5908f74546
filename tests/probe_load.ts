/**
 * Makes many probes of one server, at a steady rate.
 *
 * @module
 */

import { systemClock } from "../src/clock.ts";
import type { Prober, ProbeSpec } from "../src/probe/mod.ts";

/** How many probes to make, and how many of them to start each second. */
export interface Load {
  readonly count: number;
  readonly perSecond: number;
}

/** What a load came to. */
export interface LoadOutcome {
  /** How many probes ended with each code, or void. */
  readonly ends: Readonly<Record<string, number>>;
  /** How long each took that has a result. */
  readonly durationsMs: readonly number[];
}

/** Starts what is due each time. */
const TURN_MS = 2;

/** Makes the probes, and resolves when all have ended. */
export async function makeProbes(
  prober: Prober,
  spec: ProbeSpec,
  { count, perSecond }: Load,
): Promise<LoadOutcome> {
  const probe = prober.prepare(spec);
  const ends: Record<string, number> = {};
  const durationsMs: number[] = [];
  let ended = 0;
  const allEnded = Promise.withResolvers<void>();
  const start = () =>
    probe.start((outcome) => {
      const end = outcome.kind === "void" ? "void" : outcome.result.code;
      ends[end] = (ends[end] ?? 0) + 1;
      if (outcome.kind === "result") durationsMs.push(outcome.result.durationMs);
      if (++ended === count) allEnded.resolve();
    });
  const beganMs = systemClock.monotonic();
  for (let started = 0; started < count;) {
    const due = Math.ceil((systemClock.monotonic() - beganMs) * perSecond / 1_000);
    for (; started < Math.min(due, count); started++) start();
    await systemClock.sleep(TURN_MS);
  }
  await allEnded.promise;
  return { ends, durationsMs };
}
