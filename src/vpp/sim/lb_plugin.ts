/**
 * The state of the simulated VPP's lb plugin: what VPP keeps of settings, VIPs and ASes.
 *
 * @module
 */

import type { Address } from "../../config/address.ts";
import type { Fib, Route } from "./fib.ts";
import { createFlows, type Flows } from "./flow_table.ts";
import type { Ip46, Ip46Prefix } from "./ip46.ts";
import { createPool, type Pool } from "./pool.ts";

/** The two generations of the plugin: since 26.10 with weights, before without. */
export type Profile = "weighted" | "classic";

/** What kind of packets a VIP takes, and how it hands them on; the index is VPP's number. */
export const vipTypes = [
  "ip6-gre6",
  "ip6-gre4",
  "ip4-gre6",
  "ip4-gre4",
  "ip4-l3dsr",
  "ip4-nat4",
  "ip6-nat6",
] as const;

/** One of the types. */
export type VipType = (typeof vipTypes)[number];

/** What holds for all VIPs. */
export interface LbSettings {
  readonly ip4SrcAddress: Address;
  readonly ip6SrcAddress: Address;
  readonly stickyBucketsPerCore: number;
  readonly flowTimeout: number;
}

/** An application server of one VIP. */
export interface As {
  readonly index: number;
  readonly address: Ip46;
  readonly route: Route;
  /** False for one that was deleted and lingers until its flows are gone. */
  isUsed: boolean;
  weight: number;
  /**
   * When it was deleted, in seconds. Quirk: where the place in VPP's memory held another AS before,
   * this is when that one was deleted, as nothing sets it anew.
   */
  lastUsed: number;
}

/** A VIP. */
export interface Vip {
  readonly index: number;
  readonly prefix: Ip46Prefix;
  /** 255 for all protocols. */
  readonly protocol: number;
  /** 0 for all ports. */
  readonly port: number;
  readonly type: VipType;
  readonly isSticky: boolean;
  /**
   * The DSCP of an L3DSR VIP or the kind of service of a NAT VIP, which VPP keeps in the same byte.
   * Quirk: for all others it is what the place in memory held before.
   */
  readonly encapByte: number;
  /** For NAT; the quirk is the same. */
  readonly targetPort: number;
  readonly ases: Pool<As>;
  /** For each bucket of the new-flow table the index of an AS, 0 for none. */
  owners: Int32Array;
  /** False for one that was deleted and lingers until its ASes are gone. */
  isUsed: boolean;
  lastGarbageCollection: number;
}

/** The plugin. */
export interface LbPlugin {
  readonly profile: Profile;
  settings: LbSettings;
  /** Index 0 is a placeholder, for packets to the address of a VIP that are for none of its ports. */
  readonly vips: Pool<Vip>;
  /** Index 0 is a placeholder, which owns the buckets that nobody has. */
  readonly ases: Pool<As>;
  readonly fib: Fib;
  readonly flows: Flows;
  /** Whole seconds since VPP started. */
  readonly seconds: () => number;
  /** Called with the index of each new VIP: its counters begin at 0. */
  readonly onVipCreate: (index: number) => void;
}

/** What a new plugin needs of the rest of VPP. */
export type LbSurroundings = Pick<LbPlugin, "profile" | "fib" | "seconds" | "onVipCreate">;

const allOnes = "f".repeat(32);

/** The plugin of a VPP that has just started. */
export function createLbPlugin(surroundings: LbSurroundings): LbPlugin {
  const vips = createPool<Vip>();
  const ases = createPool<As>();
  const defaultRoute = surroundings.fib.findLongest({ family: 6, address: allOnes, length: 0 });
  if (defaultRoute === undefined) throw new Error("there is no default route");
  ases.add((index) => ({
    index,
    address: allOnes,
    route: defaultRoute,
    isUsed: false,
    weight: 0,
    lastUsed: 0,
  }));
  vips.add((index) => ({
    index,
    prefix: { address: allOnes, length: 0 },
    protocol: 255,
    port: 0,
    type: "ip6-gre6",
    isSticky: false,
    encapByte: 0,
    targetPort: 0,
    ases: createPool(),
    owners: new Int32Array(1),
    isUsed: true,
    lastGarbageCollection: 0,
  }));
  return {
    ...surroundings,
    settings: {
      ip4SrcAddress: { family: 4, text: "255.255.255.255" },
      ip6SrcAddress: { family: 6, text: Array(8).fill("ffff").join(":") },
      stickyBucketsPerCore: 1024,
      flowTimeout: 40,
    },
    vips,
    ases,
    flows: createFlows(),
  };
}
