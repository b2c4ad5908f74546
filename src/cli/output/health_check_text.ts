/**
 * Health checks, for people.
 *
 * @module
 */
import type { Reader } from "../asking.ts";
import type { HealthCheckReport, HealthCheckSummary } from "../health_check_report.ts";
import { fields, section } from "./section.ts";
import { formatTable } from "./table.ts";
import { durationWord, yesOrNo } from "./words.ts";

/** A line each. */
export function healthCheckTable(
  all: readonly HealthCheckSummary[],
  { style }: Reader,
): string[] {
  if (all.length === 0) return ["no health checks"];
  const head = ["name", "type", "port", "interval", "fast", "down", "timeout", "rise", "fall"];
  const rows = all.map((each) => [
    each.name,
    each.type,
    String(each.port ?? "-"),
    durationWord(each.intervalSeconds),
    durationWord(each.fastIntervalSeconds),
    durationWord(each.downIntervalSeconds),
    durationWord(each.timeoutSeconds),
    String(each.rise),
    String(each.fall),
  ]);
  const right = "right" as const;
  const sides = ["left", "left", right, right, right, right, right, right, right] as const;
  return formatTable([head.map(style.dim), ...rows], sides);
}

/** All about one, each field under the name that it has in the file. */
export function healthCheckLines(report: HealthCheckReport, { style }: Reader): string[] {
  const { http, tls } = report;
  return section(
    style.bold(`health check ${report.name}`),
    fields([
      ["type", report.type],
      ["port", String(report.port ?? "-")],
      ["interval", durationWord(report.intervalSeconds)],
      ["fast-interval", durationWord(report.fastIntervalSeconds)],
      ["down-interval", durationWord(report.downIntervalSeconds)],
      ["timeout", durationWord(report.timeoutSeconds)],
      ["rise", String(report.rise)],
      ["fall", String(report.fall)],
      ["probe-ipv4-src", report.probeIpv4Src ?? "-"],
      ["probe-ipv6-src", report.probeIpv6Src ?? "-"],
      ...http === null ? [] : httpFields(http),
      ...report.type === "icmp" ? [] : [["tls", yesOrNo(tls !== null)] as const],
      ...tls === null ? [] : tlsFields(tls),
    ]),
  );
}

type Field = readonly [name: string, value: string];

function httpFields(http: NonNullable<HealthCheckReport["http"]>): readonly Field[] {
  const { path, host, responseCodeMin: min, responseCodeMax: max, responseRegexp } = http;
  return [
    ["path", path],
    ["host", host ?? "-"],
    ["response-code", min === max ? String(min) : `${min}-${max}`],
    ["response-regexp", responseRegexp ?? "-"],
  ];
}

function tlsFields(
  { serverName, insecureSkipVerify }: NonNullable<HealthCheckReport["tls"]>,
): readonly Field[] {
  return [
    ["server-name", serverName ?? "-"],
    ["insecure-skip-verify", yesOrNo(insecureSkipVerify)],
  ];
}
