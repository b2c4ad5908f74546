/**
 * VPP and its load balancer as the API shows them.
 *
 * @module
 */

import type { Address } from "../config/mod.ts";
import type * as pb from "./maglev_pb.ts";
import { nanoseconds } from "./nanoseconds.ts";

/** What tells one VIP from all others. */
export interface ShownVipKey {
  readonly prefix: { readonly address: Address; readonly length: number };
  readonly protocol: "tcp" | "udp" | "any" | number;
  readonly port: number;
}

/** An AS of VPP's. */
export interface ShownAs {
  readonly address: Address;
  readonly weight: number;
  readonly buckets: number;
  /** VPP's time under this name, in seconds since it started; 0 or left out where it tells none. */
  readonly inUseSinceSeconds?: number;
  readonly text: { readonly flows: number } | null;
}

/** A VIP of VPP's. */
export interface ShownVip extends ShownVipKey {
  readonly encap: string;
  readonly tableLength: number;
  readonly ases: readonly ShownAs[];
  readonly lingering: readonly ShownAs[];
  readonly text: { readonly srcIpSticky: boolean } | null;
}

/** The settings of VPP's load balancer. */
export interface ShownSettings {
  readonly sourceIpv4: Address;
  readonly sourceIpv6: Address;
  readonly stickyBucketsPerCore: number;
  readonly flowTimeoutSeconds: number;
}

/** The load balancer as VPP has it. Settings are null where it cannot tell. */
export interface ShownLb {
  readonly settings: ShownSettings | null;
  readonly vips: readonly ShownVip[];
  /** When VPP started, in milliseconds since the epoch. */
  readonly bootTimeMs: number;
}

/** Shows the load balancer. */
export function vppLbState({ settings, vips, bootTimeMs }: ShownLb): pb.VPPLBState {
  return {
    ...(settings === null ? {} : { conf: vppLbConf(settings) }),
    vips: vips.map((vip) => ({
      ...vipKey(vip),
      encap: vip.encap,
      flowTableLength: vip.tableLength,
      applicationServers: [
        ...vip.ases.map((as) => vppLbAs(as, inUse, bootTimeMs)),
        ...vip.lingering.map((as) => vppLbAs(as, deleted, bootTimeMs)),
      ],
      srcIpSticky: vip.text?.srcIpSticky ?? false,
    })),
  };
}

const inUse = 1;
const deleted = 0;

function vppLbAs(as: ShownAs, flags: number, bootTimeMs: number): pb.VPPLBAS {
  const { address, weight, buckets, inUseSinceSeconds = 0, text } = as;
  const since = inUseSinceSeconds === 0 ? 0 : bootTimeMs + inUseSinceSeconds * 1000;
  return {
    ...{ address: address.text, weight, flags, numBuckets: buckets },
    inUseSinceNs: nanoseconds(since),
    ...(text === null ? {} : { flows: BigInt(text.flows) }),
  };
}

function vppLbConf(settings: ShownSettings): pb.VPPLBConf {
  const { sourceIpv4, sourceIpv6, stickyBucketsPerCore, flowTimeoutSeconds } = settings;
  return {
    ip4SrcAddress: sourceIpv4.text,
    ip6SrcAddress: sourceIpv6.text,
    stickyBucketsPerCore,
    flowTimeout: Math.round(flowTimeoutSeconds),
  };
}

const protocolNumbers = { tcp: 6, udp: 17, any: 255 };

/** How VIPs are named in the API. */
export function vipKey(
  { prefix: { address, length }, protocol, port }: ShownVipKey,
): { readonly prefix: string; readonly protocol: number; readonly port: number } {
  const number = typeof protocol === "number" ? protocol : protocolNumbers[protocol];
  return { prefix: `${address.text}/${length}`, protocol: number, port };
}

/** How many packets, and their bytes. */
export interface ShownTraffic {
  readonly packets: number;
  readonly bytes: number;
}

/** The counters of VPP's load balancer at one moment. */
export interface ShownCounters {
  /** Milliseconds since the epoch. */
  readonly timeMs: number;
  readonly vips: ReadonlyMap<string, ShownVipCounters>;
  /** By address. */
  readonly ases: ReadonlyMap<string, ShownTraffic>;
  readonly unmatched: number;
}

/** The counters of a VIP. */
export interface ShownVipCounters extends ShownVipKey {
  readonly next: number;
  readonly first: number;
  readonly untracked: number;
  readonly noServer: number;
  readonly route: ShownTraffic | null;
}

/** Shows the counters. */
export function vppLbCounters(counters: ShownCounters): pb.VPPLBCounters {
  return {
    vips: Array.from(counters.vips.values(), (vip) => ({
      ...vipKey(vip),
      next: BigInt(vip.next),
      first: BigInt(vip.first),
      untracked: BigInt(vip.untracked),
      noServer: BigInt(vip.noServer),
      ...traffic(vip.route ?? { packets: 0, bytes: 0 }),
    })),
    applicationServers: Array.from(
      counters.ases,
      ([address, sent]) => ({ address, ...traffic(sent) }),
    ),
    unmatched: BigInt(counters.unmatched),
    atUnixNs: nanoseconds(counters.timeMs),
  };
}

function traffic({ packets, bytes }: ShownTraffic): { packets: bigint; bytes: bigint } {
  return { packets: BigInt(packets), bytes: BigInt(bytes) };
}

/** What is known of a VPP. */
export interface ShownVpp {
  readonly info: {
    readonly version: string;
    readonly buildDate: string;
    readonly buildDirectory: string;
    readonly pid: number;
    readonly bootTimeMs: number;
    readonly connectedAtMs: number;
    readonly profile: string | null;
  };
  readonly missing: readonly string[];
}

/** How a VPP is driven. */
export interface ShownDriver {
  readonly warmUp: { readonly phase: string; readonly leftMs: number };
  /** Since when VPP has not responded, in milliseconds since the epoch; null while it does. */
  readonly silentSince: number | null;
}

/** Shows a VPP, and how it is driven. */
export function vppInfo(
  { info, missing }: ShownVpp,
  { warmUp, silentSince }: ShownDriver,
): pb.VPPInfo {
  const { version, buildDate, buildDirectory, pid } = info;
  return {
    ...{ version, buildDate, buildDirectory, pid },
    boottimeNs: nanoseconds(info.bootTimeMs),
    connecttimeNs: nanoseconds(info.connectedAtMs),
    profile: info.profile ?? "",
    warmupPhase: warmUp.phase,
    warmupLeftNs: nanoseconds(warmUp.leftMs),
    missing,
    ...(silentSince === null ? {} : { notRespondingSinceNs: nanoseconds(silentSince) }),
  };
}
