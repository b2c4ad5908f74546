/**
 * Where the values of the metrics come from. Each part is as narrow as the metrics need it; the
 * daemon's own parts fit as they are.
 *
 * @module
 */

import type { Backend, Frontend, HealthCheck } from "../config/mod.ts";
import type { BackendHealth, FrontendState, PoolWeights } from "../health/mod.ts";
import type { Histogram } from "../histogram.ts";
import type { Build } from "../version.ts";

/** All that is measured. Nothing of it may cost more than reading it. */
export interface MetricsSources {
  readonly build: Build;
  readonly checker: CheckerSource;
  /** Null where there is no VPP to drive. */
  readonly controller: ControllerSource | null;
  readonly apiCounters: { counts(): readonly ApiCount[] };
  readonly reloads: ReloadSource;
  /** The methods of the API; none where it is not served. */
  readonly rpc: readonly RpcSource[];
  readonly runtime: RuntimeSource;
}

/** The backends and frontends, and what is counted about all of them together. */
export interface CheckerSource {
  backends(): Iterable<BackendSource>;
  frontends(): Iterable<FrontendSource>;
  readonly counters: {
    readonly lag: Histogram;
    readonly eventSubscribers: number;
    readonly eventsDropped: number;
  };
}

/** A backend at run time. */
export interface BackendSource {
  readonly backend: Backend;
  readonly check: HealthCheck | null;
  readonly health: BackendHealth;
  readonly counters: {
    readonly durations: Histogram;
    probes(): readonly Counted<"result" | "code">[];
    transitions(): readonly Counted<"from" | "to">[];
  };
}

/** A frontend at run time. */
export interface FrontendSource {
  readonly frontend: Frontend;
  readonly weights: readonly PoolWeights[];
  readonly state: FrontendState;
}

/** What is known of VPP, and what was done to it. */
export interface ControllerSource {
  /** Null while there is none. */
  readonly vpp: {
    readonly info: VppSource;
    /** Null where its plugin cannot be used. */
    readonly lb: object | null;
    /** What it lacks for that. */
    readonly missing: readonly string[];
  } | null;
  /** Since when it has not responded; null while it does, and while there is none. */
  readonly silentSince: number | null;
  readonly warmUp: { readonly phase: string; readonly leftMs: number };
  readonly counters: TrafficSource | null;
  readonly syncs: Readonly<Record<"all" | "vip", SyncSource>>;
}

/** What a VPP told of itself. Times are in milliseconds since the epoch. */
export interface VppSource {
  readonly version: string;
  readonly buildDate: string;
  readonly pid: number;
  readonly bootTimeMs: number;
  readonly connectedAtMs: number;
  readonly profile: string | null;
}

/** The traffic that VPP counted. */
export interface TrafficSource {
  readonly vips: ReadonlyMap<string, VipSource>;
  /** By address. */
  readonly ases: ReadonlyMap<string, RouteCount>;
  readonly unmatched: number;
}

/** The traffic of a VIP. */
export interface VipSource {
  readonly prefix: { readonly address: { readonly text: string }; readonly length: number };
  readonly protocol: string | number;
  readonly port: number;
  readonly next: number;
  readonly first: number;
  readonly untracked: number;
  readonly noServer: number;
  readonly route: RouteCount | null;
}

/** What went through a route. */
export interface RouteCount {
  readonly packets: number | bigint;
  readonly bytes: number | bigint;
}

/** What the syncs of a scope did, by kind. */
export interface SyncSource {
  readonly counts: {
    readonly vipAdded: number;
    readonly vipRemoved: number;
    readonly asAdded: number;
    readonly asRemoved: number;
    readonly asWeightUpdated: number;
    readonly failed: number;
  };
  readonly durations: Histogram;
}

/** Messages of a name that passed in a direction, with a result. */
export type ApiCount = Counted<"msg" | "direction" | "result">;

/** How often something happened, told apart by these. */
export type Counted<K extends string> = Readonly<Record<K, string>> & { readonly count: number };

/** What became of reloads. */
export interface ReloadSource {
  readonly success: number;
  readonly failure: number;
  /** Whether the last attempt succeeded; the start is the first. */
  readonly isLastSuccessful: boolean;
  /** When the configuration in force was loaded, in milliseconds since the epoch. */
  readonly loadedAtMs: number;
}

/** A method of the API, and what became of its calls. */
export interface RpcSource {
  /** The full name of its service. */
  readonly service: string;
  readonly method: string;
  readonly type: "unary" | "server_stream" | "bidi_stream";
  /** Calls that began. */
  readonly started: number;
  /** Messages that came from clients. */
  readonly received: number;
  /** Messages that went to clients. */
  readonly sent: number;
  /** Calls that ended, by their code, such as `NOT_FOUND`. */
  readonly handled: ReadonlyMap<string, number>;
  readonly durations: Histogram;
}

/** The process and the runtime. Its values are taken when they are asked for. */
export interface RuntimeSource {
  /** The wall clock, in milliseconds since the epoch. */
  now(): number;
  /** The runtime's name and version. */
  readonly name: string;
  readonly startedAtMs: number;
  cpuSeconds(): number;
  memory(): { readonly resident: number; readonly heapUsed: number; readonly heapTotal: number };
  /** Null where they cannot be counted. */
  openDescriptors(): number | null;
  readonly loopLag: Histogram;
}
