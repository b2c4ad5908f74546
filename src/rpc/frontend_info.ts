/**
 * Frontends as the API shows them.
 *
 * @module
 */

import type { Frontend } from "../config/mod.ts";
import type { FrontendState, PoolWeights, WeightOverride } from "../health/mod.ts";
import type * as pb from "./maglev_pb.ts";
import { nanoseconds } from "./nanoseconds.ts";
import { type StateTransition, transitionRecord } from "./transition_record.ts";

/** A frontend at run time. The checker has them. */
export interface ShownFrontend {
  readonly frontend: Frontend;
  readonly weights: readonly PoolWeights[];
  readonly state: FrontendState;
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly transitions: readonly StateTransition[];
}

/** Shows a frontend. The overrides may be those of all frontends. */
export function frontendInfo(
  { frontend, weights, state, since, transitions }: ShownFrontend,
  overrides: readonly WeightOverride[],
): pb.FrontendInfo {
  const { name, address, service, description, srcIpSticky, flushOnDown } = frontend;
  const own = overrides.filter((override) => override.frontend === name);
  return {
    name,
    address: address.text,
    protocol: service?.protocol ?? "",
    port: service?.port ?? 0,
    pools: weights.map((pool) => poolInfo(pool, own)),
    ...{ description, srcIpSticky, flushOnDown, state },
    sinceUnixNs: nanoseconds(since),
    transitions: transitions.map(transitionRecord),
    flowTableLength: frontend.flowTableLength,
  };
}

function poolInfo(pool: PoolWeights, overrides: readonly WeightOverride[]): pb.PoolInfo {
  const overrideOf = (backend: string) =>
    overrides.find((each) => each.pool === pool.name && each.backend === backend);
  return {
    name: pool.name,
    backends: pool.members.map(({ backend, weight, effective, state }) => ({
      ...{ name: backend, weight, effectiveWeight: effective, state },
      ...overrideField(overrideOf(backend)),
    })),
    active: pool.isActive,
  };
}

function overrideField(
  override: WeightOverride | undefined,
): Pick<pb.PoolBackendInfo, "override"> {
  if (override === undefined) return {};
  const { weight, inFile, by, at } = override;
  return { override: { weight, weightInFile: inFile, by, atUnixNs: nanoseconds(at) } };
}
