/**
 * Bounded histories.
 *
 * @module
 */

/** A history with newer items appended, of which the last `limit` are kept. The newest is last. */
export function remember<T>(
  history: readonly T[],
  newer: readonly T[],
  limit: number,
): readonly T[] {
  if (newer.length === 0) return history;
  const kept = history.slice(Math.max(0, history.length + newer.length - limit));
  kept.push(...newer.slice(-limit));
  return kept;
}
