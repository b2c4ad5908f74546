/**
 * The live set of backends and frontends, and the only owner of what is true at run time: it schedules
 * probes, feeds their results to the state machine, keeps what operators override, applies reloads,
 * and tells what happened.
 *
 * Each result, act, weight or reload is applied whole before anybody hears of it: first the events are
 * queued, then they are logged, then the listeners are called.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import { type Config, type ConfigDiff, diffConfigs } from "../config/mod.ts";
import {
  explain,
  type ExplainInput,
  type OperatorAct,
  type Reason,
  type Refusal,
  type WeightOverride,
  type WeightPlace,
} from "../health/mod.ts";
import type { Logger } from "../log.ts";
import type { Prober } from "../probe/mod.ts";
import { backendProbing } from "./backend_probing.ts";
import { backendSet } from "./backend_set.ts";
import { type ChangeListener, changeListeners } from "./change_listeners.ts";
import { type Happening, summarize } from "./event.ts";
import { eventHub } from "./event_hub.ts";
import type { EventFilter, EventSubscription } from "./event_subscription.ts";
import { frontendSet } from "./frontend_set.ts";
import type { Histogram } from "../histogram.ts";
import type { LiveBackend, OwnedBackend } from "./live_backend.ts";
import type { LiveFrontend } from "./live_frontend.ts";
import { logHappening } from "./log_happening.ts";
import { notFound } from "./refusals.ts";
import { subjectsOf } from "./snapshot.ts";

/** What {@link startChecker} needs. */
export interface CheckerOptions {
  readonly config: Config;
  readonly prober: Pick<Prober, "prepare">;
  readonly clock: Clock;
  /** Draws a number from 0, inclusive, to 1, exclusive. */
  readonly random: () => number;
  readonly log: Logger;
}

/** The live set of backends and frontends. */
export interface Checker {
  readonly config: Config;
  backend(name: string): LiveBackend | undefined;
  /** In the order of the file. */
  backends(): Iterable<LiveBackend>;
  frontend(name: string): LiveFrontend | undefined;
  /** In the order of the file. */
  frontends(): Iterable<LiveFrontend>;
  /** The weights that operators set, in the order in which they did. */
  readonly weightOverrides: readonly WeightOverride[];
  /** Takes an operator's act. `by` says whose: an address, or the name in a certificate. */
  act(backend: string, act: OperatorAct, by: string): Refusal | undefined;
  /** Sets a weight over the file's. The weight that is in force already changes nothing. */
  setWeight(place: WeightPlace, weight: number, by: string): Refusal | undefined;
  /** Why a backend weighs what it weighs. */
  explain(backend: string, vpp?: ExplainInput["vpp"]): readonly Reason[] | undefined;
  /** Goes over to another configuration. What the two have in common is left alone. */
  reload(config: Config): ConfigDiff;
  /** Tells the present state of everything, then what happens, to one who reads at their own pace. */
  subscribe(filter?: EventFilter): EventSubscription;
  /**
   * Calls the listener within each change, when all is consistent again, until the function returned
   * is called. It is for those who must not be late, and must be quick; what they throw is logged.
   */
  onChange(listener: ChangeListener): () => void;
  readonly counters: CheckerCounters;
  /** Ends all probing, subscriptions and calls. Nothing is left that would run later. */
  stop(): void;
}

/** What is counted about all backends together; each of them has counters of its own as well. */
export interface CheckerCounters {
  /** How much later than due probes started. */
  readonly lag: Histogram;
  readonly probesInFlight: number;
  /** Probes that are due, while as many as may be are in flight. */
  readonly probesWaiting: number;
  readonly eventSubscribers: number;
  /** Events that subscribers lost because they did not take them in time. */
  readonly eventsDropped: number;
}

