/**
 * Why a backend has the weight that it has, as a chain of reasons with the evidence of each.
 *
 * The chain follows the decision: probes → counter → state, or the override that took its place;
 * then for each frontend the choice of the pool → the effective weight → what VPP has.
 *
 * @module
 */

import { type BackendHealth, type BackendRules, isProbed, type Override } from "./backend.ts";
import { maximum } from "./counter.ts";
import {
  effectiveWeights,
  type FrontendPools,
  type MemberWeight,
  type PoolWeights,
  type Serves,
  type StateOf,
} from "./pools.ts";
import type { ProbeResult } from "./result.ts";
import type { BackendState, Cause } from "./transition.ts";
import {
  applyWeights,
  type WeightOverride,
  weightOverrideOf,
  type WeightPlace,
} from "./weight_override.ts";

/** What VPP has of a backend behind a frontend. */
export interface Installed {
  /** Null where this VPP gives every backend the same share, whatever its weight. */
  readonly weight: number | null;
  /** The buckets of the new-flow table that lead to the backend, and how many there are in all. */
  readonly buckets: number;
  readonly tableLength: number;
  /** Live entries of the flow table that lead to the backend. */
  readonly flows: number;
}

/** One reason of the chain, with its evidence. Those about a frontend name it. */
export type Reason =
  /** The backend has no health check, and is up as long as nobody takes it out. */
  | { readonly kind: "static" }
  /** The last results that agree, the newest last; none while the state is unknown. */
  | { readonly kind: "probes"; readonly run: readonly ProbeResult[] }
  | {
    readonly kind: "counter";
    readonly counter: number;
    readonly maximum: number;
    /** The backend is up from this value on. */
    readonly upAt: number;
  }
  /** An operator's act that holds. A pause or disable stands in the place of the state. */
  | { readonly kind: "override"; readonly override: Override }
  | {
    readonly kind: "state";
    readonly state: BackendState;
    readonly since: number;
    /** What led to the state, or null for the state that the backend began with. */
    readonly cause: Cause | null;
  }
  /** No frontend has the backend in a pool. */
  | { readonly kind: "unused" }
  | PoolReason
  | WeightReason
  | InstalledReason;

/** Which pool of a frontend is active, and where the backend stands. */
export interface PoolReason {
  readonly kind: "pool";
  readonly frontend: string;
  /** The pool in which the backend counts. */
  readonly pool: string;
  readonly active: string;
  /** Whether the backend's pool is the active one, or comes before or after it. */
  readonly place: "active" | "before" | "after";
  /** How many backends of the active pool are up, and how many there are. If 0, no pool has one. */
  readonly up: number;
  readonly total: number;
}

/** The effective weight of the backend behind a frontend. */
export interface WeightReason extends WeightPlace {
  readonly kind: "weight";
  readonly state: BackendState;
  /** What the backend weighs while it serves. */
  readonly weight: number;
  /** The operator's act that set this weight in place of the file's. */
  readonly override: WeightOverride | null;
  readonly effective: number;
  /** What keeps the backend from serving; null where it serves, with whatever weight. */
  readonly obstacle: "state" | "pool" | null;
  readonly flush: boolean;
}

/** What VPP has of the backend behind a frontend. */
export interface InstalledReason {
  readonly kind: "vpp";
  readonly frontend: string;
  readonly wanted: number;
  /** Null where VPP does not have the backend. */
  readonly installed: Installed | null;
  readonly differs: boolean;
}

/** What {@link explain} looks at. */
export interface ExplainInput {
  readonly health: BackendHealth;
  readonly rules: BackendRules;
  /** The frontends as the file has them; those that do not use the backend are passed over. */
  readonly frontends: readonly FrontendPools[];
  readonly stateOf: StateOf;
  /** Default: those that are up. */
  readonly serves?: Serves | undefined;
  /** The weights that operators set; none by default. */
  readonly weightOverrides?: readonly WeightOverride[];
  /** What VPP has, by frontend and backend; left out while there is no VPP to ask. */
  readonly vpp?: ((frontend: string, backend: string) => Installed | undefined) | undefined;
}

/** The chain of reasons for the weights of a backend. */
export function explain(input: ExplainInput): readonly Reason[] {
  const uses = input.frontends.flatMap((frontend) => explainFrontend(frontend, input));
  return [
    ...explainHealth(input.health, input.rules),
    ...(uses.length > 0 ? uses : [{ kind: "unused" as const }]),
  ];
}

function explainHealth(health: BackendHealth, rules: BackendRules): readonly Reason[] {
  const { state, since, counter, override } = health;
  const reasons: Reason[] = [];
  if (isProbed(state, rules)) {
    const run = state === "unknown" ? [] : lastRun(health.results);
    reasons.push({ kind: "probes", run });
    reasons.push({ kind: "counter", counter, maximum: maximum(rules), upAt: rules.rise });
  } else if (state === "up") {
    reasons.push({ kind: "static" });
  }
  if (override !== null) reasons.push({ kind: "override", override });
  if (override === null || override.act === "enable" || state === "removed") {
    reasons.push({ kind: "state", state, since, cause: health.transitions.at(-1)?.cause ?? null });
  }
  return reasons;
}

function lastRun(results: readonly ProbeResult[]): readonly ProbeResult[] {
  const ok = results.at(-1)?.ok;
  return results.slice(results.findLastIndex((result) => result.ok !== ok) + 1);
}

function explainFrontend(frontend: FrontendPools, input: ExplainInput): readonly Reason[] {
  const { health: { name: backend }, stateOf, serves, weightOverrides = [], vpp } = input;
  const { name, flushOnDown } = frontend;
  const pools = applyWeights(frontend, weightOverrides);
  const weights = effectiveWeights({ pools, flushOnDown }, stateOf, serves);
  const pool = weights.find(({ members }) => members.some(isNamed(backend)));
  const member = pool?.members.find(isNamed(backend));
  if (pool === undefined || member === undefined) return [];

  const { state, weight, effective, flush } = member;
  const place = { frontend: name, pool: pool.name, backend };
  const override = weightOverrideOf(weightOverrides, place) ?? null;
  const obstacle = !member.serves ? "state" : pool.isActive ? null : "pool";
  const reasons: Reason[] = [
    explainPool(name, weights, pool),
    { kind: "weight", ...place, state, weight, override, effective, obstacle, flush },
  ];
  if (vpp !== undefined) {
    const installed = vpp(name, backend) ?? null;
    const differs = isDifferent(installed, effective);
    reasons.push({ kind: "vpp", frontend: name, wanted: effective, installed, differs });
  }
  return reasons;
}

function explainPool(
  frontend: string,
  weights: readonly PoolWeights[],
  own: PoolWeights,
): PoolReason {
  const active = weights.find(({ isActive }) => isActive) ?? own;
  const steps = weights.indexOf(own) - weights.indexOf(active);
  return {
    kind: "pool",
    frontend,
    pool: own.name,
    active: active.name,
    place: steps === 0 ? "active" : steps < 0 ? "before" : "after",
    up: active.members.filter(({ serves }) => serves).length,
    total: active.members.length,
  };
}

function isNamed(name: string): (member: MemberWeight) => boolean {
  return ({ backend }) => backend === name;
}

function isDifferent(installed: Installed | null, wanted: number): boolean {
  if (installed === null) return wanted > 0;
  return installed.weight === null ? wanted === 0 : installed.weight !== wanted;
}
