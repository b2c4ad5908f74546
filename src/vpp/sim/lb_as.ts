/**
 * ASes of the simulated VPP: adding, deleting and weighing them, with VPP's return codes.
 *
 * @module
 */

import type { RoutePrefix } from "./fib.ts";
import { type Ip46, isIp4 } from "./ip46.ts";
import { collectVipGarbage } from "./lb_garbage.ts";
import type { As, LbPlugin, Vip } from "./lb_plugin.ts";
import { rebuildTable } from "./new_flow_table.ts";
import { type Retval, retval } from "./retval.ts";
import { VppCrash } from "./vpp_crash.ts";

/**
 * The weight of an AS that was added without one. Releases up to 26.06 know no weights, and build
 * their tables as newer ones do with weights of 1.
 */
export const defaultWeight = { weighted: 100, classic: 1 };

/** The weight of an AS, and whether the flows that it has are forgotten. */
export interface AsWeight {
  readonly weight: number;
  readonly isFlush: boolean;
}

/** As many ASes as a VIP may have here, those that linger included; VPP itself has no limit. */
const mostAses = 1000;

/** The address of an AS as the FIB counts it. The encapsulation tells the family, not the address. */
function asRoutePrefix({ type }: Pick<Vip, "type">, address: Ip46): RoutePrefix {
  return type.endsWith("6")
    ? { family: 6, address, length: 128 }
    : { family: 4, address, length: 32 };
}

/**
 * Adds ASes to a VIP, all of them or none. One that lingers is used again, with the new weight.
 *
 * @throws {VppCrash} The VIP does NAT for all ports, which VPP takes and has no code for.
 * @throws {RangeError} The VIP has more ASes than the simulation builds tables of.
 */
export function addAses(
  lb: LbPlugin,
  vip: Vip,
  addresses: readonly Ip46[],
  { weight, isFlush }: AsWeight,
): Retval {
  const added = new Set<Ip46>();
  const revived: As[] = [];
  // VPP goes through the list from its end, which shows in the order of the pool.
  for (const address of addresses.toReversed()) {
    const as = findAs(vip, address);
    if (as?.isUsed) return retval.valueExist;
    if (as !== undefined) revived.push(as);
    else if (isIp4(address) !== (asRoutePrefix(vip, address).family === 4)) {
      return retval.invalidAddressFamily;
    } else {
      // Of one that is named twice the first counts, the last one to be seen here.
      added.delete(address);
      added.add(address);
    }
  }
  if (added.size > 0 && vip.port === 0 && vip.type.includes("nat")) {
    throw new VppCrash("an AS of a NAT VIP for all ports stacks on nothing");
  }
  if (vip.ases.size + added.size > mostAses) {
    throw new RangeError(`the simulation builds tables of up to ${mostAses} ASes`);
  }
  for (const as of revived) {
    as.isUsed = true;
    as.weight = weight;
    if (isFlush) lb.flows.flush(vip.index, as.index);
  }
  for (const address of added) {
    const as = lb.ases.add((index, leftover) => ({
      index,
      address,
      route: lb.fib.track(asRoutePrefix(vip, address), leftover?.route.index),
      isUsed: true,
      weight,
      lastUsed: leftover?.lastUsed ?? 0,
    }));
    vip.ases.add(() => as);
  }
  rebuildTable(vip);
  collectVipGarbage(lb, vip);
  return retval.ok;
}

/**
 * Deletes ASes of a VIP, all of them or none. They linger until the garbage collection finds that no
 * flow goes to them. Deleting one that lingers is no failure.
 */
export function deleteAses(
  lb: LbPlugin,
  vip: Vip,
  addresses: readonly Ip46[],
  { isFlush } = { isFlush: false },
): Retval {
  const ases = addresses.map((address) => findAs(vip, address));
  if (!ases.every((as) => as !== undefined)) return retval.noSuchEntry;
  collectVipGarbage(lb, vip);
  for (const as of ases) {
    as.isUsed = false;
    as.lastUsed = lb.seconds();
    if (isFlush) lb.flows.flush(vip.index, as.index);
  }
  rebuildTable(vip);
  return retval.ok;
}

/** Gives an AS another weight. To this an AS that lingers is not there. */
export function setAsWeight(
  lb: LbPlugin,
  vip: Vip,
  address: Ip46,
  { weight, isFlush }: AsWeight,
): Retval {
  const as = findAs(vip, address);
  if (!as?.isUsed) return retval.noSuchEntry;
  as.weight = weight;
  rebuildTable(vip);
  if (isFlush) lb.flows.flush(vip.index, as.index);
  return retval.ok;
}

function findAs(vip: Vip, address: Ip46): As | undefined {
  return [...vip.ases].find((as) => as.address === address);
}
