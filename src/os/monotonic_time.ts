/**
 * The kernel's monotonic clock, for those who compare times of several processes.
 *
 * @module
 */

import { CLOCK_MONOTONIC, TIMESPEC } from "./layout.ts";
import { libc, succeeded } from "./libc.ts";

/**
 * Microseconds of CLOCK_MONOTONIC, whose zero is the same for all processes of the machine, unlike
 * that of the runtime's own clock.
 *
 * @throws {LibcError} The C library cannot be used here.
 */
export function monotonicMicroseconds(): bigint {
  const timespec = new DataView(new ArrayBuffer(TIMESPEC.bytes));
  succeeded(libc().clockGettime(CLOCK_MONOTONIC, timespec), "clock_gettime", "");
  const nanoseconds = timespec.getBigInt64(TIMESPEC.nanoseconds, true);
  return timespec.getBigInt64(TIMESPEC.seconds, true) * 1_000_000n + nanoseconds / 1_000n;
}
