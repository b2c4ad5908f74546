/**
 * The state machine of one backend: from its health and an event to its next health.
 *
 * Nothing here acts. The caller probes, tells the time, and sends out the transitions of each
 * {@link Step}. When the rules of a backend change, their first step is a `changed` event, which
 * presets the counter that the old rules left behind.
 *
 * @module
 */

import { count, type CounterRules, isUp, preset } from "./counter.ts";
import { remember } from "./history.ts";
import { type Refusal, refusal } from "./refusal.ts";
import type { ProbeResult } from "./result.ts";
import type { BackendState, Cause, OperatorAct, Transition } from "./transition.ts";

/** How many probe results a backend remembers. */
const resultHistory = 20;

/** What the configuration says about the health of a backend. */
export interface BackendRules extends CounterRules {
  /** How many transitions are kept, at least 1. */
  readonly transitionHistory: number;
  /** The backend has no health check. Its `rise` and `fall` are taken to be 1. */
  readonly isStatic: boolean;
}

/** An operator's act that holds against the file or the probes. */
export interface Override {
  readonly act: Exclude<OperatorAct, "resume">;
  /** Who did it: an address, or the name in a certificate. */
  readonly by: string;
  readonly at: number;
  /** The override that a pause covers, and that holds again when the backend is resumed. */
  readonly under: Override | null;
}

/** All that is known about the health of one backend. */
export interface BackendHealth {
  readonly name: string;
  readonly state: BackendState;
  /** When the backend entered its state, in milliseconds since the epoch. */
  readonly since: number;
  readonly counter: number;
  /**
   * Whether it serves although it is unknown: it was up, and a reload changed how it is probed. The
   * server is the same, so its traffic stays until the first result, which decides.
   */
  readonly isTrusted: boolean;
  /** The file's value of `enabled`, whatever operators did since. */
  readonly enabledInFile: boolean;
  readonly override: Override | null;
  /** The last transitions, as many as the rules allow, the newest last. */
  readonly transitions: readonly Transition[];
  /** The last 20 probe results, the newest last. */
  readonly results: readonly ProbeResult[];
}

/** Something that may change the health of a backend. `at` is in milliseconds since the epoch. */
export type HealthEvent =
  & { readonly at: number }
  & (
    | { readonly kind: "result"; readonly result: ProbeResult }
    /** A probe that the daemon itself delayed: it proves nothing and changes nothing. */
    | { readonly kind: "void" }
    | { readonly kind: "act"; readonly act: OperatorAct; readonly by: string }
    /**
     * The address, the health check or the namespace is another one; `change` says which. With the
     * same address it is still the same server.
     */
    | { readonly kind: "changed"; readonly change: string; readonly isSameServer: boolean }
    /** The file's value of `enabled`, of interest where it is a new one. Comes before `changed`. */
    | { readonly kind: "enabled"; readonly enabled: boolean }
    | { readonly kind: "removed" }
  );

/** What one event led to. */
export interface Step {
  /** The health after the event: the same object if it was void, dropped, refused or repeated. */
  readonly health: BackendHealth;
  /** The new transitions, in order. */
  readonly transitions: readonly Transition[];
  readonly refused?: Refusal;
}

/** The first step of a backend that was not there before. */
export function createBackend(
  { name, enabled, at }: { readonly name: string; readonly enabled: boolean; readonly at: number },
  rules: BackendRules,
): Step {
  const health: BackendHealth = {
    name,
    state: enabled ? "unknown" : "disabled",
    since: at,
    counter: preset(counterRules(rules)),
    isTrusted: false,
    enabledInFile: enabled,
    override: null,
    transitions: [],
    results: [],
  };
  return enabled ? enter(health, "unknown", at, { kind: "start" }, rules) : unchanged(health);
}

/** Takes one event. */
export function step(health: BackendHealth, event: HealthEvent, rules: BackendRules): Step {
  if (event.kind === "act") return takeAct(health, event, rules);
  if (health.state === "removed") return unchanged(health);
  switch (event.kind) {
    case "void":
      return unchanged(health);
    case "result":
      return takeResult(health, event.result, event.at, rules);
    case "changed":
      return takeChange(health, event, rules);
    case "enabled":
      return takeEnabled(health, event.enabled, event.at, rules);
    case "removed":
      return enter(health, "removed", event.at, { kind: "config", change: "removed" }, rules);
  }
}

