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
 * the limit or more where they are that many. Only letters less than the limit apart are compared.
 */
function countMistakes(from: string, to: string, limit: number): number {
  const rows = [0, 1, 2].map(() => new Array<number>(to.length + 1).fill(limit));
  let [beforeLast = [], last = [], row = []] = rows;
  for (let j = 0; j <= Math.min(to.length, limit); j++) last[j] = j;
  for (let i = 1; i <= from.length; i++) {
    const [first, end] = [Math.max(1, i - limit), Math.min(to.length, i + limit)];
    row[first - 1] = first === 1 ? i : limit;
    let fewest = limit;
    for (let j = first; j <= end; j++) {
      const isSwap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      const mistakes = Math.min(
        (last[j] ?? limit) + 1,
        (row[j - 1] ?? limit) + 1,
        (last[j - 1] ?? limit) + (from[i - 1] === to[j - 1] ? 0 : 1),
        isSwap ? (beforeLast[j - 2] ?? limit) + 1 : limit,
      );
      row[j] = mistakes;
      fewest = Math.min(fewest, mistakes);
    }
    if (end < to.length) row[end + 1] = limit;
    if (fewest >= limit) return limit;
    [beforeLast, last, row] = [last, row, beforeLast];
  }
  return last[to.length] ?? limit;
}
