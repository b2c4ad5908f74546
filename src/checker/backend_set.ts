/**
 * The backends of the present configuration. It feeds events to their health and tells what came of
 * them; who is probed, and who is told, is decided elsewhere.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import type { Backend } from "../config/mod.ts";
import {
  type HealthEvent,
  isServing,
  type Serves,
  type StateOf,
  step,
  type Transition,
} from "../health/mod.ts";
import type { Effect, Happening } from "./event.ts";
import { createLiveBackend, type OwnedBackend, updateLiveBackend } from "./live_backend.ts";
import { type HealthReload, reloadEvents } from "./reload_events.ts";

/** The backends, by name. */
export interface BackendSet {
  readonly stateOf: StateOf;
  readonly serves: Serves;
  get(name: string): OwnedBackend | undefined;
  /** In the order of the file. */
  values(): Iterable<OwnedBackend>;
  names(): Iterable<string>;
  /** Feeds an event to the health of a backend. */
  feed(live: OwnedBackend, event: HealthEvent): Effect;
  /** Makes the backends those of a new configuration. */
  reconfigure(reconfiguration: Reconfiguration): Reconfigured;
}

/** From one configuration to the next. */
export interface Reconfiguration extends HealthReload {
  /** The names of the frontends that use a backend in the new configuration. */
  readonly usersOf: (backend: string) => readonly string[];
}

/** What a new configuration came to. */
export interface Reconfigured {
  readonly happenings: readonly Happening[];
  /** Backends that are gone, and those whose probing has to begin again. */
  readonly ended: readonly OwnedBackend[];
}

/** What {@link backendSet} needs. */
export interface BackendSetOptions {
  readonly clock: Clock;
  readonly random: () => number;
  /** Called before the state of a backend changes. */
  readonly beforeTransition: (live: OwnedBackend) => void;
}

/** Makes an empty set. */
export function backendSet({ clock, random, beforeTransition }: BackendSetOptions): BackendSet {
  let backends: ReadonlyMap<string, OwnedBackend> = new Map();
  const named = (names: readonly string[]) => names.flatMap((name) => backends.get(name) ?? []);

  const feed = (live: OwnedBackend, event: HealthEvent): Effect => {
    const { health, transitions, refused } = step(live.health, event, live.rules);
    if (transitions.length > 0) beforeTransition(live);
    live.health = health;
    return { happenings: happeningsOf(live, transitions), refused };
  };
  const create = (backend: Backend, { to, usersOf, at }: Reconfiguration) => {
    const { live, transitions } = createLiveBackend(backend, to, { clock, at, seed: random() });
    live.frontends = usersOf(backend.name);
    return { live, happenings: happeningsOf(live, transitions) };
  };
  const update = (
    live: OwnedBackend,
    backend: Backend,
    { to, usersOf }: Reconfiguration,
    events: readonly HealthEvent[],
  ) => {
    live.frontends = usersOf(backend.name);
    const happenings = events.flatMap((event) => {
      // A new `enabled` comes before, and is judged by the old rules.
      if (event.kind === "changed") updateLiveBackend(live, backend, to);
      return feed(live, event).happenings;
    });
    updateLiveBackend(live, backend, to);
    return { live, happenings };
  };

  return {
    stateOf: (name) => backends.get(name)?.health.state ?? "removed",
    serves: (name) => {
      const live = backends.get(name);
      return live !== undefined && isServing(live.health);
    },
    get: (name) => backends.get(name),
    values: () => backends.values(),
    names: () => backends.keys(),
    feed,
    reconfigure(reconfiguration) {
      const { to, diff: { probing }, at } = reconfiguration;
      const events = reloadEvents(reconfiguration);
      const removed = named(probing.stop);
      const ended = [...removed, ...named(probing.restart)];
      const happenings = removed.flatMap((live) => feed(live, { kind: "removed", at }).happenings);
      const next = new Map<string, OwnedBackend>();
      for (const [name, backend] of to.backends) {
        const before = backends.get(name);
        const { live, happenings: own } = before === undefined
          ? create(backend, reconfiguration)
          : update(before, backend, reconfiguration, events.get(name) ?? nothing);
        next.set(name, live);
        happenings.push(...own);
      }
      backends = next;
      return { happenings, ended };
    },
  };
}

const nothing: readonly never[] = [];

function happeningsOf(
  live: OwnedBackend,
  transitions: readonly Transition[],
): readonly Happening[] {
  // Almost every probe comes here, and few have something to tell.
  if (transitions.length === 0) return nothing;
  const { backend: { name: backend }, frontends, counters } = live;
  return transitions.map((transition) => {
    counters.countTransition(transition);
    return { kind: "backend", backend, frontends, transition };
  });
}
