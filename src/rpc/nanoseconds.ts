/**
 * Milliseconds, which the program reckons in, as the API's nanoseconds.
 *
 * @module
 */

/** Whole nanoseconds, exact to the microsecond: more is not in a number that holds a date. */
export function nanoseconds(milliseconds: number): bigint {
  return BigInt(Math.round(milliseconds * 1e3)) * 1000n;
}
