/**
 * VIPs and ASes as a client sees them, whichever release of VPP holds them.
 *
 * @module
 */

import type { Address } from "../../config/address.ts";
import type { Prefix } from "../wire/mod.ts";

/** What tells one VIP from all others. */
export interface VipKey {
  readonly prefix: Prefix;
  /** `any` goes together with port 0. Other protocols are numbers, which only others make. */
  readonly protocol: "tcp" | "udp" | "any" | number;
  /** 0 for every port. */
  readonly port: number;
}

/** A VIP to add. */
export interface NewVip extends VipKey {
  /** GRE, with an outer header of the address family of its ASes. */
  readonly encap: "gre4" | "gre6";
  readonly srcIpSticky: boolean;
  /** The buckets of its new-flow table: a power of two. */
  readonly tableLength: number;
}

/** A VIP that VPP has. */
export interface Vip extends VipKey {
  /** `l3dsr`, `nat4` and `nat6`, too, where others made the VIP. */
  readonly encap: string;
  readonly tableLength: number;
  /** Its ASes. */
  readonly ases: readonly As[];
  /** ASes that were deleted and that VPP has not forgotten yet. They get no new flows. */
  readonly lingering: readonly As[];
  /** What only the text of VPP's command line tells; null where that was not asked for. */
  readonly text: VipText | null;
}

/** What only the text tells of a VIP. */
export interface VipText {
  readonly srcIpSticky: boolean;
  /** The index of the VIP's counters in the stats segment. */
  readonly poolIndex: number;
  readonly counters: TextCounters;
}

/** How many packets to a VIP met with what, up to 2^53 exactly. */
export interface TextCounters {
  /** A flow that was known: `packet from existing sessions`. */
  readonly existing: number;
  /** A flow that was new, and is known from then on: `first session packet`. */
  readonly first: number;
  /** A flow that there was no room to remember: `untracked packet`. */
  readonly untracked: number;
  /** No AS, so that they were dropped: `no server configured`. */
  readonly noServer: number;
}

/** An application server of a VIP. */
export interface As {
  readonly address: Address;
  /** 100 for all where VPP knows no weights. */
  readonly weight: number;
  /** The buckets of the new-flow table that lead to it. */
  readonly buckets: number;
  /** What VPP calls `in_use_since`, in seconds since it started; left out where it is 0 or not told. */
  readonly inUseSinceSeconds?: number;
  /** What only the text of VPP's command line tells; null where that was not asked for. */
  readonly text: AsText | null;
}

/** What only the text tells of an AS. */
export interface AsText {
  /** Live entries of the flow table that lead to it. */
  readonly flows: number;
  /** The index of the packets and bytes sent to it, in `/net/route/via`. */
  readonly statsIndex: number;
}

/** `198.51.100.1/32 tcp 80`: the same text for the same VIP. */
export function vipKeyText({ prefix, protocol, port }: VipKey): string {
  return `${prefix.address.text}/${prefix.length} ${protocol} ${port}`;
}
