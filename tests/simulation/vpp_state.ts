/**
 * What a simulated VPP has, read past all that the daemon knows.
 *
 * @module
 */

import type { Profile } from "../../src/vpp/lb/mod.ts";
import { vipKeyText } from "../../src/vpp/lb/mod.ts";
import { shownVips } from "../../src/vpp/lb/lb_client.ts";
import type { SimulatedVpp } from "../../src/vpp/sim/simulated_vpp.ts";
import { cliInband, lbConfGet } from "../../src/vpp/wire/mod.ts";

/** The state of VPP's lb plugin. */
export interface VppState {
  /** By `198.51.100.1/32 tcp 80`. */
  readonly vips: ReadonlyMap<string, VipState>;
  /** `classic` tells nothing but the addresses. */
  readonly settings: string;
}

/** A VIP that is there. */
export interface VipState {
  readonly encap: string;
  readonly isSticky: boolean;
  readonly tableLength: number;
  /** By address: those in use. Without weights, all weigh 100. */
  readonly ases: ReadonlyMap<string, { readonly weight: number; readonly buckets: number }>;
}

/** What was read last: mostly it is still so. */
const lastRead = new WeakMap<
  SimulatedVpp,
  { readonly text: string; readonly vips: VppState["vips"] }
>();

/** Reads it. */
export function readState(vpp: SimulatedVpp, profile: Profile): VppState {
  const { reply: text } = vpp.call(cliInband, { cmd: "show lb vips verbose" });
  const last = lastRead.get(vpp);
  const vips = last?.text === text ? last.vips : parseVips(text);
  lastRead.set(vpp, { text, vips });
  return { vips, settings: readSettings(vpp, profile) };
}

function parseVips(text: string): VppState["vips"] {
  const there = shownVips(text).filter(({ isRemoved }) => !isRemoved);
  const vips = there.map((vip): [string, VipState] => {
    const used = vip.ases.filter(({ isRemoved }) => !isRemoved);
    const { encap, srcIpSticky: isSticky, tableLength } = vip;
    const ases = new Map(
      used.map((
        { address, weight, buckets },
      ) => [address.text, { weight: weight ?? 100, buckets }]),
    );
    return [vipKeyText(vip), { encap, isSticky, tableLength, ases }];
  });
  return new Map(vips);
}

function readSettings(vpp: SimulatedVpp, profile: Profile): string {
  if (profile === "classic") {
    const { reply } = vpp.call(cliInband, { cmd: "show lb" });
    const [, ipv4, ipv6] = /ip4-src-address: (\S+)\s+ip6-src-address: (\S+)/.exec(reply) ?? [];
    return `${ipv4} ${ipv6}`;
  }
  const conf = vpp.call(lbConfGet, {});
  const { ip4SrcAddress, ip6SrcAddress, stickyBucketsPerCore, flowTimeout } = conf;
  return `${ip4SrcAddress.text} ${ip6SrcAddress.text} ${stickyBucketsPerCore} ${flowTimeout}`;
}

/** One text for one state. */
export function textOfState({ vips, settings }: VppState): string {
  return JSON.stringify([settings, [...vips].map(([key, vip]) => [key, textOfVip(vip)]).sort()]);
}

function textOfVip({ encap, isSticky, tableLength, ases }: VipState): string {
  const texts = [...ases].map(([address, { weight }]) => `${address} ${weight}`).sort();
  return `${encap} ${isSticky} ${tableLength}: ${texts.join(", ")}`;
}

/** Whether new flows to a VIP go anywhere. */
export function serves(vip: VipState | undefined): boolean {
  return vip !== undefined && [...vip.ases.values()].some(({ weight }) => weight > 0);
}
