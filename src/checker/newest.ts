/**
 * Histories whose limit may have become lower.
 *
 * @module
 */

/** The last items of a history, whose newest is last: the same object if it has no more than these. */
export function newest<T>(history: readonly T[], limit: number): readonly T[] {
  return history.length > limit ? history.slice(-limit) : history;
}
