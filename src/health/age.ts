/**
 * Spans of time, written for people.
 *
 * @module
 */

/**
 * A span of time in one unit, or from an hour on in two: `12s`, `41m`, `3h5m`, `2d4h`. A negative
 * span, the mark of a clock that was set back, is `0s`.
 */
export function describeAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) return `${days}d${hours % 24}h`;
  if (hours > 0) return `${hours}h${minutes % 60}m`;
  return minutes > 0 ? `${minutes}m` : `${seconds}s`;
}
