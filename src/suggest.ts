/**
 * Of the words that would have been right, the one that was probably meant.
 *
 * @module
 */

/** Longer words are not compared: nobody mistypes them, and comparing costs the product of lengths. */
const comparedAtMost = 64;

/** The candidate that is fewest typing mistakes away from the word, or null if none is close. */
export function suggest(word: string, candidates: Iterable<string>): string | null {
  let best: string | null = null;
  let fewest = Math.min(3, Math.floor(word.length / 3) + 1) + 1;
  if (word.length > comparedAtMost) return null;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= fewest) continue;
    const mistakes = countMistakes(word.toLowerCase(), candidate.toLowerCase(), fewest);
    if (mistakes < fewest) [best, fewest] = [candidate, mistakes];
  }
  return best;
}

/** ` (did you mean web2?)`, or nothing where no candidate is close. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const suggestion = suggest(word, candidates);
  return suggestion === null ? "" : ` (did you mean ${suggestion}?)`;
}

/**
 * Insertions, deletions, substitutions and swaps of neighbours that turn one word into the other;
 * anything from the limit on, where they are that many.
 */
function countMistakes(from: string, to: string, limit: number): number {
  let same = 0;
  while (same < from.length && from[same] === to[same]) same++;
  const [a, b] = [from.slice(same), to.slice(same)];
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
        isSwap ? (beforeLast[j - 2] ?? 0) + 1 : Infinity,
      );
    }
    if (Math.min(...row, ...last) >= limit) return limit;
    [beforeLast, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
