/**
 * What the tests of this room share: results, rules, random lives, and values that are frozen.
 *
 * @module
 */

import type { Random } from "../../tests/seeded.ts";
import {
  type BackendHealth,
  type BackendRules,
  createBackend,
  type HealthEvent,
  type Step,
  step,
} from "./backend.ts";
import type { FrontendPools, StateOf } from "./pools.ts";
import type { ProbeResult } from "./result.ts";
import type { BackendState, OperatorAct } from "./transition.ts";

/** When the stories of the tests begin. */
export const epoch = Date.UTC(2026, 0, 1);

/** The rules of a backend with a health check: rise 2 and fall 3, unless told otherwise. */
export function probed(rules: Partial<BackendRules> = {}): BackendRules {
  return { rise: 2, fall: 3, transitionHistory: 5, isStatic: false, ...rules };
}

/** The rules of a backend without a health check. */
export const unprobed = probed({ isStatic: true });

/** A result that passed. */
export function pass(started = epoch): ProbeResult {
  const phases = { connect: 1, firstByte: 2, body: 3 };
  return { ok: true, code: "L7OK", detail: "status 200", started, durationMs: 3, phases };
}

/** A result that failed. */
export function fail(started = epoch): ProbeResult {
  const detail = "connect: connection refused";
  return { ok: false, code: "L4CON", detail, started, durationMs: 1, phases: {} };
}

/** An event with a result. */
export function result(ok: boolean, at = epoch): HealthEvent {
  return { kind: "result", at, result: ok ? pass(at) : fail(at) };
}

/** An event with an operator's act. */
export function act(act: OperatorAct, at = epoch, by = "10.0.0.5"): HealthEvent {
  return { kind: "act", at, act, by };
}

/** The same value, of which no part can be changed any more. */
export function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

/** The health of a new backend, web1, after some events. */
export function healthAfter(
  events: readonly HealthEvent[],
  rules: BackendRules = probed(),
  enabled = true,
): BackendHealth {
  const { health } = createBackend({ name: "web1", enabled, at: epoch }, rules);
  return events.reduce((last, event) => step(last, event, rules).health, health);
}

/** One scene of a random life: what happened, and the health before and the step after it. */
export interface Scene {
  readonly before: BackendHealth;
  readonly event: HealthEvent;
  readonly step: Step;
}

/** The random life of a backend. No value in it can be changed. */
export interface Life {
  readonly rules: BackendRules;
  readonly birth: Step;
  readonly scenes: readonly Scene[];
}

/** A random life: good and bad spells, in which now and then an operator or a reload interferes. */
export function randomLife(random: Random): Life {
  const rules = frozen<BackendRules>({
    rise: random.int(1, 4),
    fall: random.int(1, 4),
    transitionHistory: random.int(1, 6),
    isStatic: random.chance(0.2),
  });
  const enabled = random.chance(0.8);
  const birth = frozen(createBackend({ name: "web1", enabled, at: epoch }, rules));
  const scenes: Scene[] = [];
  let before = birth.health;
  let luck = 0.5;
  for (let second = 1; second <= 120; second++) {
    if (random.chance(0.1)) luck = random.pick([0.05, 0.5, 0.95]);
    const at = epoch + 1000 * second;
    const event = frozen(
      random.chance(0.85) ? result(random.chance(luck), at) : random.pick(interferences(at)),
    );
    const next = frozen(step(before, event, rules));
    scenes.push({ before, event, step: next });
    before = next.health;
  }
  return { rules, birth, scenes };
}

/** Every health that a backend can reach under these rules, apart from times and histories. */
export function reachable(rules: BackendRules): readonly BackendHealth[] {
  const events = [result(true), result(false), ...interferences(epoch)];
  const found = new Map<string, BackendHealth>();
  const visit = (health: BackendHealth) => {
    const key = JSON.stringify({ ...health, transitions: [], results: [] });
    if (found.has(key)) return;
    found.set(key, frozen(health));
    for (const event of events) visit(step(health, event, rules).health);
  };
  visit(createBackend({ name: "web1", enabled: true, at: epoch }, rules).health);
  visit(createBackend({ name: "web1", enabled: false, at: epoch }, rules).health);
  return [...found.values()];
}

function interferences(at: number): readonly HealthEvent[] {
  return [
    { kind: "void", at },
    act("pause", at),
    act("resume", at),
    act("disable", at),
    act("enable", at),
    { kind: "changed", at, change: "address changed", isSameServer: false },
    { kind: "changed", at, change: "health check changed", isSameServer: true },
    { kind: "enabled", at, enabled: true },
    { kind: "enabled", at, enabled: false },
    { kind: "removed", at },
  ];
}

/** A frontend, www by default, with these backends in pool0, pool1 … and a weight of 100 each. */
export function frontendOf(
  pools: readonly (readonly string[])[],
  { name = "www", flushOnDown = false, weight = 100, weights = {} }: {
    readonly name?: string;
    readonly flushOnDown?: boolean;
    /** The weight of each backend that `weights` does not name. */
    readonly weight?: number;
    readonly weights?: Readonly<Record<string, number>>;
  } = {},
): FrontendPools {
  return {
    name,
    flushOnDown,
    pools: pools.map((backends, index) => ({
      name: `pool${index}`,
      backends: backends.map((name) => ({ name, weight: weights[name] ?? weight })),
    })),
  };
}

/** Tells states from a table. A backend that is not in it is unknown. */
export function statesOf(states: Readonly<Record<string, BackendState>>): StateOf {
  return (backend) => states[backend] ?? "unknown";
}

/** A random frontend, frozen, whose pools share some of their backends, and random states. */
export function randomFrontend(
  random: Random,
): { readonly frontend: FrontendPools; readonly stateOf: StateOf } {
  const states: readonly BackendState[] = ["unknown", "up", "down", "paused", "disabled"];
  const backends = ["a", "b", "c", "d", "e", "f"];
  const pools = Array.from(
    { length: random.int(1, 4) },
    () => random.shuffle(backends).slice(0, random.int(1, 4)),
  );
  const weights = Object.fromEntries(
    backends.map((name) => [name, random.chance(0.2) ? 0 : random.int(1, 100)]),
  );
  const favoured = random.pick(states);
  const stateOf = statesOf(Object.fromEntries(
    backends.map((name) => [name, random.chance() ? favoured : random.pick(states)]),
  ));
  return {
    frontend: frozen(frontendOf(pools, { flushOnDown: random.chance(), weights })),
    stateOf,
  };
}
