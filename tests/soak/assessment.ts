/**
 * Whether a daemon held.
 *
 * @module
 */

import { watchdogMs } from "./daemon.ts";
import type { Calm, Farewell } from "./end.ts";
import type { Moment } from "./report.ts";

/** Something that has to hold. */
export interface Check {
  readonly what: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** What is known after a soak. */
export interface Outcome {
  readonly last: Moment;
  readonly problems: readonly string[];
  readonly descriptorsBefore: number;
  readonly vppConnects: number;
  readonly calm: Calm;
  readonly farewell: Farewell;
}

const mostVoids = 0.001;
const mostDescriptorsLeft = 4;
const mostFarewellMs = 6_000;

/** Everything that has to hold, whether it does or not. */
export function assess(outcome: Outcome): readonly Check[] {
  const { last, problems, descriptorsBefore, vppConnects, calm, farewell } = outcome;
  const { plan, descriptors, longestHungerMs } = calm;
  const rows: readonly (readonly [string, boolean, string])[] = [
    ["the daemon lived until it was told to end", calm.isAlive, ""],
    ["nothing happened that should not", problems.length === 0, `${problems.length} problems`],
    ["backends changed", last.transitions > 0, `${last.transitions} transitions`],
    [
      "few probes are void",
      last.probes > 0 && last.inexcusableVoids <= mostVoids * last.probes,
      `${last.voids} of ${last.probes}, ${last.inexcusableVoids} without an excuse`,
    ],
    [
      "streams are in order and complete",
      last.eventsSeen > 0 && !problems.some((problem) => problem.includes(" stream (")),
      `${last.eventsSeen} events in ${last.streamsBegun} streams`,
    ],
    [
      "no more events are told to be lost than are",
      last.eventsLost <= last.eventsDropped,
      `${last.eventsLost} of ${last.eventsDropped}`,
    ],
    [
      "calls and scrapes are answered",
      last.calls > 0 && last.rpcErrors + last.httpErrors === 0,
      `${last.calls} calls, ${last.excused} with an excuse`,
    ],
    [
      "right files are loaded, and wrong ones refused",
      last.reloads > 0 && last.refused > 0,
      `${last.reloads} loaded, ${last.refused} refused`,
    ],
    [
      "VPP is found again whenever it begins anew",
      last.vppRestarts > 0 && vppConnects === last.vppRestarts + 1,
      `${last.vppRestarts} restarts, ${vppConnects} connections`,
    ],
    [
      "the watchdog is fed",
      longestHungerMs < watchdogMs,
      `at least every ${Math.round(longestHungerMs)} ms`,
    ],
    ["all backends are up when all is calm", calm.notUp === 0, `${calm.notUp} are not`],
    [
      "VPP is as it should be",
      plan.code === 0,
      `the plan ends with ${plan.code} ${plan.complaints}`.trimEnd(),
    ],
    [
      "no descriptors are left",
      descriptors <= descriptorsBefore + mostDescriptorsLeft,
      `${descriptorsBefore} before, ${descriptors} after`,
    ],
    [
      "it ends when it is told to",
      farewell.code === 0 && farewell.tookMs < mostFarewellMs,
      `exit code ${farewell.code} after ${farewell.tookMs} ms`,
    ],
  ];
  return rows.map(([what, ok, detail]) => ({ what, ok, detail }));
}
