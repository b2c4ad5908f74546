/**
 * The new-flow tables of the simulated VPP's VIPs.
 *
 * @module
 */

import { buildTable, noOwner } from "../../lb/table.ts";
import type { Vip } from "./lb_plugin.ts";

/** Builds a VIP's table anew, from those of its ASes that are in use. */
export function rebuildTable(vip: Vip): void {
  const used = [...vip.ases].filter((as) => as.isUsed);
  const entries = used.map(({ address, weight }) => ({
    address: Uint8Array.fromHex(address),
    weight,
  }));
  const table = buildTable(entries, vip.owners.length);
  const owners = new Int32Array(table.length);
  for (const [bucket, entry] of table.entries()) {
    if (entry !== noOwner) owners[bucket] = used[entry]?.index ?? 0;
  }
  vip.owners = owners;
}

/** A table never changes but is replaced, so it is counted once. */
const counted = new WeakMap<Int32Array, ReadonlyMap<number, number>>();

/** How many buckets of a VIP's table each AS owns, by the index of the AS. */
export function countBuckets({ owners }: Vip): ReadonlyMap<number, number> {
  const known = counted.get(owners);
  if (known !== undefined) return known;
  const counts = new Map<number, number>();
  for (const owner of owners) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  counted.set(owners, counts);
  return counts;
}