/** Whether a backend may have traffic, if its pool has. */
export function isServing({ state, isTrusted }: BackendHealth): boolean {
  return state === "up" || isTrusted;
}

/** Whether a backend in this state is probed under these rules. */
export function isProbed(state: BackendState, rules: BackendRules): boolean {
  return !rules.isStatic && state !== "removed" && !isHeld(state);
}

/** The thresholds to count by: those of the health check, or 1 and 1 where there is none. */
export function counterRules(rules: BackendRules): CounterRules {
  return rules.isStatic ? { rise: 1, fall: 1 } : rules;
}

function isHeld(state: BackendState): boolean {
  return state === "paused" || state === "disabled";
}

function takeResult(
  health: BackendHealth,
  result: ProbeResult,
  at: number,
  rules: BackendRules,
): Step {
  if (!isProbed(health.state, rules)) return unchanged(health);
  const counter = count(health.counter, result.ok, rules);
  const results = remember(health.results, [result], resultHistory);
  const state = isUp(counter, rules) ? "up" : "down";
  return enter({ ...health, counter, results }, state, at, { kind: "probe", result }, rules);
}

function takeAct(
  health: BackendHealth,
  { act, by, at }: HealthEvent & { readonly kind: "act" },
  rules: BackendRules,
): Step {
  const refused = refusal(act, health);
  if (refused !== undefined) return { ...unchanged(health), refused };
  const cause: Cause = { kind: "operator", act, by };
  const enterBy = (state: BackendState, override: Override | null) =>
    enter({ ...health, override }, state, at, cause, rules);
  switch (act) {
    case "pause":
      if (health.state === "paused") return unchanged(health);
      return enterBy("paused", { act, by, at, under: health.override });
    case "resume":
      return enterBy("unknown", health.override?.under ?? null);
    case "disable":
      if (health.state === "disabled") return unchanged(health);
      return enterBy("disabled", { act, by, at, under: null });
    case "enable":
      if (health.state !== "disabled") return unchanged(health);
      return enterBy("unknown", health.enabledInFile ? null : { act, by, at, under: null });
  }
}

/** Probing begins again. Until it has found out, traffic stays with a server that was up. */
function takeChange(
  health: BackendHealth,
  { at, change, isSameServer }: HealthEvent & { readonly kind: "changed" },
  rules: BackendRules,
): Step {
  if (isHeld(health.state)) {
    return { health: { ...health, counter: preset(counterRules(rules)) }, transitions: [] };
  }
  const entered = enter(health, "unknown", at, { kind: "config", change }, rules);
  const isTrusted = isSameServer && isServing(health) && entered.health.state === "unknown";
  return { ...entered, health: { ...entered.health, isTrusted } };
}

/** A new value in the file wins over an operator's enable or disable. It does not end a pause. */
function takeEnabled(
  health: BackendHealth,
  enabledInFile: boolean,
  at: number,
  rules: BackendRules,
): Step {
  if (enabledInFile === health.enabledInFile) return unchanged(health);
  const cause: Cause = { kind: "config", change: `enabled: ${enabledInFile}` };
  const pause = enabledInFile && health.state === "paused" ? health.override : null;
  const told = { ...health, enabledInFile, override: pause && { ...pause, under: null } };
  if (!enabledInFile) return enter(told, "disabled", at, cause, rules);
  if (health.state === "disabled") return enter(told, "unknown", at, cause, rules);
  return { health: told, transitions: [] };
}

/**
 * Enters a state, which may be the present one. Entering unknown presets the counter; a static
 * backend does not stay there, but passes at once.
 */
function enter(
  health: BackendHealth,
  state: BackendState,
  at: number,
  cause: Cause,
  rules: BackendRules,
): Step {
  const thresholds = counterRules(rules);
  let counter = state === "unknown" ? preset(thresholds) : health.counter;
  const route = [state];
  if (state === "unknown" && rules.isStatic) {
    counter = count(counter, true, thresholds);
    route.push("up");
  }
  const transitions: Transition[] = [];
  let from = health.state;
  for (const to of route) {
    if (to !== from) transitions.push({ from, to, at, cause });
    from = to;
  }
  return {
    health: {
      ...health,
      state: from,
      since: transitions.length > 0 ? at : health.since,
      counter,
      isTrusted: false,
      transitions: remember(health.transitions, transitions, rules.transitionHistory),
    },
    transitions,
  };
}

function unchanged(health: BackendHealth): Step {
  return { health, transitions: [] };
}
