/**
 * Times and durations of the API, as programs and people are given them.
 *
 * @module
 */

const nsPerSecond = 1_000_000_000n;

/**
 * Nanoseconds since the Unix epoch in RFC 3339, with as many digits of the second as there are:
 * `2026-11-21T12:00:00.25Z`. 0, which stands for never, is null.
 */
export function timestamp(unixNs: bigint): string | null {
  if (unixNs === 0n) return null;
  const ns = (unixNs % nsPerSecond + nsPerSecond) % nsPerSecond;
  const seconds = new Date(Number((unixNs - ns) / 1_000_000n)).toISOString().slice(0, 19);
  const digits = ns.toString().padStart(9, "0").replace(/0+$/, "");
  return `${seconds}${digits && "."}${digits}Z`;
}

/** The same to the millisecond, of a time that is never 0. */
export function momentOf(unixNs: bigint): string {
  return new Date(Number(unixNs / 1_000_000n)).toISOString();
}

/** A duration in seconds. */
export function secondsOf(ns: bigint): number {
  return Number(ns) / 1e9;
}
