/**
 * `maglev show vpp lb counters`
 *
 * @module
 */
import { methods, type VPPLBVIPCounters } from "../../rpc/maglev_pb.ts";
import { asking } from "../asking.ts";
import { timestamp } from "../output/timestamp.ts";
import { type NamedVip, namedVip } from "../output/vip_name.ts";
import { vppLbCountersLines } from "../output/vpp_lb_counters_text.ts";
import type { Server } from "../server.ts";

/** The counters of VPP's load balancer at one moment. */
export interface VppLbCountersData {
  readonly at: string | null;
  readonly vips: readonly VipCountersData[];
  readonly applicationServers: readonly AsCountersData[];
  /** Packets to the address of a VIP, for none of its ports. */
  readonly unmatchedPackets: bigint;
}

/** The counters of a VIP: packets, unless it says bytes. */
export interface VipCountersData extends NamedVip {
  readonly first: bigint;
  readonly next: bigint;
  readonly untracked: bigint;
  readonly noServer: bigint;
  /** To its address, all its ports together. */
  readonly fibPackets: bigint;
  readonly fibBytes: bigint;
}

/** What was sent to a backend's address, for all VIPs together. */
export interface AsCountersData {
  readonly address: string;
  readonly packets: bigint;
  readonly bytes: bigint;
}

/** Shows the counters of each VIP and each AS. */
export const runShowVppLbCounters = asking({ ask, show: vppLbCountersLines });

async function ask(server: Server): Promise<VppLbCountersData> {
  const counters = await server.call(methods.GetVPPLBCounters, {}, server);
  const { atUnixNs, vips, applicationServers, unmatched } = counters;
  return {
    at: timestamp(atUnixNs),
    vips: vips.map(vipOf),
    applicationServers,
    unmatchedPackets: unmatched,
  };
}

function vipOf(vip: VPPLBVIPCounters): VipCountersData {
  const { first, next, untracked, noServer, packets: fibPackets, bytes: fibBytes } = vip;
  return { ...namedVip(vip), first, next, untracked, noServer, fibPackets, fibBytes };
}
