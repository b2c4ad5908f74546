/**
 * The arguments of a soak.
 *
 * @module
 */

import { parseArgs } from "node:util";

/** What to do, and for how long. */
export interface SoakOptions {
  readonly seconds: number;
  readonly backends: number;
  readonly frontends: number;
  readonly seed: number;
  /** The executable; if null, the one that scripts/build makes. */
  readonly executable: string | null;
  /** Whether the report at the end is JSON. */
  readonly json: boolean;
}

/** How often what happens. A short soak has all of it, in less time. */
export interface Periods {
  readonly probeMs: number;
  /** How long a server behaves in one way. */
  readonly behaviourMs: number;
  readonly vppRestartMs: number;
  readonly reloadMs: number;
  readonly commandMs: number;
  readonly lineMs: number;
}

const smallest = { seconds: 10, backends: 20, frontends: 2, seed: 0 };

/** @throws {Error} An argument is wrong. */
export function parseSoakOptions(args: readonly string[]): SoakOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: "string", default: "20" },
      seconds: { type: "string" },
      backends: { type: "string", default: "2000" },
      frontends: { type: "string", default: "200" },
      seed: { type: "string", default: "1" },
      executable: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  const { executable = null, json } = values;
  const numbers = {
    seconds: Number(values.seconds ?? 60 * Number(values.minutes)),
    backends: Number(values.backends),
    frontends: Number(values.frontends),
    seed: Number(values.seed),
  };
  for (const [name, least] of Object.entries(smallest)) {
    const value = numbers[name as keyof typeof numbers];
    if (!(Number.isSafeInteger(value) && value >= least)) {
      throw new Error(`${name} is to be a whole number from ${least} up`);
    }
  }
  return { ...numbers, executable, json };
}

/** The periods for a soak of so many seconds. */
export function periodsOf({ seconds }: Pick<SoakOptions, "seconds">): Periods {
  const share = (parts: number, mostSeconds: number) =>
    1_000 * Math.min(mostSeconds, seconds / parts);
  return {
    probeMs: seconds >= 60 ? 5_000 : 1_000,
    behaviourMs: share(3, 45),
    vppRestartMs: share(3.5, 60),
    reloadMs: share(7, 20),
    commandMs: share(4, 15),
    lineMs: seconds > 900 ? 30_000 : share(3, 10),
  };
}
