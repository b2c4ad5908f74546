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
  return newer.length === 0 ? history : [...history, ...newer].slice(-limit);
}
