/**
 * Frontends, as commands tell of them.
 *
 * @module
 */
import type * as pb from "../rpc/maglev_pb.ts";
import { momentOf } from "./output/timestamp.ts";
import { type TransitionReport, transitionReport } from "./transition_report.ts";

/** A frontend among others. */
export interface FrontendSummary {
  readonly name: string;
  readonly address: string;
  /** Null for every protocol. */
  readonly protocol: string | null;
  /** Null for every port. */
  readonly port: number | null;
  readonly state: string;
  readonly activePool: string | null;
  /** How many of the backends in its pools are up. */
  readonly backendsUp: number;
  readonly backends: number;
}

/** Everything about a frontend. */
export interface FrontendReport {
  readonly name: string;
  readonly description: string | null;
  readonly address: string;
  readonly protocol: string | null;
  readonly port: number | null;
  readonly state: string;
  readonly since: string;
  readonly srcIpSticky: boolean;
  readonly flushOnDown: boolean;
  readonly flowTableLength: number;
  readonly pools: readonly PoolReport[];
  /** The newest last. */
  readonly transitions: readonly TransitionReport[];
}

/** A pool, in the order of preference. */
export interface PoolReport {
  readonly name: string;
  readonly active: boolean;
  readonly backends: readonly PoolBackendReport[];
}

/** A backend in a pool. */
export interface PoolBackendReport {
  readonly name: string;
  /** What it weighs while it serves. */
  readonly weight: number;
  /** What it should weigh in VPP now. */
  readonly effectiveWeight: number;
  readonly state: string;
  /** The operator's weight over that of the file. */
  readonly override: {
    readonly weight: number;
    readonly weightInFile: number;
    readonly by: string;
    readonly at: string;
  } | null;
}

/** Tells of a frontend in short. */
export function frontendSummary(info: pb.FrontendInfo): FrontendSummary {
  const { name, address, protocol, port, state, pools } = info;
  const states = new Map(
    pools.flatMap(({ backends }) => backends.map((each) => [each.name, each.state])),
  );
  return {
    ...{ name, address },
    protocol: protocol || null,
    port: port || null,
    state,
    activePool: pools.find(({ active }) => active)?.name ?? null,
    backendsUp: [...states.values()].filter((each) => each === "up").length,
    backends: states.size,
  };
}

/** Tells everything about a frontend. */
export function frontendReport(info: pb.FrontendInfo): FrontendReport {
  const { name, address, protocol, port, description, srcIpSticky, flushOnDown, state } = info;
  return {
    name,
    description: description || null,
    address,
    protocol: protocol || null,
    port: port || null,
    state,
    since: momentOf(info.sinceUnixNs),
    ...{ srcIpSticky, flushOnDown },
    flowTableLength: info.flowTableLength,
    pools: info.pools.map((pool) => ({
      name: pool.name,
      active: pool.active,
      backends: pool.backends.map(poolBackendReport),
    })),
    transitions: info.transitions.map(transitionReport),
  };
}

function poolBackendReport(member: pb.PoolBackendInfo): PoolBackendReport {
  const { name, weight, effectiveWeight, state, override } = member;
  if (override === undefined) return { name, weight, effectiveWeight, state, override: null };
  const { weightInFile, by, atUnixNs } = override;
  const set = { weight: override.weight, weightInFile, by, at: momentOf(atUnixNs) };
  return { name, weight, effectiveWeight, state, override: set };
}
