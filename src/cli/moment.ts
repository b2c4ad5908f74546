/**
 * Times and durations of the API, as commands give them to programs.
 *
 * @module
 */

/** A time in RFC 3339. */
export function momentOf(unixNs: bigint): string {
  return new Date(Number(unixNs / 1_000_000n)).toISOString();
}

/** A duration in seconds. */
export function secondsOf(ns: bigint): number {
  return Number(ns) / 1e9;
}
