/**
 * Health checks as the API shows them.
 *
 * @module
 */

import type { HealthCheck, Probe } from "../config/mod.ts";
import type * as pb from "./maglev_pb.ts";

/** Shows a health check. */
export function healthCheckInfo(check: HealthCheck): pb.HealthCheckInfo {
  const { name, probe, rise, fall } = check;
  return {
    name,
    type: probe.type,
    port: probe.type === "icmp" ? 0 : probe.port,
    probeIpv4Src: probe.sourceIpv4?.text ?? "",
    probeIpv6Src: probe.sourceIpv6?.text ?? "",
    intervalNs: BigInt(check.intervalNs),
    fastIntervalNs: BigInt(check.fastIntervalNs),
    downIntervalNs: BigInt(check.downIntervalNs),
    timeoutNs: BigInt(check.timeoutNs),
    ...{ rise, fall },
    ...params(probe),
  };
}

function params(probe: Probe): Pick<pb.HealthCheckInfo, "http" | "tcp"> {
  if (probe.type === "icmp") return {};
  const tls = "tls" in probe ? probe.tls : null;
  const judgement = {
    serverName: tls?.serverName ?? "",
    insecureSkipVerify: tls?.insecureSkipVerify ?? false,
  };
  if (probe.type === "tcp") return { tcp: { ssl: tls !== null, ...judgement } };
  const { path, host, responseCode, responseRegexp } = probe.http;
  return {
    http: {
      path,
      host: host ?? "",
      responseCodeMin: responseCode.min,
      responseCodeMax: responseCode.max,
      responseRegexp: responseRegexp ?? "",
      ...judgement,
    },
  };
}
