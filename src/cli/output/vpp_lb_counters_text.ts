/**
 * The counters of VPP's load balancer, for people.
 *
 * @module
 */
import { describeAge } from "../../health/age.ts";
import type { Reader } from "../asking.ts";
import type {
  AsCountersData,
  VipCountersData,
  VppLbCountersData,
} from "../commands/show_vpp_lb_counters.ts";
import type { Style } from "./style.ts";
import { formatTable, type Side } from "./table.ts";
import { shownPort, shownPrefix } from "./vip_name.ts";

/** A table of the VIPs, and one of the ASes. */
export function vppLbCountersLines(
  { at, vips, applicationServers, unmatchedPackets }: VppLbCountersData,
  { style, now }: Reader,
): readonly string[] {
  const lines = vips.length === 0 ? ["no VIPs"] : vipTable(vips, style);
  if (applicationServers.length > 0) lines.push("", ...asTable(applicationServers, style));
  if (unmatchedPackets > 0n) {
    lines.push("", `${unmatchedPackets} packets to a VIP's address, for none of its ports`);
  }
  if (at !== null) {
    lines.push("", style.dim(`read at ${at}, ${describeAge(now - Date.parse(at))} ago`));
  }
  return lines;
}

function vipTable(vips: readonly VipCountersData[], style: Style): string[] {
  const numbers = ["first", "next", "untracked", "no-server", "fib-packets", "fib-bytes"];
  const head = ["vip", "protocol", "port", ...numbers].map(style.bold);
  const rows = vips.map((vip) => [
    ...[shownPrefix(vip.prefix), vip.protocol, shownPort(vip.port)],
    ...[vip.first, vip.next, vip.untracked].map(String),
    vip.noServer === 0n ? "0" : style.bad(String(vip.noServer)),
    ...[vip.fibPackets, vip.fibBytes].map(String),
  ]);
  const right: readonly Side[] = ["port", ...numbers].map(() => "right");
  return formatTable([head, ...rows], ["left", "left", ...right]);
}

function asTable(ases: readonly AsCountersData[], style: Style): string[] {
  const head = ["backend", "packets", "bytes"].map(style.bold);
  const rows = ases.map(({ address, packets, bytes }) => [address, `${packets}`, `${bytes}`]);
  return formatTable([head, ...rows], ["left", "right", "right"]);
}
