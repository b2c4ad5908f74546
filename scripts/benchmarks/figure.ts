/**
 * Makes figures of samples.
 *
 * @module
 */

import type { Figure } from "./row.ts";

/** What a figure is of, and its goal. */
export type FigureOptions = Pick<Figure, "what" | "unit" | "atMost" | "atLeast"> & {
  /** Default: the median, where there are several samples. */
  readonly of?: Figure["of"];
};

/**
 * Makes a figure of samples.
 *
 * @throws {Error} There are none, or one is no number: the measurement failed.
 */
export function figure(
  { of, ...rest }: FigureOptions,
  samples: number | readonly number[],
): Figure {
  const sorted = [samples].flat().sort((a, b) => a - b);
  const at = (index: number) => sorted[Math.min(index, sorted.length - 1)] ?? NaN;
  const [least, most] = [at(0), at(sorted.length - 1)];
  const kind = of ?? (sorted.length === 1 ? "once" : "median");
  const values = {
    median: (at((sorted.length - 1) >> 1) + at(sorted.length >> 1)) / 2,
    p99: at(Math.floor(0.99 * sorted.length)),
    most,
    once: least,
  };
  if (sorted.length === 0 || !sorted.every(Number.isFinite)) {
    throw new Error(`${rest.what}: [${sorted}]`);
  }
  return { ...rest, of: kind, value: values[kind], n: sorted.length, least, most };
}

/** Divides each sample by the one of the same round. */
export function ratios(
  samples: readonly number[],
  others: readonly number[],
): readonly number[] {
  return samples.map((sample, round) => sample / (others[round] ?? NaN));
}
