/**
 * What is counted about one backend, for metrics. Counting allocates nothing, and the counts vanish
 * with the backend.
 *
 * @module
 */

import {
  type BackendState,
  type ProbeCode,
  probeCodes,
  type ProbeResult,
  type Transition,
} from "../health/mod.ts";
import { createHistogram, type Histogram } from "../histogram.ts";

/** How many probes ended in one way. */
export interface ProbeCount {
  readonly result: "success" | "failure" | "void";
  /** Empty for void probes, which have none. */
  readonly code: ProbeCode | "";
  readonly count: number;
}

/** How often a backend went from one state to another. */
export interface TransitionCount {
  readonly from: BackendState;
  readonly to: BackendState;
  readonly count: number;
}

/** The counts of one backend. */
export interface BackendCounters {
  /** The durations of the probes that had a result. */
  readonly durations: Histogram;
  /** The ways in which probes ended, those that happened. */
  probes(): readonly ProbeCount[];
  /** The transitions that happened. */
  transitions(): readonly TransitionCount[];
}

/** Counts. */
export interface BackendCounting extends BackendCounters {
  countResult(result: ProbeResult): void;
  countVoid(): void;
  countTransition(transition: Pick<Transition, "from" | "to">): void;
}

const codes = Object.keys(probeCodes) as ProbeCode[];
const ways: readonly Omit<ProbeCount, "count">[] = [
  ...codes.map((code) => ({ result: "success" as const, code })),
  ...codes.map((code) => ({ result: "failure" as const, code })),
  { result: "void", code: "" },
];

const states: readonly BackendState[] = ["unknown", "up", "down", "paused", "disabled", "removed"];
const routes = states.flatMap((from) => states.map((to) => ({ from, to })));

/** Begins to count. */
export function countBackend(): BackendCounting {
  const probes = new Array<number>(ways.length).fill(0);
  const transitions = new Array<number>(routes.length).fill(0);
  const durations = createHistogram();
  return {
    durations,
    probes: () => happened(ways, probes),
    transitions: () => happened(routes, transitions),
    countResult({ ok, code, durationMs }) {
      increment(probes, codes.indexOf(code) + (ok ? 0 : codes.length));
      durations.observe(durationMs / 1000);
    },
    countVoid() {
      increment(probes, ways.length - 1);
    },
    countTransition({ from, to }) {
      increment(transitions, states.indexOf(from) * states.length + states.indexOf(to));
    },
  };
}

function increment(counts: number[], index: number): void {
  counts[index] = (counts[index] ?? 0) + 1;
}

function happened<T>(
  kinds: readonly T[],
  counts: readonly number[],
): readonly (T & { readonly count: number })[] {
  return kinds.map((kind, index) => ({ ...kind, count: counts[index] ?? 0 }))
    .filter(({ count }) => count > 0);
}
