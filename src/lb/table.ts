/**
 * The new-flow table of a VIP as VPP's lb plugin builds it, bucket by bucket.
 *
 * An AS of weight w enters the table as w replicas. Each replica visits the buckets in an order of
 * its own, which the hash of (address, replica) gives, and in turns, replica 0 of all ASes first, each
 * takes the next bucket of its order that is still free. The same settings therefore give the
 * same table in every VPP, and a change of settings moves few buckets, though more than it must.
 *
 * @module
 */

import { checkTableLength, servingOrder, type TableEntry } from "./table_entries.ts";
import { hashWord } from "./table_hash.ts";

/**
 * The owner of a bucket that has none, which happens to all of them or to none: in a table without an
 * AS of weight above 0, whose packets VPP drops. VPP itself writes its placeholder AS 0 there.
 */
export const noOwner = -1;

/** The replicas of all ASes in the order of their turns; an index means the same one in each array. */
interface Replicas {
  readonly count: number;
  /** The index of the AS among the entries. */
  readonly owners: Int16Array;
  /** The bucket that the replica tries next. */
  readonly next: Int32Array;
  /** How far it goes from one bucket to another. */
  readonly steps: Int32Array;
}

/**
 * Builds the table of a VIP: for each bucket the index of the entry that owns it, or
 * {@link noOwner} in all buckets when no weight is above 0. The order of the entries does not
 * matter to which of them owns what.
 *
 * @throws {RangeError} The length is not a power of two from 1 to 65536; an address has not 16 bytes
 * or is there twice; a weight is not a whole number from 0 to 255; there are more than 1000 entries.
 */
export function buildTable(entries: readonly TableEntry[], length: number): Int16Array {
  checkTableLength(length);
  const table = new Int16Array(length).fill(noOwner);
  const replicas = replicasOf(entries, length);
  if (replicas.count > 0) fill(table, replicas);
  return table;
}

function replicasOf(entries: readonly TableEntry[], length: number): Replicas {
  const serving = servingOrder(entries).map(([index, { address, weight }]) => {
    const halves = new DataView(address.buffer, address.byteOffset);
    return {
      index,
      weight,
      low: halves.getUint32(0, true) ^ halves.getUint32(8, true),
      high: halves.getUint32(4, true) ^ halves.getUint32(12, true),
    };
  });
  const total = serving.reduce((sum, { weight }) => sum + weight, 0);
  // A replica whose first turn would come when the table is full has no part in it.
  const count = Math.min(total, length);
  const mask = length - 1;
  const owners = new Int16Array(count);
  const next = new Int32Array(count);
  const steps = new Int32Array(count);
  const word = { low: 0, high: 0 };
  let turn = 0;
  for (let replica = 0; turn < count; replica++) {
    for (const { index, weight, low, high } of serving) {
      if (replica >= weight || turn === count) continue;
      word.low = low ^ replica;
      word.high = high;
      hashWord(word);
      owners[turn] = index;
      next[turn] = word.high & mask;
      // An odd step visits every bucket, their number being a power of two.
      steps[turn] = (word.low | 1) & mask;
      turn++;
    }
  }
  return { count, owners, next, steps };
}

function fill(table: Int16Array, { count, owners, next, steps }: Replicas): void {
  const mask = table.length - 1;
  for (let taken = 0; taken < table.length; taken += count) {
    const turns = Math.min(count, table.length - taken);
    for (let turn = 0; turn < turns; turn++) {
      const step = steps[turn] as number;
      let bucket = next[turn] as number;
      while (table[bucket] !== noOwner) bucket = (bucket + step) & mask;
      table[bucket] = owners[turn] as number;
      next[turn] = (bucket + step) & mask;
    }
  }
}
