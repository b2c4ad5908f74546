/**
 * A histogram of seconds, in fixed buckets.
 *
 * @module
 */

/** The upper bounds of the buckets, in seconds. */
export const bucketBounds: readonly number[] = [
  ...[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
];

/** What was observed so far. */
export interface Histogram {
  /** How many fell into each bucket of {@link bucketBounds}, and last those above all bounds. */
  readonly counts: readonly number[];
  /** The sum of all observed values, in seconds. */
  readonly sum: number;
}

/** A histogram that takes observations. */
export interface Observer extends Histogram {
  observe(seconds: number): void;
}

/** Makes an empty histogram. */
export function createHistogram(): Observer {
  const counts = new Array<number>(bucketBounds.length + 1).fill(0);
  let sum = 0;
  return {
    counts,
    get sum() {
      return sum;
    },
    observe(seconds) {
      let bucket = 0;
      while (seconds > (bucketBounds[bucket] ?? Infinity)) bucket++;
      counts[bucket] = (counts[bucket] ?? 0) + 1;
      sum += seconds;
    },
  };
}
