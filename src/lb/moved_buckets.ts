/**
 * What a change of a VIP's ASes or weights does to its new-flow table: how many buckets go to another
 * AS, and how many of them only because of how VPP builds tables. Flows that VPP remembers stay.
 *
 * @module
 */

import { noOwner } from "./table.ts";
import type { TableEntry } from "./table_entries.ts";

/** A table together with the entries that it was built from. */
export interface OwnedTable {
  readonly entries: readonly TableEntry[];
  /** What `buildTable` made of the entries. */
  readonly table: Int16Array;
}

/** How many buckets change their owner between two tables. */
export interface MovedBuckets {
  /** The buckets of the table after the change. */
  readonly total: number;
  /** Those whose owner is another one: {@link needed} and {@link bystanders} together. */
  readonly moved: number;
  /**
   * The fewest that must move to get from the old counts to the new ones, however the tables are
   * built: an AS that loses k buckets has to give up k, and those that gain take just these.
   */
  readonly needed: number;
  /** Those that moved beyond need: a side effect of how VPP builds tables. */
  readonly bystanders: number;
}

/**
 * Compares two tables of a VIP. Owners are told apart by their addresses, and having no owner
 * counts as one: all buckets of a VIP that gets its first AS, or loses its last, move and need to.
 * So do all when the lengths differ, as VPP can then only delete the VIP and add another.
 */
export function movedBuckets(before: OwnedTable, after: OwnedTable): MovedBuckets {
  const total = after.table.length;
  if (before.table.length !== total) return { total, moved: total, needed: total, bystanders: 0 };

  const ownersBefore = before.entries.map(addressOf);
  const ownersAfter = after.entries.map(addressOf);
  const lost = new Map<string, number>();
  let moved = 0;
  after.table.forEach((index, bucket) => {
    const was = ownersBefore[before.table[bucket] ?? noOwner] ?? nobody;
    const is = ownersAfter[index] ?? nobody;
    if (was === is) return;
    moved++;
    lost.set(was, (lost.get(was) ?? 0) + 1);
    lost.set(is, (lost.get(is) ?? 0) - 1);
  });
  const needed = lost.values().reduce((sum, buckets) => sum + Math.max(0, buckets), 0);
  return { total, moved, needed, bystanders: moved - needed };
}

/** The owner, in place of an address, of buckets that have none. */
const nobody = "";

const addressOf = ({ address }: TableEntry) => address.toHex();
