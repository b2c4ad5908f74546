/**
 * The state of everything at the moment of subscription, told as slowly as the subscriber reads.
 *
 * Nothing is copied at that moment. Whatever changes before it was told is kept as it was, so the
 * snapshot is exact: it is followed by each later event and holds the outcome of none. That costs
 * memory only for what changed meanwhile, at most one state a subject. (Only the list of a backend's
 * frontends is that of the moment of telling, where a reload came in between.)
 *
 * @module
 */

import { type EventKind, type Happening, presentState } from "./event.ts";
import type { LiveBackend } from "./live_backend.ts";
import type { LiveFrontend } from "./live_frontend.ts";

/** What has a state to tell. */
export type Subject = LiveBackend | LiveFrontend;

/** All subjects of one configuration, in order. Shared by the snapshots that are taken of them. */
export interface Subjects {
  readonly list: readonly Subject[];
  readonly placeOf: ReadonlyMap<Subject, number>;
  /** How many of the list are backends; the rest are frontends. */
  readonly backends: number;
}

/** Puts subjects in order. */
export function subjectsOf(
  backends: Iterable<LiveBackend>,
  frontends: Iterable<LiveFrontend>,
): Subjects {
  const first: readonly Subject[] = [...backends];
  const list = [...first, ...frontends];
  const placeOf = new Map(list.map((subject, place) => [subject, place]));
  return { list, placeOf, backends: first.length };
}

/** A snapshot that is being told. */
export interface Snapshot {
  readonly isTold: boolean;
  /** The next subject's state, or undefined when all are told. */
  next(): Happening | undefined;
  /** Whether the subject is still to be told, and the state that it has now is the one to tell. */
  awaits(subject: Subject): boolean;
  /** Keeps a state that is about to change. */
  keep(subject: Subject, state: Happening): void;
}

/** Takes a snapshot of the subjects whose kinds are wanted. */
export function takeSnapshot(
  { list, placeOf, backends }: Subjects,
  kinds: ReadonlySet<EventKind>,
): Snapshot {
  let place = kinds.has("backend") ? 0 : backends;
  const end = kinds.has("frontend") ? list.length : backends;
  const kept = new Map<Subject, Happening>();
  return {
    get isTold() {
      return place >= end;
    },
    next() {
      const subject = place < end ? list[place++] : undefined;
      if (subject === undefined) return undefined;
      const state = kept.get(subject) ?? presentState(subject);
      kept.delete(subject);
      return state;
    },
    awaits(subject) {
      const found = placeOf.get(subject) ?? -1;
      return found >= place && found < end && !kept.has(subject);
    },
    keep(subject, state) {
      kept.set(subject, state);
    },
  };
}
