/**
 * What VPP's command line prints about its lb plugin, byte for byte.
 *
 * @module
 */

import type { FlowTable } from "./flow_table.ts";
import { formatIp46, formatIp46Prefix, formatIp6, toIp46 } from "./ip46.ts";
import type { As, LbPlugin, Vip } from "./lb_plugin.ts";
import { countBuckets } from "./new_flow_table.ts";
import { type VipCounterName, vipCounterNames, type VppStats } from "./vpp_stats.ts";

/** Where the counters in the text come from. */
export type VipCounts = Pick<VppStats, "vipCount">;

/** The number of the one worker that the simulated VPP has. */
const worker = 1;

/** `show lb` */
export function lbText(lb: LbPlugin): string {
  const { ip4SrcAddress, ip6SrcAddress } = lb.settings;
  const { table } = lb.flows;
  const lines = [
    `lb_main ip4-src-address: ${ip4SrcAddress.text} `,
    ` ip6-src-address: ${formatIp6(toIp46(ip6SrcAddress))} `,
    ` #vips: ${lb.vips.size}`,
    ` #ass: ${lb.ases.size - 1}`,
    ...(table === undefined ? [] : tableLines(table, lb.seconds())),
  ];
  return lines.join("\n") + "\n";
}

/** Quirk: the text says three more than the buckets for what is four entries a bucket. */
function tableLines(table: FlowTable, now: number): string[] {
  const used = table.expiries.reduce((sum, expiry) => expiry > now ? sum + 1 : sum, 0);
  return [
    `core ${worker}`,
    `  timeout: ${table.timeout}s`,
    `  usage: ${used} / ${table.bucketCount + 3}`,
  ];
}

/** `show lb vips`, which prints nothing in releases up to 26.06 unless it is given a word more. */
export function vipsText(lb: LbPlugin): string {
  return shownVips(lb).map((vip) => `${vipText(vip)}\n`).join("");
}

/** `show lb vips verbose` */
export function verboseVipsText(lb: LbPlugin, counts: VipCounts): string {
  return shownVips(lb).map((vip) => `${verboseVipText(lb, vip, counts)}\n`).join("");
}

function shownVips(lb: LbPlugin): Vip[] {
  return [...lb.vips].filter(({ index }) => index !== 0);
}

function vipText(vip: Vip): string {
  const removed = vip.isUsed ? "" : " removed";
  const sizes = `new_size:${vip.owners.length} #as:${vip.ases.size}${removed}`;
  const port = vip.port === 0 ? "" : `  protocol:${vip.protocol} port:${vip.port} `;
  return `${vip.type} ${formatIp46Prefix(vip.prefix)} ${sizes}${port}${encapText(vip)}`;
}

function verboseVipText(lb: LbPlugin, vip: Vip, counts: VipCounts): string {
  const { index, isSticky, isUsed, port, protocol } = vip;
  const marks = `${isSticky ? " src_ip_sticky" : ""}${isUsed ? "" : " removed"}`;
  const encap = encapText(vip);
  const buckets = countBuckets(vip);
  const counterLine = (name: VipCounterName) => `    ${name}: ${counts.vipCount(index, name)}\n`;
  return [
    ` ${vip.type} [${index}] ${formatIp46Prefix(vip.prefix)}${marks}\n`,
    `  new_size:${vip.owners.length}\n`,
    port === 0 ? "" : `  protocol:${protocol} port:${port}\n`,
    // Quirk: the line of a NAT VIP has no end of its own.
    vip.type === "ip4-l3dsr" ? `${encap}\n` : encap && ` ${encap}`,
    "  counters:\n",
    ...vipCounterNames.map(counterLine),
    `  #as:${vip.ases.size}\n`,
    ...Array.from(vip.ases, (as) => asLine(lb, as, buckets.get(as.index) ?? 0)),
  ].join("");
}

/** Quirk: the text swaps the bytes of a NAT VIP's port. */
function encapText({ type, port, encapByte, targetPort }: Vip): string {
  if (type === "ip4-l3dsr") return `  dscp:${encapByte}`;
  if (type !== "ip4-nat4" && type !== "ip6-nat6") return "";
  const service = encapByte === 0 ? "clusterip" : "nodeport";
  const swapped = (port & 0xff) << 8 | port >> 8;
  return ` type:${service} port:${swapped} target_port:${targetPort}`;
}

function asLine(lb: LbPlugin, as: As, buckets: number): string {
  const { address, route, weight, isUsed, index } = as;
  const flows = lb.flows.countOf(index);
  const numbers = lb.profile === "weighted"
    ? `weight:${weight} buckets:${buckets} flows:${flows} dpo:${route.index}`
    : `${buckets} buckets   ${flows} flows  dpo:${route.index}`;
  // One blank before "used", two before "removed".
  return `    ${formatIp46(address)} ${numbers} ${isUsed ? "used" : " removed"}\n`;
}
