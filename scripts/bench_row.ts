/**
 * What a measurement comes to.
 *
 * @module
 */

/** One thing that was measured, with its goal where it has one. */
export interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: "ms" | "×" | "/s";
  readonly atMost?: number;
  readonly atLeast?: number;
}
