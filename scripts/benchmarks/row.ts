/**
 * What is measured, and what a measurement comes to.
 *
 * @module
 */

/** One thing that was measured: the middle of its samples or another figure of them. */
export interface Figure {
  readonly what: string;
  readonly unit: "ms" | "×" | "/s" | "µs" | "%" | "MB" | "";
  /** What `value` is of the samples; `once` where there is but one. */
  readonly of: "median" | "p99" | "most" | "once";
  readonly value: number;
  /** How many samples there are, and between which they lie. */
  readonly n: number;
  readonly least: number;
  readonly most: number;
  /** The goal, where there is one. */
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** What cannot be measured on this machine, and why. */
export interface Absence {
  readonly what: string;
  readonly notHere: string;
}

/** How much is measured: all that a report needs, or just enough to see that it works. */
export type Extent = "full" | "short";

/** A row of the report. */
export interface Row {
  readonly name: string;
  /** The goal in words; empty where there is none. */
  readonly goal: string;
  /** How it is measured, in a phrase. */
  readonly how: string;
  /** Measures it; ratios first. */
  readonly measure: (extent: Extent) => Promise<readonly (Figure | Absence)[]>;
}

/** What measuring a row came to. */
export interface Result extends Omit<Row, "measure"> {
  readonly verdict: "met" | "missed" | "not here" | "measured" | "failed";
  readonly figures: readonly Figure[];
  readonly absences: readonly Absence[];
  /** Why the measurement failed. */
  readonly problem?: string;
  readonly tookSeconds: number;
}

/** Whether a figure is what it should be. */
export function isMet({ value, atMost = Infinity, atLeast = -Infinity }: Figure): boolean {
  return value <= atMost && value >= atLeast;
}

/** Whether there is a goal for a figure. */
export function hasGoal({ atMost, atLeast }: Figure): boolean {
  return atMost !== undefined || atLeast !== undefined;
}

/** Says what the figures of a row come to. A goal that nothing here can be held to is not missed. */
export function verdictOf(
  goal: string,
  figures: readonly Figure[],
): Exclude<Result["verdict"], "failed"> {
  if (goal === "" && figures.length > 0) return "measured";
  const held = figures.filter(hasGoal);
  if (held.length === 0) return "not here";
  return held.every(isMet) ? "met" : "missed";
}
