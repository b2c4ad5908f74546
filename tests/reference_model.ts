/**
 * What the specification says about health, pools and weights, written a second time and in another
 * way: not as a machine that keeps a counter, but as questions about a whole history.
 *
 * A history is text, a letter an event:
 *
 * - `+` a pass, `-` a fail
 * - `p` pause, `r` resume
 * - `d` disable, `e` enable, by an operator or by a new value in the file
 * - `c` another check, `a` another address
 * - `x` gone from the file
 *
 * @module
 */

import type { BackendState } from "../src/health/mod.ts";

/** How many results in a row it takes to come up, and to go down. */
export interface Counts {
  readonly rise: number;
  readonly fall: number;
}

/**
 * The history without what changed nothing: `!` stands for each beginning of the state unknown, and
 * a `D` or `P` at the end for a backend that is disabled or paused now.
 */
function essence(history: string): string {
  return history
    .replaceAll(/d[^e]*e/g, "!") // While disabled, only enable is heard.
    .replace(/d.*$/, "D")
    .replaceAll(/p[^r!D]*r/g, "!") // While paused, only resume is heard, and disable above.
    .replace(/p[^!D]*$/, "P")
    .replaceAll(/[ac]/g, "!")
    .replaceAll(/[er]/g, ""); // Nothing was disabled or paused.
}

/** The results since the state was last unknown, after those that make one result decide. */
function results(history: string, { rise, fall }: Counts): string {
  const since = essence(history).split("!").at(-1) ?? "";
  return "-".repeat(fall) + "+".repeat(rise - 1) + since;
}

/** The state is what the last row says that was long enough. */
export function stateAfter(history: string, counts: Counts): BackendState {
  if (history.includes("x")) return "removed";
  const told = essence(history);
  if (told.endsWith("D")) return "disabled";
  if (told.endsWith("P")) return "paused";
  if (!/[+-]$/.test(told)) return "unknown";
  const all = results(history, counts);
  const lastRise = all.lastIndexOf("+".repeat(counts.rise));
  return lastRise > all.lastIndexOf("-".repeat(counts.fall)) ? "up" : "down";
}

/**
 * Whether it may have traffic: where it is up, and on from there while nothing came but other checks.
 * The states are those before the history and after each of its letters.
 */
export function servesAfter(history: string, states: readonly BackendState[]): boolean {
  let moment = history.length;
  const isNoNews = () =>
    history[moment - 1] === "c" || history[moment - 1] === "e" && states[moment - 1] === "unknown";
  while (states[moment] === "unknown" && isNoNews()) moment--;
  return states[moment] === "up";
}

/** How long the row of equal results is that could change the state: 0 is beyond doubt. */
function doubt(history: string, counts: Counts): number {
  const against = stateAfter(history, counts) === "up" ? /-*$/ : /\+*$/;
  return against.exec(results(history, counts))?.[0].length ?? 0;
}

/** The counter, which counts down from its maximum while the backend is up, and else up from 0. */
export function counterAfter(history: string, counts: Counts): number {
  const count = doubt(history, counts);
  return stateAfter(history, counts) === "up" ? counts.rise + counts.fall - 1 - count : count;
}

/** Which of the three intervals it is probed at, if it is probed. */
export function intervalAfter(history: string, counts: Counts): "up" | "fast" | "down" | null {
  const state = stateAfter(history, counts);
  if (state === "unknown") return "fast";
  if (state !== "up" && state !== "down") return null;
  return doubt(history, counts) > 0 ? "fast" : state;
}

/** Whether an operator's act is refused after this history. */
export function isRefused(letter: string, state: BackendState): boolean {
  return letter === "p" && state === "disabled" || letter === "r" && state !== "paused";
}

/** A member of a pool, with its state and the weight that it was given. */
export interface Member {
  readonly name: string;
  readonly weight: number;
  readonly state: BackendState;
  readonly serves: boolean;
}

/** When the flows of a backend in this state are flushed. */
const table: Readonly<Record<BackendState, "no" | "down" | "yes">> = {
  unknown: "no",
  paused: "no",
  up: "no",
  down: "down",
  disabled: "yes",
  removed: "no",
};

/** What becomes of a member. */
export interface Share {
  readonly weight: number;
  readonly flush: boolean;
}

/** What each member weighs, and whether it is flushed; null where it was a member before. */
export function weigh(
  pools: readonly (readonly Member[])[],
  isFlushedOnDown: boolean,
): readonly (readonly (Share | null)[])[] {
  const active = Math.max(0, pools.findIndex((pool) => pool.some(({ serves }) => serves)));
  const seen = new Set<string>();
  return pools.map((pool, index) =>
    pool.map(({ name, weight, state, serves }) => {
      if (seen.size === seen.add(name).size) return null;
      const flush = table[state];
      return {
        weight: index === active && serves ? weight : 0,
        flush: flush === "yes" || flush === "down" && isFlushedOnDown,
      };
    })
  );
}

/** The state of a frontend whose members are these. */
export function frontendAfter(pools: readonly (readonly Member[])[]): "up" | "unknown" | "down" {
  if (weigh(pools, false).flat().some((member) => (member?.weight ?? 0) > 0)) return "up";
  return pools.flat().every(({ state }) => state === "unknown") ? "unknown" : "down";
}
