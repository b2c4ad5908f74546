/**
 * Sets of characters, as ranges of code points.
 *
 * @module
 */

/** First and last code point of each range in turn; the ranges ascend and do not touch. */
export type CharacterSet = readonly number[];

/** The greatest code point of all. */
export const lastCodePoint = 0x10ffff;

/** All characters. */
export const everyCharacter: CharacterSet = [0, lastCodePoint];

/** The set of one character. */
export function single(codePoint: number): CharacterSet {
  return [codePoint, codePoint];
}

/** The characters of any of the sets. */
export function union(sets: readonly CharacterSet[]): CharacterSet {
  const [only] = sets;
  if (only !== undefined && sets.length === 1) return only;
  const result: number[] = [];
  for (const [first, last] of sets.flatMap(rangesOf).sort(([a], [b]) => a - b)) {
    const end = result.at(-1);
    if (end === undefined || first > end + 1) result.push(first, last);
    else result[result.length - 1] = Math.max(end, last);
  }
  return result;
}

/** All other characters. */
export function complement(set: CharacterSet): CharacterSet {
  const edges = [
    0,
    ...rangesOf(set).flatMap(([first, last]) => [first - 1, last + 1]),
    lastCodePoint,
  ];
  return rangesOf(edges).filter(([first, last]) => first <= last).flat();
}

/** Whether a character is in the set. */
export function contains(set: CharacterSet, codePoint: number): boolean {
  let [low, high] = [0, set.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((set[middle] ?? 0) <= codePoint) low = middle + 1;
    else high = middle;
  }
  return low % 2 === 1 || set[low - 1] === codePoint;
}

/** The ranges as pairs. */
export function rangesOf(set: CharacterSet): [first: number, last: number][] {
  return Array.from(
    { length: set.length / 2 },
    (_, index) => [set[2 * index] ?? 0, set[2 * index + 1] ?? 0],
  );
}
