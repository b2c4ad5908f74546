/**
 * A configuration that is right: what the rest of the program works with.
 *
 * @module
 */
import { type Address, parseAddress } from "./address.ts";
import type { File, FileFrontend, FileHealthCheck } from "./schema.ts";
import type { CodeRange } from "./scalars.ts";

/** The whole configuration; its maps are by name and in the order of the file. */
export interface Config {
  readonly healthchecker: HealthChecker;
  readonly healthchecks: ReadonlyMap<string, HealthCheck>;
  readonly backends: ReadonlyMap<string, Backend>;
  readonly frontends: ReadonlyMap<string, Frontend>;
  readonly loadBalancer: LoadBalancer;
}

/** What holds for all health checks. */
export interface HealthChecker {
  /** How many state changes are kept per backend. */
  readonly transitionHistory: number;
  /** The network namespace that probes run in; null = the daemon's own. */
  readonly netns: string | null;
}

/** How to probe a backend. */
export type HealthCheck = HealthCheckTimes & { readonly name: string; readonly probe: Probe };

/** When to probe, and how many results make a state. */
export interface HealthCheckTimes {
  readonly intervalNs: number;
  readonly fastIntervalNs: number;
  readonly downIntervalNs: number;
  readonly timeoutNs: number;
  readonly rise: number;
  readonly fall: number;
}

/** What to send, and what to want. */
export type Probe =
  & { readonly sourceIpv4: Address | null; readonly sourceIpv6: Address | null }
  & (
    | { readonly type: "icmp" }
    | { readonly type: "tcp"; readonly port: number; readonly tls: Tls | null }
    | { readonly type: "http"; readonly port: number; readonly http: Http }
    | { readonly type: "https"; readonly port: number; readonly http: Http; readonly tls: Tls }
  );

/** The request, and the answer that passes. */
export interface Http {
  readonly path: string;
  /** The Host header; null = the backend's address. */
  readonly host: string | null;
  readonly responseCode: CodeRange;
  /** In Go's syntax; null = any body. */
  readonly responseRegexp: string | null;
}

/** How a certificate is judged. */
export interface Tls {
  /** SNI, and the name that is verified; null = none. */
  readonly serverName: string | null;
  readonly insecureSkipVerify: boolean;
}

/** A server. */
export interface Backend {
  readonly name: string;
  readonly address: Address;
  /** The name of its health check; null = it always passes. */
  readonly healthcheck: string | null;
  readonly enabled: boolean;
}

/** A virtual service. */
export interface Frontend {
  readonly name: string;
  readonly description: string;
  readonly address: Address;
  /** null = every protocol and port. */
  readonly service: Service | null;
  readonly srcIpSticky: boolean;
  readonly flushOnDown: boolean;
  readonly flowTableLength: number;
  readonly pools: readonly Pool[];
}

/** A protocol with a port. */
export interface Service {
  readonly protocol: "tcp" | "udp";
  readonly port: number;
}

/** A set of backends that serve together. */
export interface Pool {
  readonly name: string;
  readonly backends: readonly PoolMember[];
}

/** A backend in a pool. */
export interface PoolMember {
  readonly name: string;
  readonly weight: number;
}

/** VPP's global settings, and when it is written. */
export interface LoadBalancer {
  readonly sourceIpv4: Address;
  readonly sourceIpv6: Address;
  readonly syncIntervalNs: number;
  readonly stickyBucketsPerCore: number;
  readonly flowTimeoutNs: number;
  readonly startupMinDelayNs: number;
  readonly startupMaxDelayNs: number;
}

/** The configuration that a file without findings describes; null where something needed is missing. */
export function toConfig(file: File): Config | null {
  const { ipv4SrcAddress: sourceIpv4, ipv6SrcAddress: sourceIpv6, ...settings } = file.vpp.lb;
  if (sourceIpv4 === null || sourceIpv6 === null) return null;
  const { syncInterval, flowTimeout, startupMinDelay, startupMaxDelay, stickyBucketsPerCore } =
    settings;
  return {
    healthchecker: file.healthchecker,
    healthchecks: mapValues(file.healthchecks, toHealthCheck),
    backends: mapValues(file.backends, (backend, name) => ({ name, ...backend })),
    frontends: mapValues(file.frontends, toFrontend),
    loadBalancer: {
      sourceIpv4,
      sourceIpv6,
      syncIntervalNs: syncInterval,
      stickyBucketsPerCore,
      flowTimeoutNs: flowTimeout,
      startupMinDelayNs: startupMinDelay,
      startupMaxDelayNs: startupMaxDelay,
    },
  };
}

/** Whether a health check of the file speaks TLS. */
export function usesTls(check: FileHealthCheck): boolean {
  return check.type === "https" || (check.type === "tcp" && check.params.ssl === true);
}

function toHealthCheck(check: FileHealthCheck, name: string): HealthCheck {
  return {
    name,
    probe: toProbe(check),
    intervalNs: check.interval,
    fastIntervalNs: check.fastInterval ?? check.interval,
    downIntervalNs: check.downInterval ?? check.interval,
    timeoutNs: check.timeout,
    rise: check.rise,
    fall: check.fall,
  };
}

function toProbe(check: FileHealthCheck): Probe {
  const { type, params } = check;
  const sources = { sourceIpv4: check.probeIpv4Src, sourceIpv6: check.probeIpv6Src };
  const port = check.port ?? 0; // Only of icmp, which has none.
  const tls = {
    serverName: params.serverName ?? nameOf(params.host),
    insecureSkipVerify: params.insecureSkipVerify ?? false,
  };
  const http = {
    path: params.path ?? "/",
    host: params.host,
    responseCode: params.responseCode ?? { min: 200, max: 200 },
    responseRegexp: params.responseRegexp,
  };
  switch (type) {
    case "icmp":
      return { type, ...sources };
    case "tcp":
      return { type, ...sources, port, tls: usesTls(check) ? tls : null };
    case "http":
      return { type, ...sources, port, http };
    case "https":
      return { type, ...sources, port, http, tls };
  }
}

/** The name in a Host header, without its port; null where it is an address. */
function nameOf(host: string | null): string | null {
  const name = host?.replace(/:\d+$/, "") ?? "";
  return name === "" || /[[\]:]/.test(name) || "value" in parseAddress(name) ? null : name;
}

function toFrontend(frontend: FileFrontend, name: string): Frontend {
  const { protocol, port, description, pools, ...rest } = frontend;
  return {
    ...rest,
    name,
    description: description ?? "",
    service: protocol === null || port === null ? null : { protocol, port },
    pools: pools.map((pool) => ({
      name: pool.name,
      backends: [...pool.backends].map(([name, { weight }]) => ({ name, weight })),
    })),
  };
}

function mapValues<A, B>(
  map: ReadonlyMap<string, A>,
  change: (value: A, name: string) => B,
): ReadonlyMap<string, B> {
  return new Map([...map].map(([name, value]) => [name, change(value, name)]));
}
