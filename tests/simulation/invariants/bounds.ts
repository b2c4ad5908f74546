/**
 * Invariant 8: queues are bounded.
 *
 * @module
 */

import { must } from "../violation.ts";

/** What is counted, and how much of it there may be. */
const limits = {
  "requests without an answer": 64,
  "probes in flight": 1_024,
  "events that wait for a subscriber": 1_024,
} as const;

/** There is not too much of something. */
export function checkBound(what: keyof typeof limits, count: number): void {
  must(count <= limits[what], 8, () => `${count} ${what}, of ${limits[what]} that may be`);
}

/** However many ask for a sync at once, VPP is looked at once for those that run and once for the rest. */
export function checkCoalesced(asked: number, looks: number): void {
  must(looks <= 2, 8, () => `${asked} syncs at once looked at VPP ${looks} times`);
}
