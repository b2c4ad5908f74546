/**
 * What happened in a run, line by line, for whoever has to find out why it failed.
 *
 * @module
 */

import type { Clock } from "../../src/clock.ts";

/** The lines of a run. */
export interface EventLog {
  readonly lines: readonly string[];
  /** Adds a line, after the virtual time. */
  add(line: string): void;
}

/** Makes an empty log. */
export function eventLog(clock: Pick<Clock, "monotonic">): EventLog {
  const lines: string[] = [];
  return {
    lines,
    add: (line) => void lines.push(`${(clock.monotonic() / 1_000).toFixed(4).padStart(9)} ${line}`),
  };
}
