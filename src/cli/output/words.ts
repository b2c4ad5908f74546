/**
 * The words that people are shown for values that come up everywhere.
 *
 * @module
 */
import { formatDuration } from "../../config/duration.ts";
import { describeAge } from "../../health/age.ts";
import type { Reader } from "../asking.ts";
import type { Style } from "./style.ts";

/** A state, marked by whether it is as it should be. */
export function stateWord(state: string, style: Style): string {
  if (state === "up") return style.good(state);
  if (state === "down") return style.bad(state);
  return state === "disabled" ? style.dim(state) : style.warn(state);
}

/** How long ago a time in RFC 3339 was. */
export function ageWord(moment: string, { now }: Pick<Reader, "now">): string {
  return describeAge(now - Date.parse(moment));
}

/** Since when, and how long that is. */
export function sinceWords(moment: string, reader: Reader): string {
  return `since ${moment} (${ageWord(moment, reader)})`;
}

/** A duration in one unit, or a few: `1m30s`, `250ms`. */
export function durationWord(seconds: number): string {
  return formatDuration(Math.round(seconds * 1e9));
}

/** `yes` or `no`. */
export function yesOrNo(value: boolean): string {
  return value ? "yes" : "no";
}
