/**
 * Sources whose values a test or a bench decides.
 *
 * @module
 */

import type { Backend, HealthCheck } from "../config/mod.ts";
import { effectiveWeights, type StateOf } from "../health/mod.ts";
import { createHistogram } from "../histogram.ts";
import type {
  BackendSource,
  ControllerSource,
  FrontendSource,
  MetricsSources,
  RpcSource,
} from "./sources.ts";

/** A backend that was probed `probes` times. */
export function backendSource(name: string, address: string, probes = 1): BackendSource {
  const durations = createHistogram();
  for (let probe = 0; probe < probes; probe++) durations.observe(0.003);
  const backend: Backend = {
    ...{ name, address: { family: 4, text: address }, healthcheck: "web", enabled: true },
  };
  return {
    backend,
    check,
    health: {
      ...{ name, state: "up", since: 0, counter: 4, enabledInFile: true, override: null },
      isTrusted: false,
      ...{ transitions: [], results: [] },
    },
    counters: {
      durations,
      probes: () => [{ result: "success", code: "L7OK", count: probes }],
      transitions: () => [{ from: "unknown", to: "up", count: 1 }],
    },
  };
}

/** A frontend with one pool of these backends, all of which are up. */
export function frontendSource(name: string, backends: readonly string[]): FrontendSource {
  const pools = [{ name: "main", backends: backends.map((each) => ({ name: each, weight: 100 })) }];
  const stateOf: StateOf = () => "up";
  return {
    frontend: {
      ...{ name, description: "", address: { family: 4, text: "198.51.100.1" }, service: null },
      ...{ srcIpSticky: false, flushOnDown: false, flowTableLength: 1024, pools },
    },
    weights: effectiveWeights({ pools, flushOnDown: false }, stateOf),
    state: "up",
  };
}

/** A controller whose VPP is connected and warm. */
export function controllerSource(changes: Partial<ControllerSource> = {}): ControllerSource {
  const counts = {
    ...{ vipAdded: 2, vipRemoved: 0, asAdded: 0, asRemoved: 0, asWeightUpdated: 3, failed: 0 },
  };
  return {
    vpp: {
      info: {
        ...{ version: "26.10", buildDate: "2026-10-28", pid: 7, profile: "weighted" },
        ...{ bootTimeMs: 1_000_000, connectedAtMs: 1_005_000 },
      },
      lb: {},
      missing: [],
    },
    silentSince: null,
    warmUp: { phase: "over", leftMs: 0 },
    counters: null,
    syncs: {
      all: { counts, durations: createHistogram() },
      vip: { counts: { ...counts, vipAdded: 0 }, durations: createHistogram() },
    },
    ...changes,
  };
}

/** A method that was called five times. */
export function rpcSource(changes: Partial<RpcSource> = {}): RpcSource {
  const durations = createHistogram();
  for (let call = 0; call < 4; call++) durations.observe(0.02);
  return {
    ...{ service: "maglev.Maglev", method: "GetBackend", type: "unary", durations },
    ...{ started: 5, received: 5, sent: 3, handled: new Map([["OK", 3], ["CANCELLED", 1]]) },
    ...changes,
  };
}

/** What a scene holds. */
export interface SourcesOptions {
  readonly backends?: readonly BackendSource[];
  readonly frontends?: readonly FrontendSource[];
  readonly controller?: ControllerSource | null;
  readonly rpc?: readonly RpcSource[];
}

/** Sources of these objects; the rest is the same each time. The time is 1,010 s. */
export function metricsSources(options: SourcesOptions = {}): MetricsSources {
  const { backends = [], frontends = [], controller = null, rpc = [] } = options;
  const counters = { lag: createHistogram(), eventSubscribers: 1, eventsDropped: 0 };
  return {
    build: { version: "1.2.3", commit: "abc", date: null },
    checker: { backends: () => backends, frontends: () => frontends, counters },
    controller,
    apiCounters: {
      counts: () => [{ msg: "lb_conf", direction: "send", result: "success", count: 5 }],
    },
    rpc,
    reloads: { success: 1, failure: 2, isLastSuccessful: false, loadedAtMs: 1_002_500 },
    runtime: {
      now: () => 1_010_000,
      name: "deno 1",
      startedAtMs: 1_000_000,
      cpuSeconds: () => 1.5,
      memory: () => ({ resident: 3, heapUsed: 1, heapTotal: 2 }),
      openDescriptors: () => 9,
      loopLag: createHistogram(),
    },
  };
}

const check: HealthCheck = {
  ...{ name: "web", intervalNs: 1, fastIntervalNs: 1, downIntervalNs: 1, timeoutNs: 1 },
  ...{ rise: 2, fall: 3 },
  probe: {
    ...{ type: "http", port: 80, sourceIpv4: null, sourceIpv6: null },
    http: {
      ...{ path: "/", host: null, responseCode: { min: 200, max: 200 }, responseRegexp: null },
    },
  },
};
