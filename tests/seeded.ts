/**
 * Random inputs for property tests, each run of which one integer seed names.
 *
 * @module
 */

/** A source of random choices that gives the same ones again for the same seed. */
export interface Random {
  /** A number from 0, inclusive, to 1, exclusive. */
  next(): number;
  /** A whole number from `min` to `max`, both inclusive. */
  int(min: number, max: number): number;
  /** True with the probability given, one half by default. */
  chance(probability?: number): boolean;
  /** One of the items, which must not be empty. */
  pick<T>(items: readonly T[]): T;
  /** A new array with the same items in another order. */
  shuffle<T>(items: readonly T[]): T[];
}

/** A {@link Random} made from a seed: the mulberry32 generator, whose state is 32 bits. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  const pick = <T>(items: readonly T[]) => items[int(0, items.length - 1)] as T;
  const shuffle = <T>(items: readonly T[]) => {
    const result = [...items];
    for (let last = result.length - 1; last > 0; last--) {
      const other = int(0, last);
      [result[last], result[other]] = [result[other] as T, result[last] as T];
    }
    return result;
  };
  return { next, int, pick, shuffle, chance: (probability = 0.5) => next() < probability };
}

/**
 * Checks a property for the seeds 1 … `count`, or for the one that MAGLEV_SEED names. A failure names
 * its seed and the setting that repeats it.
 */
export function forSeeds(count: number, check: (random: Random, seed: number) => void): void {
  const only = Deno.env.get("MAGLEV_SEED");
  const seeds = only === undefined
    ? Array.from({ length: count }, (_, index) => index + 1)
    : [Number(only)];
  for (const seed of seeds) {
    try {
      check(seeded(seed), seed);
    } catch (error) {
      throw new Error(`seed ${seed} fails; repeat it with MAGLEV_SEED=${seed}`, { cause: error });
    }
  }
}
