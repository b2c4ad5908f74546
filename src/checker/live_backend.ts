/**
 * A backend at run time: what the configuration says about it, and its health.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import type { Backend, Config, HealthCheck } from "../config/mod.ts";
import {
  type BackendHealth,
  type BackendRules,
  createBackend,
  type Transition,
} from "../health/mod.ts";
import { type BackendCounters, type BackendCounting, countBackend } from "./backend_counters.ts";
import { newest } from "./newest.ts";
import type { Probing } from "./probing.ts";
import { randomStream } from "./random_stream.ts";

/** What others see of a backend. It changes as time goes on; the values in it do not. */
export interface LiveBackend {
  readonly backend: Backend;
  /** Null for a static backend. */
  readonly check: HealthCheck | null;
  readonly rules: BackendRules;
  readonly health: BackendHealth;
  /** The names of the frontends that use it, in the order of the file. */
  readonly frontends: readonly string[];
  /** In milliseconds since the epoch; null while it is not probed, or a probe is in flight. */
  readonly nextProbeAt: number | null;
  /** Whether a probe is in flight. */
  readonly isProbing: boolean;
  readonly counters: BackendCounters;
}

/** A backend as its owner sees it, who may change it. */
export interface OwnedBackend extends LiveBackend {
  backend: Backend;
  check: HealthCheck | null;
  rules: BackendRules;
  health: BackendHealth;
  frontends: readonly string[];
  probing: Probing | null;
  readonly counters: BackendCounting;
  /** Draws a random number, from 0 to 1. */
  readonly draw: () => number;
}

/** What is needed for a new backend besides its configuration. */
export interface BirthOptions {
  readonly clock: Clock;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** From 0 to 1: begins the backend's own random numbers. */
  readonly seed: number;
}

/** Makes a backend that is new, and the transitions that it begins with. Nothing probes it yet. */
export function createLiveBackend(
  backend: Backend,
  config: Config,
  { clock, at, seed }: BirthOptions,
): { readonly live: OwnedBackend; readonly transitions: readonly Transition[] } {
  const setup = setupOf(backend, config);
  const { name, enabled } = backend;
  const { health, transitions } = createBackend({ name, enabled, at }, setup.rules);
  const live: OwnedBackend = {
    ...setup,
    health,
    frontends: [],
    probing: null,
    counters: countBackend(),
    draw: randomStream(seed),
    get nextProbeAt() {
      const dueMs = live.probing?.dueMs ?? null;
      return dueMs === null ? null : clock.now() + dueMs - clock.monotonic();
    },
    get isProbing() {
      return live.probing?.isInFlight ?? false;
    },
  };
  return { live, transitions };
}

/** Gives a backend that stays what a new configuration says about it. */
export function updateLiveBackend(live: OwnedBackend, backend: Backend, config: Config): void {
  Object.assign(live, setupOf(backend, config));
  const transitions = newest(live.health.transitions, live.rules.transitionHistory);
  if (transitions !== live.health.transitions) live.health = { ...live.health, transitions };
}

function setupOf(
  backend: Backend,
  config: Config,
): Pick<LiveBackend, "backend" | "check" | "rules"> {
  const named = backend.healthcheck;
  const check = (named === null ? undefined : config.healthchecks.get(named)) ?? null;
  const { rise, fall } = check ?? { rise: 1, fall: 1 };
  const { transitionHistory } = config.healthchecker;
  return { backend, check, rules: { rise, fall, transitionHistory, isStatic: check === null } };
}
