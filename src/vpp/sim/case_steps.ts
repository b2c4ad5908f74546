/**
 * Steps of cases, in few words. A VIP is written `198.51.100.1/32 tcp 80`, or `198.51.100.1/32` for all
 * ports; an AS `10.0.0.1 50`, with its weight.
 *
 * @module
 */

import { ipRouteLookup } from "../wire/ip_messages.ts";
import {
  lbAddDelAsV2,
  lbAddDelVipV2,
  lbAsSetWeight,
  lbAsV2Dump,
  lbConf,
  lbVipDump,
} from "../wire/lb_messages.ts";
import type { FieldsOf } from "../wire/message.ts";
import { call, dump, type Step } from "./lb_case.ts";
import { addressOf, prefixOf, vipOf } from "./testing.ts";

type VipSettings = FieldsOf<typeof lbAddDelVipV2>;

const ordinary = {
  encap: "gre4",
  dscp: 0,
  type: "clusterip",
  targetPort: 0,
  nodePort: 0,
  newFlowsTableLength: 1024,
  srcIpSticky: false,
  isDel: false,
} as const;

/** Adds a VIP, of GRE4 and with 1024 buckets unless told other. */
export function addVip(vip: string, retval: number, settings: Partial<VipSettings> = {}): Step {
  return call(lbAddDelVipV2, { ...vipOf(vip), ...ordinary, ...settings }, { retval });
}

/** Deletes a VIP. */
export function deleteVip(vip: string, retval: number): Step {
  return addVip(vip, retval, { isDel: true });
}

/** Adds an AS with its weight. */
export function addAs(vip: string, as: string, retval = 0): Step {
  const [address = "", weight] = as.split(" ");
  const fields = {
    ...vipOf(vip),
    asAddress: addressOf(address),
    weight: Number(weight),
    isDel: false,
    isFlush: false,
  };
  return call(lbAddDelAsV2, fields, { retval });
}

/** Deletes an AS, without flushing its flows. */
export function deleteAs(vip: string, as: string, retval: number): Step {
  const fields = {
    ...vipOf(vip),
    asAddress: addressOf(as),
    weight: 0,
    isDel: true,
    isFlush: false,
  };
  return call(lbAddDelAsV2, fields, { retval });
}

/** Gives an AS another weight. */
export function setWeight(vip: string, as: string, retval: number): Step {
  const [address = "", weight] = as.split(" ");
  const fields = { asAddress: addressOf(address), weight: Number(weight), isFlush: false };
  return call(lbAsSetWeight, { ...vipOf(vip), ...fields }, { retval });
}

/** The ASes of a prefix. */
export function asesOf(prefix: string, ...lines: string[]): Step {
  return dump(lbAsV2Dump, vipOf("0.0.0.0/0"), prefix, lines);
}

/** The VIPs of a prefix, as `tcp 80 gre4 1024`. The filter fits none of them: VPP ignores it. */
export function vipsOf(prefix: string, ...lines: string[]): Step {
  const fields = { ...vipOf("192.0.2.99/32 udp 9"), pfxMatcher: { le: 0, ge: 0 } };
  return dump(lbVipDump, fields, prefix, lines.map((line) => `${prefix} ${line}`));
}

/** A VIP with these ASes, as {@link addAs} has them, and how many buckets they get. */
export function table(
  vip: string,
  length: number,
  ases: readonly string[],
  buckets: string,
): Step[] {
  const [prefix = ""] = vip.split(" ");
  const counts = buckets.split(" ");
  const lines = ases.map((as, index) => {
    const [address, weight] = as.split(" ");
    return `${vip} ${address} 1 never ${weight} ${counts[index % counts.length]}`;
  });
  return [
    addVip(vip, 0, { newFlowsTableLength: length }),
    ...ases.map((as) => addAs(vip, as)),
    asesOf(prefix, ...lines),
  ];
}

/** So many ASes, of the weights 100 and 50 in turn. */
export function alternating(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `10.1.0.${index + 1} ${index % 2 ? 50 : 100}`);
}

const keep = 0xffffffff;

/** Sets the settings; numbers that are not given stay. */
export function conf(settings: Partial<FieldsOf<typeof lbConf>>, retval: number): Step {
  const defaults = {
    ip4SrcAddress: addressOf("192.0.2.1"),
    ip6SrcAddress: addressOf("2001:db8::1"),
    stickyBucketsPerCore: keep,
    flowTimeout: keep,
  };
  return call(lbConf, { ...defaults, ...settings }, { retval });
}

/** Looks up the route of this very prefix. */
export function lookup(prefix: string, retval: number): Step {
  return call(ipRouteLookup, { tableId: 0, exact: true, prefix: prefixOf(prefix) }, { retval });
}

/** What `show lb vips verbose` says about the VIPs of a prefix, with `#` for indices. */
export function text(prefix: string, text: string): Step {
  return { kind: "text", prefix, text };
}

/** The counters in the text of a VIP that no packet came to. */
export const noPackets = `  counters:
    packet from existing sessions: 0
    first session packet: 0
    untracked packet: 0
    no server configured: 0
`;
