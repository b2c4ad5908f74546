/**
 * Memory for what is in the stats segment.
 *
 * @module
 */

import { VppCrash } from "./vpp_crash.ts";

/** Blocks of memory, as offsets. */
export interface StatsHeap {
  /** The offset of a new block, a multiple of 64. @throws {VppCrash} There is no room for it. */
  allocate(bytes: number): number;
  /** Gives a block back. The next one of its size is likely to be there. */
  free(offset: number): void;
  /** How many bytes the block at an offset has, at least those asked for. */
  sizeOf(offset: number): number;
}

const smallestBlock = 64;

/** The heap between two offsets. Blocks have powers of two as sizes, and are used again for such. */
export function createStatsHeap(start: number, end: number): StatsHeap {
  const sizes = new Map<number, number>();
  const freeBySize = new Map<number, number[]>();
  let unused = start;
  return {
    allocate(bytes) {
      let size = smallestBlock;
      while (size < bytes) size *= 2;
      const free = freeBySize.get(size)?.pop();
      if (free !== undefined) return free;
      if (unused + size > end) throw new VppCrash("the stats segment is full");
      const offset = unused;
      unused += size;
      sizes.set(offset, size);
      return offset;
    },
    free(offset) {
      const size = sizes.get(offset) ?? smallestBlock;
      const free = freeBySize.get(size);
      if (free === undefined) freeBySize.set(size, [offset]);
      else free.push(offset);
    },
    sizeOf: (offset) => sizes.get(offset) ?? 0,
  };
}
