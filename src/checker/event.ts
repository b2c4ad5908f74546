/**
 * What subscribers are told of.
 *
 * @module
 */

import type { Changes, ConfigDiff } from "../config/mod.ts";
import type { Cause, FrontendTransition, Refusal, Transition, WeightPlace } from "../health/mod.ts";
import type { LogRecord } from "../log.ts";
import type { LiveBackend } from "./live_backend.ts";
import type { LiveFrontend } from "./live_frontend.ts";

/** Something that happened, without its number. */
export type Happening =
  | {
    readonly kind: "backend";
    readonly backend: string;
    /** The frontends that use it. */
    readonly frontends: readonly string[];
    readonly transition: StateChange;
  }
  | {
    readonly kind: "frontend";
    readonly frontend: string;
    readonly transition: FrontendTransition;
  }
  /** An operator set a weight. Those that the file changes are part of the reload. */
  | {
    readonly kind: "weight";
    readonly place: WeightPlace;
    readonly from: number;
    readonly to: number;
    readonly by: string;
  }
  | { readonly kind: "reload"; readonly summary: ReloadSummary }
  | { readonly kind: "log"; readonly record: LogRecord };

/** What came of something that was asked for. */
export interface Effect {
  readonly happenings: readonly Happening[];
  readonly refused?: Refusal | undefined;
}

/** The transition of a backend; or its present state, as a transition from itself to itself. */
export type StateChange = Omit<Transition, "cause"> & {
  /** Null for the state that the backend began with. */
  readonly cause: Cause | null;
};

/** The kinds of events that a subscriber can choose from. */
export type EventKind = Happening["kind"];

/** An event, as a subscriber gets it. */
export type Event =
  & {
    /** Rises by one with each event that is published, whoever wants it. */
    readonly sequence: number;
    /** Milliseconds since the epoch. */
    readonly at: number;
  }
  & (
    | Happening
    /** Stands for this many events that were not taken in time, under the number of the last. */
    | { readonly kind: "lost"; readonly count: number }
  );

/** How many things a reload touched. */
export interface ReloadSummary {
  readonly healthchecks: ChangeCounts;
  readonly backends: ChangeCounts;
  readonly frontends: ChangeCounts;
  /** Settings that belong to none of these. */
  readonly settings: number;
  /** Backends whose probing began again. */
  readonly restarted: number;
}

/** How many things of one section came, changed and went. */
export interface ChangeCounts {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

/** Counts what a reload touched. */
export function summarize(diff: ConfigDiff): ReloadSummary {
  const { healthchecks, backends, frontends, settings, probing } = diff;
  return {
    healthchecks: countChanges(healthchecks),
    backends: countChanges(backends),
    frontends: countChanges(frontends),
    settings: settings.length,
    restarted: probing.restart.length,
  };
}

function countChanges({ added, changed, removed }: Changes<unknown>): ChangeCounts {
  return { added: added.size, changed: changed.size, removed: removed.length };
}

/** The present state of a backend or a frontend, as a transition from itself to itself. */
export function presentState(subject: LiveBackend | LiveFrontend): Happening {
  if ("frontend" in subject) {
    const { frontend: { name }, state, since } = subject;
    return { kind: "frontend", frontend: name, transition: { from: state, to: state, at: since } };
  }
  const { health: { name, state, since, transitions }, frontends } = subject;
  const cause = transitions.at(-1)?.cause ?? null;
  const transition = { from: state, to: state, at: since, cause };
  return { kind: "backend", backend: name, frontends, transition };
}