/** Starts to probe the backends of a configuration. */
export function startChecker(options: CheckerOptions): Checker {
  const { prober, clock, random, log } = options;
  const hub = eventHub(log);
  const listeners = changeListeners(log);
  const beforeTransition = hub.preserve;
  const backends = backendSet({ clock, random, beforeTransition });
  const frontends = frontendSet({
    stateOf: backends.stateOf,
    serves: backends.serves,
    beforeTransition,
  });
  const probing = backendProbing({
    ...{ clock, prober, log },
    onResult(live, result) {
      const at = clock.now();
      const { happenings } = backends.feed(live, { kind: "result", result, at });
      if (happenings.length > 0) announce(happenings, live.frontends, at);
    },
  });
  let config = options.config;
  let isStopped = false;

  const settle = (settled: Iterable<OwnedBackend>) => {
    if (!isStopped) probing.settle([...settled], config.healthchecker.netns);
  };
  /** Brings the frontends up to date, and tells what happened. */
  const announce = (
    happenings: readonly Happening[],
    changed: readonly string[],
    at: number,
    reload: ConfigDiff | null = null,
  ) => {
    const all = [...happenings, ...frontends.recompute(changed, at)];
    for (const happening of all) hub.publish(happening, at);
    for (const happening of all) logHappening(log, happening);
    listeners.notify({ frontends: changed, reload });
  };
  /** Goes from one configuration to another. */
  const apply = (from: Config, to: Config): ConfigDiff => {
    const at = clock.now();
    const diff = diffConfigs(from, to);
    config = to;
    frontends.reconfigure(to, at);
    const { usersOf } = frontends;
    const { happenings, ended } = backends.reconfigure({ from, to, diff, usersOf, at });
    hub.show(subjectsOf(backends.values(), frontends.values()));
    probing.end(ended);
    settle(backends.values());
    const { added, changed, removed } = diff.frontends;
    const users = [
      ...happenings.flatMap((each) => each.kind === "backend" ? each.frontends : []),
      ...[...diff.backends.changed.keys()].flatMap(usersOf),
    ];
    const touched = new Set([...added.keys(), ...changed.keys(), ...removed, ...users]);
    announce([{ kind: "reload", summary: summarize(diff) }, ...happenings], [...touched], at, diff);
    return diff;
  };

  apply(withoutObjects(options.config), options.config);
  return {
    get config() {
      return config;
    },
    backend: backends.get,
    backends: backends.values,
    frontend: frontends.get,
    frontends: frontends.values,
    get weightOverrides() {
      return frontends.weightOverrides;
    },
    act(name, act, by) {
      const live = backends.get(name);
      if (live === undefined) return notFound("backend", name, backends.names());
      const at = clock.now();
      const { happenings, refused } = backends.feed(live, { kind: "act", act, by, at });
      settle([live]);
      if (happenings.length > 0) announce(happenings, live.frontends, at);
      return refused;
    },
    setWeight(place, weight, by) {
      const at = clock.now();
      const { happenings, refused } = frontends.setWeight({ ...place, weight, by, at });
      if (happenings.length > 0) announce(happenings, [place.frontend], at);
      return refused;
    },
    explain(name, vpp) {
      const live = backends.get(name);
      if (live === undefined) return undefined;
      return explain({
        health: live.health,
        rules: live.rules,
        frontends: live.frontends.flatMap((user) => config.frontends.get(user) ?? []),
        stateOf: backends.stateOf,
        serves: backends.serves,
        weightOverrides: frontends.weightOverrides,
        vpp,
      });
    },
    reload: (next) => apply(config, next),
    subscribe: (filter = {}) => hub.subscribe(filter, clock.now()),
    onChange: listeners.add,
    counters: {
      lag: probing.lag,
      get probesInFlight() {
        return probing.inFlight;
      },
      get probesWaiting() {
        return probing.waiting;
      },
      get eventSubscribers() {
        return hub.subscribers;
      },
      get eventsDropped() {
        return hub.dropped;
      },
    },
    stop() {
      isStopped = true;
      probing.end([...backends.values()]);
      listeners.clear();
      hub.end();
    },
  };
}

/** The configuration that has the same settings and nothing else: from there, all is new. */
function withoutObjects(config: Config): Config {
  const none = new Map<never, never>();
  return { ...config, healthchecks: none, backends: none, frontends: none };
}
