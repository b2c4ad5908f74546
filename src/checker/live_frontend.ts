/**
 * A frontend at run time: what its backends should weigh now, and the state that follows.
 *
 * @module
 */

import type { Frontend } from "../config/mod.ts";
import {
  applyWeights,
  effectiveWeights,
  type FrontendState,
  frontendState,
  type FrontendTransition,
  type Pool,
  type PoolWeights,
  remember,
  type Serves,
  type StateOf,
  type WeightOverride,
} from "../health/mod.ts";
import { newest } from "./newest.ts";

/** What others see of a frontend. It changes as time goes on; the values in it do not. */
export interface LiveFrontend {
  readonly frontend: Frontend;
  /** What each member of each pool should weigh now, with the operators' weights. */
  readonly weights: readonly PoolWeights[];
  readonly state: FrontendState;
  /** When it entered its state, in milliseconds since the epoch. */
  readonly since: number;
  /** The last transitions, as many as `transition-history` says, the newest last. */
  readonly transitions: readonly FrontendTransition[];
}

/** A frontend as its owner sees it, who may change it. */
export interface OwnedFrontend extends LiveFrontend {
  frontend: Frontend;
  weights: readonly PoolWeights[];
  state: FrontendState;
  since: number;
  transitions: readonly FrontendTransition[];
  /** The pools with the operators' weights. */
  pools: readonly Pool[];
  transitionHistory: number;
}

/** What decides about a frontend, besides its backends. */
export interface FrontendSetup {
  readonly frontend: Frontend;
  readonly overrides: readonly WeightOverride[];
  readonly transitionHistory: number;
}

/** Makes a frontend that is new. It is unknown until it is recomputed. */
export function createLiveFrontend(
  { frontend, overrides, transitionHistory }: FrontendSetup,
  at: number,
): OwnedFrontend {
  return {
    frontend,
    weights: [],
    state: "unknown",
    since: at,
    transitions: [],
    pools: applyWeights(frontend, overrides),
    transitionHistory,
  };
}

/** Gives a frontend its setup. Its weights follow when it is recomputed. */
export function updateLiveFrontend(live: OwnedFrontend, setup: FrontendSetup): void {
  const { frontend, overrides, transitionHistory } = setup;
  live.frontend = frontend;
  live.pools = applyWeights(frontend, overrides);
  live.transitionHistory = transitionHistory;
  live.transitions = newest(live.transitions, transitionHistory);
}

/** Computes the weights and the state again. Calls `beforeTransition` before the state changes. */
export function recompute(
  live: OwnedFrontend,
  { stateOf, serves, at, beforeTransition }: {
    readonly stateOf: StateOf;
    readonly serves: Serves;
    readonly at: number;
    readonly beforeTransition: (live: OwnedFrontend) => void;
  },
): FrontendTransition | undefined {
  const { flushOnDown } = live.frontend;
  live.weights = effectiveWeights({ pools: live.pools, flushOnDown }, stateOf, serves);
  const { state: from } = live;
  const to = frontendState(live.weights);
  if (from === to) return undefined;
  beforeTransition(live);
  const transition = { from, to, at };
  live.state = to;
  live.since = at;
  live.transitions = remember(live.transitions, [transition], live.transitionHistory);
  return transition;
}
