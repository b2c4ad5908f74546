/**
 * The return codes that the simulated VPP gives, under VPP's names for them.
 *
 * @module
 */

/** The codes: 0 for success, all others negative. */
export const retval = {
  ok: 0,
  unspecified: -1,
  invalidSwIfIndex: -2,
  noSuchFib: -3,
  noSuchEntry: -6,
  invalidMemorySize: -70,
  invalidArgument: -73,
  valueExist: -81,
  invalidAddressFamily: -97,
} as const;

/** One of the codes. */
export type Retval = (typeof retval)[keyof typeof retval];
