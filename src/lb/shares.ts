/**
 * How many buckets of a new-flow table each AS gets, and how far that is from what the weights ask.
 *
 * @module
 */

import { checkTableLength, servingOrder, type TableEntry } from "./table_entries.ts";

/** An AS whose share of the buckets is not the one that its weight asks for. */
export interface Deviation {
  /** The index of the AS among the entries. */
  readonly index: number;
  readonly buckets: number;
  /** The part of all buckets that it has. */
  readonly share: number;
  /** The part of all weights that is its own. */
  readonly wantedShare: number;
  /** How far the two are apart, as a part of the wanted one: 0.1 is 10 % too many or too few. */
  readonly deviation: number;
}

/**
 * Counts the buckets of each entry without building the table. Each turn of a replica takes exactly one
 * bucket, so all replicas get the same number, and what is left over goes one each to the first of
 * them in the order of (replica, address). All counts are 0 when no weight is above 0.
 *
 * @throws {RangeError} As `buildTable` does.
 */
export function countBuckets(entries: readonly TableEntry[], length: number): number[] {
  checkTableLength(length);
  const serving = servingOrder(entries);
  const counts = new Array<number>(entries.length).fill(0);
  if (serving.length === 0) return counts;

  const replicas = totalWeight(entries);
  const each = Math.floor(length / replicas);
  const shares = serving.map(([index, { weight }]) => ({ index, weight, buckets: weight * each }));
  let left = length - each * replicas;
  for (let replica = 0; left > 0; replica++) {
    for (const share of shares) {
      if (replica >= share.weight || left === 0) continue;
      share.buckets++;
      left--;
    }
  }
  for (const { index, buckets } of shares) counts[index] = buckets;
  return counts;
}

/**
 * The AS of weight above 0 whose share of the buckets is furthest, relative to the share that its
 * weight asks for, from that share: the first of them among the entries when several are equally
 * far, and null when no weight is above 0.
 *
 * @throws {RangeError} As `buildTable` does.
 */
export function worstDeviation(entries: readonly TableEntry[], length: number): Deviation | null {
  const total = totalWeight(entries);
  let worst: Deviation | null = null;
  for (const [index, buckets] of countBuckets(entries, length).entries()) {
    const weight = entries[index]?.weight ?? 0;
    if (weight === 0) continue;
    // Whole numbers up to the division, so that ASes that are equally far compare as equal.
    const deviation = Math.abs(buckets * total - length * weight) / (length * weight);
    if (worst !== null && deviation <= worst.deviation) continue;
    worst = { index, buckets, share: buckets / length, wantedShare: weight / total, deviation };
  }
  return worst;
}

function totalWeight(entries: readonly TableEntry[]): number {
  return entries.reduce((sum, { weight }) => sum + weight, 0);
}
