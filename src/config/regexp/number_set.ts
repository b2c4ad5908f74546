/**
 * A set of small numbers that is emptied at no cost, and can be walked while it grows.
 *
 * @module
 */

/** The members are the first `size` of `members`; `places` says where each of them stands. */
export interface NumberSet {
  readonly members: Int32Array;
  readonly places: Int32Array;
  size: number;
}

/** A set for numbers from 0 up to but without the limit. */
export function createNumberSet(limit: number): NumberSet {
  return { members: new Int32Array(limit), places: new Int32Array(limit), size: 0 };
}

/** Whether the number is in the set. */
export function includes({ members, places, size }: NumberSet, number: number): boolean {
  // The place of a number that was never added, or not since the set was emptied, is any.
  const place = places[number] ?? size;
  return place < size && members[place] === number;
}

/** Adds the number, if it is not there yet. */
export function include(set: NumberSet, number: number): void {
  if (includes(set, number)) return;
  set.places[number] = set.size;
  set.members[set.size++] = number;
}
