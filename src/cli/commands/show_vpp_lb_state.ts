/**
 * `maglev show vpp lb state`
 *
 * @module
 */
import { methods, type VPPLBAS, type VPPLBConf, type VPPLBVIP } from "../../rpc/maglev_pb.ts";
import { asking } from "../asking.ts";
import { timestamp } from "../output/timestamp.ts";
import { type NamedVip, namedVip } from "../output/vip_name.ts";
import { vppLbStateLines } from "../output/vpp_lb_state_text.ts";
import type { Server } from "../server.ts";

/** The load balancer as VPP has it. */
export interface VppLbStateData {
  /** Null where VPP cannot tell. */
  readonly settings: {
    readonly ip4SrcAddress: string;
    readonly ip6SrcAddress: string;
    readonly stickyBucketsPerCore: number;
    readonly flowTimeoutSeconds: number;
  } | null;
  readonly vips: readonly VipData[];
}

/** A VIP with its ASes. */
export interface VipData extends NamedVip {
  readonly encap: string;
  readonly flowTableLength: number;
  readonly srcIpSticky: boolean;
  readonly applicationServers: readonly AsData[];
}

/** An AS; one that was deleted is there until VPP forgets it. */
export interface AsData {
  readonly address: string;
  readonly weight: number;
  readonly flowTableBuckets: number;
  /** Null where VPP was not asked for them. */
  readonly flows: number | null;
  readonly deleted: boolean;
  readonly inUseSince: string | null;
}

/** Shows the settings, the VIPs and their ASes. */
export const runShowVppLbState = asking({ ask, show: vppLbStateLines });

async function ask(server: Server): Promise<VppLbStateData> {
  const { conf, vips } = await server.call(methods.GetVPPLBState, {}, server);
  return { settings: conf === undefined ? null : settingsOf(conf), vips: vips.map(vipOf) };
}

function settingsOf({ flowTimeout: flowTimeoutSeconds, ...others }: VPPLBConf) {
  return { ...others, flowTimeoutSeconds };
}

function vipOf(vip: VPPLBVIP): VipData {
  const { encap, flowTableLength, srcIpSticky, applicationServers } = vip;
  return {
    ...{ ...namedVip(vip), encap, flowTableLength, srcIpSticky },
    applicationServers: applicationServers.map(asOf),
  };
}

function asOf({ address, weight, flags, numBuckets, inUseSinceNs, flows }: VPPLBAS): AsData {
  return {
    ...{ address, weight, flowTableBuckets: numBuckets },
    flows: flows === undefined ? null : Number(flows),
    deleted: flags === 0,
    inUseSince: timestamp(inUseSinceNs),
  };
}
