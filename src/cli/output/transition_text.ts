/**
 * Transitions, for people.
 *
 * @module
 */
import type { Reader } from "../asking.ts";
import type { TransitionReport } from "../transition_report.ts";
import { formatTable } from "./table.ts";
import { ageWord, stateWord } from "./words.ts";

/** A line each, the newest last. */
export function transitionLines(all: readonly TransitionReport[], reader: Reader): string[] {
  const rows = all.map(({ from, to, at, cause, detail }) => [
    at,
    `${ageWord(at, reader)} ago`,
    `${stateWord(from, reader.style)} → ${stateWord(to, reader.style)}`,
    [cause, detail].filter((part) => part !== null).join(": "),
  ]);
  return formatTable(rows, ["left", "right", "left", "left"]);
}
