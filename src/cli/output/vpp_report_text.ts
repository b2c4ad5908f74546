/**
 * A VPP's report, for people.
 *
 * @module
 */

import type { SettingsReport, VipReport, VppReport } from "../vpp_report.ts";
import { formatTable } from "./table.ts";

/** The lines that tell of a VPP. */
export function vppReportLines(report: VppReport): string[] {
  const { version, buildDate, buildDirectory, pid, bootTime, messages, profile } = report;
  const built = [buildDate, buildDirectory].filter((text) => text !== "").join(", ");
  const lines = [
    `VPP ${version} (${built})`,
    `pid ${pid}, ${bootTime === null ? "" : `up since ${bootTime}, `}${messages} messages`,
  ];
  if (profile === null) {
    return [...lines, "no profile: its load balancer cannot be driven", ...report.missing];
  }
  lines.push(`profile ${profile}${profile === "classic" ? ": no weights before 26.10" : ""}`);
  if (report.settings !== null) lines.push(settingsLine(report.settings));
  if (report.vips.length === 0) lines.push("no VIPs");
  for (const vip of report.vips) lines.push("", ...vipLines(vip));
  const unmatched = report.unmatchedPackets ?? 0;
  if (unmatched > 0) {
    lines.push("", `${unmatched} packets to a VIP's address, for none of its ports`);
  }
  return lines;
}

function settingsLine(settings: SettingsReport): string {
  const { ip4SrcAddress, ip6SrcAddress, stickyBucketsPerCore, flowTimeoutSeconds } = settings;
  // VPP has all ones where nobody has set an address.
  const isUnset = ip4SrcAddress === "255.255.255.255" && /^ffff(:ffff){7}$/.test(ip6SrcAddress);
  const sources = isUnset ? "sources not set" : `sources ${ip4SrcAddress} and ${ip6SrcAddress}`;
  return `${sources}, ${stickyBucketsPerCore} sticky buckets per core, ` +
    `flow timeout ${flowTimeoutSeconds}s`;
}

function vipLines(vip: VipReport): string[] {
  const { prefix, protocol, port, counters } = vip;
  const address = prefix.replace(prefix.includes(":") ? /\/128$/ : /\/32$/, "");
  const service = port === 0 ? "every port" : `${protocol} ${port}`;
  const sticky = vip.srcIpSticky === true ? ", src-ip-sticky" : "";
  const lines = [
    `${address} ${service}: ${vip.encap}, ${vip.flowTableLength} buckets${sticky}`,
  ];
  if (counters !== null) {
    const { first, next, untracked, noServer, packets, bytes } = counters;
    lines.push(
      `  packets: ${first} first, ${next} next, ${untracked} untracked, ${noServer} no server`,
    );
    if (packets !== null) lines.push(`  to the address: ${packets} packets, ${bytes} bytes`);
  }
  if (vip.applicationServers.length === 0) return [...lines, "  no application servers"];
  const shown = (value: number | null) => value === null ? "-" : String(value);
  const rows = vip.applicationServers.map((as) => [
    as.address,
    shown(as.weight),
    shown(as.flowTableBuckets),
    `${(100 * as.flowTableBuckets / vip.flowTableLength).toFixed(1)} %`,
    shown(as.flows),
    shown(as.packets),
    shown(as.bytes),
    as.lingering ? "deleted, lingers" : "",
  ]);
  const head = ["address", "weight", "buckets", "share", "flows", "packets", "bytes", ""];
  const right = "right" as const;
  const sides = ["left", right, right, right, right, right, right, "left"] as const;
  return [...lines, ...formatTable([head, ...rows], sides).map((line) => `  ${line}`)];
}
