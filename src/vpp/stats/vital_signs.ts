/**
 * Whether the VPP behind a stats segment still lives: when it dies, the mapping stays as it was.
 *
 * @module
 */

import type { Values, Wanted } from "./stats_reader.ts";

/** What to read along with all else, to feel the pulse with. */
export const vitalSigns = {
  "/sys/boottime": "scalar",
  "/sys/heartbeat": "scalar",
} as const satisfies Wanted;

/** Three of the 10 s that VPP lets pass between two beats, unless told otherwise. */
const silenceMs = 30_000;

/** When VPP's heart last beat. */
export interface Pulse {
  /** When this VPP started, in seconds since the Unix epoch: another one means another VPP. */
  readonly bootTime: number | undefined;
  readonly heartbeat: number | undefined;
  /** When the beat was first seen, by the caller's clock. */
  readonly beatMs: number;
}

/** The pulse after reading the signs again; `previous` is null for the first time. */
export function feelPulse(
  previous: Pulse | null,
  signs: Values<typeof vitalSigns>,
  nowMs: number,
): Pulse {
  const bootTime = signs["/sys/boottime"];
  const heartbeat = signs["/sys/heartbeat"];
  const isSame = previous?.bootTime === bootTime && previous?.heartbeat === heartbeat;
  return previous !== null && isSame ? previous : { bootTime, heartbeat, beatMs: nowMs };
}

/** Whether VPP's main thread has stood still for so long that the segment should be opened anew. */
export function isSilent({ beatMs }: Pulse, nowMs: number): boolean {
  return nowMs - beatMs > silenceMs;
}
