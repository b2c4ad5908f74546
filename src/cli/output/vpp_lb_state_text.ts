/**
 * VPP's load balancer, for people.
 *
 * @module
 */
import type { Reader } from "../asking.ts";
import type { AsData, VipData, VppLbStateData } from "../commands/show_vpp_lb_state.ts";
import { sourceText } from "./source_text.ts";
import type { Style } from "./style.ts";
import { formatTable } from "./table.ts";
import { vipName } from "./vip_name.ts";

/** The lines that tell of the settings, the VIPs and their ASes. */
export function vppLbStateLines(
  { settings, vips }: VppLbStateData,
  { style }: Reader,
): readonly string[] {
  return [
    ...settingsLines(settings),
    ...(vips.length === 0 ? ["", "no VIPs"] : vips.flatMap((vip) => ["", ...vipLines(vip, style)])),
  ];
}

function settingsLines(settings: VppLbStateData["settings"]): readonly string[] {
  if (settings === null) return ["settings: this VPP does not tell them"];
  return formatTable([
    ["ip4-src-address", sourceText(settings.ip4SrcAddress)],
    ["ip6-src-address", sourceText(settings.ip6SrcAddress)],
    ["sticky-buckets-per-core", String(settings.stickyBucketsPerCore)],
    ["flow-timeout", `${settings.flowTimeoutSeconds}s`],
  ], ["left", "left"]);
}

function vipLines(vip: VipData, style: Style): readonly string[] {
  const { encap, flowTableLength, srcIpSticky, applicationServers } = vip;
  const title = [style.bold(`vip ${vipName(vip)}`), encap, `${flowTableLength} buckets`];
  if (srcIpSticky) title.push("src-ip-sticky");
  const sides = ["left", "left", "left", "left", "left"] as const;
  const lines = applicationServers.length === 0
    ? ["no application servers"]
    : formatTable(applicationServers.map((as) => asCells(as, style)), sides);
  return [title.join("  "), ...lines.map((line) => `  ${line}`)];
}

function asCells({ address, weight, flowTableBuckets, flows, deleted }: AsData, style: Style) {
  return [
    `address ${address}`,
    `weight ${weight}`,
    `flow-table-buckets ${flowTableBuckets}`,
    `flows ${flows ?? "-"}`,
    deleted ? style.dim("deleted, lingers") : "",
  ];
}
