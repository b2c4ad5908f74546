/**
 * Which pool of a frontend serves, and what each of its backends should weigh in VPP.
 *
 * @module
 */

import type { BackendState } from "./transition.ts";

/** A backend as a member of a pool. */
export interface PoolMember {
  readonly name: string;
  /** What it weighs while it serves, 0 … 100. */
  readonly weight: number;
}

/** A named set of backends with weights. */
export interface Pool {
  readonly name: string;
  readonly backends: readonly PoolMember[];
}

/** The part of a frontend that decides who serves. */
export interface FrontendPools {
  readonly name: string;
  /** In order of preference. */
  readonly pools: readonly Pool[];
  /** A backend that goes down loses its flows at once, instead of when they end. */
  readonly flushOnDown: boolean;
}

/** Tells the present state of any backend by its name. */
export type StateOf = (backend: string) => BackendState;

/** Tells whether a backend may have traffic. */
export type Serves = (backend: string) => boolean;

/** What one member of a pool should weigh now. */
export interface MemberWeight {
  readonly backend: string;
  readonly state: BackendState;
  /** It may have traffic: it is up, or was until a reload changed how it is probed. */
  readonly serves: boolean;
  /** The weight that it has while it serves. */
  readonly weight: number;
  /** What it should weigh in VPP right now. */
  readonly effective: number;
  /** Its flows are to be dropped when its weight goes to 0, rather than drained. */
  readonly flush: boolean;
  /** False where the backend was listed before: it counts only where it first appears. */
  readonly counts: boolean;
}

/** What the members of one pool should weigh now. */
export interface PoolWeights {
  readonly name: string;
  readonly isActive: boolean;
  readonly members: readonly MemberWeight[];
}

/** The index of the first pool with a backend that serves, whatever its weight; 0 if there is none. */
export function activePool(pools: readonly Pool[], serves: Serves): number {
  const first = pools.findIndex(({ backends }) => backends.some(({ name }) => serves(name)));
  return Math.max(first, 0);
}

/**
 * What each member of each pool should weigh now, in the order of the pools and their members. Those
 * serve that are up, unless `serves` knows better.
 */
export function effectiveWeights(
  { pools, flushOnDown }: Pick<FrontendPools, "pools" | "flushOnDown">,
  stateOf: StateOf,
  serves: Serves = (backend) => stateOf(backend) === "up",
): readonly PoolWeights[] {
  const active = activePool(pools, serves);
  const listed = new Set<string>();
  return pools.map(({ name: pool, backends }, index) => {
    const isActive = index === active;
    const members = backends.map(({ name: backend, weight }): MemberWeight => {
      const state = stateOf(backend);
      const counts = !listed.has(backend);
      listed.add(backend);
      const isServing = serves(backend);
      const effective = counts && isActive && isServing ? weight : 0;
      const flush = counts && isFlushed(state, flushOnDown);
      return { backend, state, serves: isServing, weight, effective, flush, counts };
    });
    return { name: pool, isActive, members };
  });
}

function isFlushed(state: BackendState, flushOnDown: boolean): boolean {
  return state === "disabled" || (state === "down" && flushOnDown);
}
