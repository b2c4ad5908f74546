/**
 * What a measurement comes to.
 *
 * @module
 */

/** One thing that was measured, with its goal where it has one. */
export interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: "ms" | "×" | "/s" | "µs" | "%" | "MB" | "";
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** What checking backends for a while took. */
export interface CheckerRun {
  /** How many probes ended in each way. */
  readonly passed: number;
  readonly failed: number;
  readonly voids: number;
  readonly cpuSeconds: number;
  readonly lagP99Ms: number;
  readonly residentMB: number;
}
