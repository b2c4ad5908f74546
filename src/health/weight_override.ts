/**
 * Weights that an operator set at run time, over those of the file.
 *
 * @module
 */

import type { FrontendPools, Pool } from "./pools.ts";

/** Where a weight belongs. */
export interface WeightPlace {
  readonly frontend: string;
  readonly pool: string;
  readonly backend: string;
}

/** A weight that an operator set. At most one holds in one place. */
export interface WeightOverride extends WeightPlace {
  readonly weight: number;
  /** The weight in the file that it replaces, as it was when the operator set this one. */
  readonly inFile: number;
  /** Who set it: an address, or the name in a certificate. */
  readonly by: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

type NamedPools = Pick<FrontendPools, "name" | "pools">;

/** The overrides with one more, which replaces an earlier one in the same place. */
export function overrideWeight(
  overrides: readonly WeightOverride[],
  newer: WeightOverride,
): readonly WeightOverride[] {
  return [...overrides.filter((earlier) => !isSamePlace(earlier, newer)), newer];
}

/** The override that holds in a place, if there is one. */
export function weightOverrideOf(
  overrides: readonly WeightOverride[],
  place: WeightPlace,
): WeightOverride | undefined {
  return overrides.find((override) => isSamePlace(override, place));
}

/** The pools of a frontend with the operator's weights in place of the file's. */
export function applyWeights(
  { name: frontend, pools }: NamedPools,
  overrides: readonly WeightOverride[],
): readonly Pool[] {
  const own = overrides.filter((override) => override.frontend === frontend);
  if (own.length === 0) return pools;
  return pools.map((pool) => ({
    ...pool,
    backends: pool.backends.map((member) => {
      const place = { frontend, pool: pool.name, backend: member.name };
      const override = weightOverrideOf(own, place);
      return override === undefined ? member : { ...member, weight: override.weight };
    }),
  }));
}

/**
 * The overrides that survive a reload: where the backend is still in the pool and the weight in the
 * new file is still the one that the override replaced.
 */
export function survivingWeights(
  overrides: readonly WeightOverride[],
  frontends: readonly NamedPools[],
): readonly WeightOverride[] {
  return overrides.filter((override) => weightInFile(frontends, override) === override.inFile);
}

/** The weight that the file gives to a place, or undefined if it has no such place. */
export function weightInFile(
  frontends: readonly NamedPools[],
  { frontend, pool, backend }: WeightPlace,
): number | undefined {
  return frontends.find(({ name }) => name === frontend)
    ?.pools.find(({ name }) => name === pool)
    ?.backends.find(({ name }) => name === backend)
    ?.weight;
}

function isSamePlace(one: WeightPlace, other: WeightPlace): boolean {
  return one.frontend === other.frontend && one.pool === other.pool &&
    one.backend === other.backend;
}
