/**
 * VIPs of the simulated VPP: finding, adding and deleting them, with VPP's return codes.
 *
 * @module
 */

import type { Route, RoutePrefix } from "./fib.ts";
import { canonical, type Ip46Prefix, isIp4Prefix, isSamePrefix } from "./ip46.ts";
import { deleteAses } from "./lb_as.ts";
import type { LbPlugin, Vip } from "./lb_plugin.ts";
import { createPool } from "./pool.ts";
import { type Retval, retval } from "./retval.ts";
import { VppCrash } from "./vpp_crash.ts";

/** What names a VIP. With port 0 the protocol is 255. */
export type VipKey = Pick<Vip, "prefix" | "protocol" | "port">;

/** What a VIP is made of. Without `encapByte` the type has no use for it and `targetPort`. */
export interface NewVip extends VipKey, Pick<Vip, "type" | "isSticky"> {
  readonly tableLength: number;
  readonly encapByte?: number | undefined;
  readonly targetPort?: number | undefined;
}

/** What became of a new VIP: its index, where VPP took it. */
export type VipAdded = { readonly retval: typeof retval.ok; readonly index: number } | {
  readonly retval: Exclude<Retval, typeof retval.ok>;
};

const anyProtocol = 255;

/** The longest table that the simulation builds; VPP itself has no limit. */
const longestTable = 65536;

/** The VIP of this very key, undefined where there is none or only one that lingers. */
export function findVip(lb: LbPlugin, key: VipKey): Vip | undefined {
  return vipsOf(lb, key.prefix).find((vip) => isKeyOf(key, vip));
}

/** Whether one of the prefix's VIPs has another key. */
function hasOtherVip(lb: LbPlugin, key: VipKey): boolean {
  return vipsOf(lb, key.prefix).some((vip) => !isKeyOf(key, vip));
}

/** Where packets go that are sent to a VIP: to which VIP really, and by which route. */
export interface PacketTarget {
  readonly vip: Vip;
  readonly route: Route;
}

/**
 * Where packets for this key go, undefined if nowhere. Those that have the prefix of VIPs, and no
 * VIP's protocol and port, count for the placeholder.
 */
export function packetTargetOf(lb: LbPlugin, key: VipKey): PacketTarget | undefined {
  const vips = vipsOf(lb, key.prefix);
  const vip = vips.find((vip) => vip.port === 0 || isKeyOf(key, vip)) ?? lb.vips.at(0);
  const route = vips[0] && lb.fib.find(routePrefixOf(vips[0]));
  return vip && route && { vip, route };
}

/** The prefix of a VIP as the FIB counts it. */
function routePrefixOf({ type, prefix }: Pick<Vip, "type" | "prefix">): RoutePrefix {
  return type.startsWith("ip4-")
    ? { family: 4, address: prefix.address, length: prefix.length - 96 }
    : { family: 6, ...prefix };
}

/**
 * Adds a VIP.
 *
 * @throws {VppCrash} The table length is 0, which passes for a power of two.
 * @throws {RangeError} The table is longer than the simulation can build.
 */
export function addVip(lb: LbPlugin, wanted: NewVip): VipAdded {
  const { type, port, isSticky, tableLength } = wanted;
  const prefix = canonical(wanted.prefix);
  const refused = refusal(lb, { ...wanted, prefix });
  if (refused !== undefined) return { retval: refused };
  if (tableLength === 0) throw new VppCrash("a new-flow table of length 0 takes all memory");
  if (tableLength > longestTable) {
    throw new RangeError(`the simulation builds tables of up to ${longestTable} buckets`);
  }
  const vip = lb.vips.add((index, leftover) => ({
    index,
    prefix,
    protocol: port === 0 ? anyProtocol : wanted.protocol,
    port,
    type,
    isSticky,
    encapByte: wanted.encapByte ?? leftover?.encapByte ?? 0,
    targetPort: wanted.targetPort ?? leftover?.targetPort ?? 0,
    ases: createPool(),
    owners: new Int32Array(tableLength),
    isUsed: true,
    lastGarbageCollection: lb.seconds(),
  }));
  lb.onVipCreate(vip.index);
  lb.fib.addVip(routePrefixOf(vip));
  return { retval: retval.ok, index: vip.index };
}

/** Deletes a VIP, which from then on lingers until the last of its ASes is gone. */
export function deleteVip(lb: LbPlugin, vip: Vip): void {
  if (vip.ases.size > 0) deleteAses(lb, vip, [...vip.ases].map((as) => as.address));
  if (!hasOtherVip(lb, vip)) lb.fib.removeVip(routePrefixOf(vip));
  vip.isUsed = false;
}

/** Why a VIP cannot be, in the order in which VPP looks. */
function refusal(lb: LbPlugin, wanted: NewVip): VipRefusal | undefined {
  const { prefix, port, type, tableLength } = wanted;
  const others = vipsOf(lb, prefix);
  if (findVip(lb, wanted) !== undefined) return retval.valueExist;
  if (others.some((vip) => port === 0 || vip.port === 0)) return retval.valueExist;
  const [first] = others;
  if (first !== undefined && first.type !== type) return retval.invalidArgument;
  if (!isPowerOfTwoOrZero(tableLength)) return retval.invalidMemorySize;
  const isIp4Type = type.startsWith("ip4-");
  return isIp4Prefix(prefix) === isIp4Type ? undefined : retval.invalidAddressFamily;
}

type VipRefusal = Exclude<Retval, typeof retval.ok>;

/** What VPP takes for a power of two. */
export function isPowerOfTwoOrZero(value: number): boolean {
  return (value & (value - 1)) === 0;
}

function vipsOf(lb: LbPlugin, prefix: Ip46Prefix): Vip[] {
  const wanted = canonical(prefix);
  return [...lb.vips].filter((vip) => vip.isUsed && isSamePrefix(vip.prefix, wanted));
}

function isKeyOf({ protocol, port }: VipKey, vip: Vip): boolean {
  return vip.protocol === protocol && vip.port === port;
}
