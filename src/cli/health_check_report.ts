/**
 * Health checks, as commands tell of them.
 *
 * @module
 */
import type * as pb from "../rpc/maglev_pb.ts";
import { secondsOf } from "./output/timestamp.ts";

/** A health check among others. */
export interface HealthCheckSummary {
  readonly name: string;
  readonly type: string;
  /** Null of icmp. */
  readonly port: number | null;
  readonly intervalSeconds: number;
  readonly fastIntervalSeconds: number;
  readonly downIntervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly rise: number;
  readonly fall: number;
}

/** Everything about a health check. */
export interface HealthCheckReport extends HealthCheckSummary {
  /** Null where the system chooses. */
  readonly probeIpv4Src: string | null;
  readonly probeIpv6Src: string | null;
  /** Of http and https alone. */
  readonly http: {
    readonly path: string;
    /** Null for the backend's address. */
    readonly host: string | null;
    readonly responseCodeMin: number;
    readonly responseCodeMax: number;
    /** Null for any body. */
    readonly responseRegexp: string | null;
  } | null;
  /** Null where no TLS is spoken. */
  readonly tls: {
    readonly serverName: string | null;
    readonly insecureSkipVerify: boolean;
  } | null;
}

/** Tells of a health check in short. */
export function healthCheckSummary(info: pb.HealthCheckInfo): HealthCheckSummary {
  const { name, type, port, rise, fall } = info;
  return {
    ...{ name, type },
    port: port || null,
    intervalSeconds: secondsOf(info.intervalNs),
    fastIntervalSeconds: secondsOf(info.fastIntervalNs),
    downIntervalSeconds: secondsOf(info.downIntervalNs),
    timeoutSeconds: secondsOf(info.timeoutNs),
    ...{ rise, fall },
  };
}

/** Tells everything about a health check. */
export function healthCheckReport(info: pb.HealthCheckInfo): HealthCheckReport {
  return {
    ...healthCheckSummary(info),
    probeIpv4Src: info.probeIpv4Src || null,
    probeIpv6Src: info.probeIpv6Src || null,
    http: info.http === undefined ? null : httpReport(info.http),
    tls: tlsReport(info),
  };
}

function httpReport(params: pb.HTTPCheckParams): HealthCheckReport["http"] {
  const { path, host, responseCodeMin, responseCodeMax, responseRegexp } = params;
  return {
    path,
    host: host || null,
    ...{ responseCodeMin, responseCodeMax },
    responseRegexp: responseRegexp || null,
  };
}

function tlsReport({ type, http, tcp }: pb.HealthCheckInfo): HealthCheckReport["tls"] {
  const params = type === "https" ? http : tcp?.ssl ? tcp : undefined;
  if (params === undefined) return null;
  const { serverName, insecureSkipVerify } = params;
  return { serverName: serverName || null, insecureSkipVerify };
}
