/**
 * Vectors in the stats segment. As in VPP a pointer to one points at its first element, in front of which
 * a header says how many there are; the length of no vector, a null pointer, is 0.
 *
 * @module
 */

import type { StatsHeap } from "./stats_heap.ts";

/** Vectors, by the offset of their first element; 0 is no vector. */
export interface StatsVectors {
  lengthOf(vector: number): number;
  /** How many elements of a size fit without the vector being moved. */
  roomOf(vector: number, elementBytes: number): number;
  /**
   * Gives the vector a length. It moves where it has no room, and its old place may be something
   * else soon. New elements are zeros.
   */
  resize(vector: number, length: number, elementBytes: number): number;
  pointerTo(vector: number): bigint;
  offsetOf(pointer: bigint): number;
}

/** What vectors are made in. */
export interface StatsVectorsOptions {
  readonly memory: Uint8Array<ArrayBuffer>;
  /** The address of the memory's first byte. */
  readonly base: bigint;
  readonly heap: StatsHeap;
}

/** What lies in front of the first element, most of it to align that. */
const headerBytes = 64;

/** From the first element back: the length, in 32 bits; then a byte each. */
const header = { length: -8, headerSize: -4, alignment: -3, spare: -2 };

/** The header's size in units of 8 bytes. */
const headerUnits = headerBytes / 8;

/** Aligned to 2^6 bytes, on the heap that is the default. */
const alignment = 0x80 | 6;

/** Vectors in memory that a heap hands out. */
export function createStatsVectors({ memory, base, heap }: StatsVectorsOptions): StatsVectors {
  const view = new DataView(memory.buffer, memory.byteOffset, memory.length);
  const lengthOf = (vector: number) =>
    vector === 0 ? 0 : view.getUint32(vector + header.length, true);
  const roomOf = (vector: number, elementBytes: number) =>
    vector === 0 ? 0 : Math.floor((heap.sizeOf(vector - headerBytes) - headerBytes) / elementBytes);
  const create = (room: number, elementBytes: number) => {
    const size = headerBytes + room * elementBytes;
    const block = heap.allocate(size);
    memory.fill(0, block, block + heap.sizeOf(block));
    const vector = block + headerBytes;
    memory[vector + header.headerSize] = headerUnits;
    memory[vector + header.alignment] = alignment;
    return vector;
  };
  const setLength = (vector: number, length: number, elementBytes: number) => {
    const spare = Math.min(0xff, roomOf(vector, elementBytes) - length);
    memory[vector + header.spare] = spare;
    view.setUint32(vector + header.length, length, true);
    return vector;
  };
  return {
    lengthOf,
    roomOf,
    resize(vector, length, elementBytes) {
      if (vector !== 0 && roomOf(vector, elementBytes) >= length) {
        return setLength(vector, length, elementBytes);
      }
      // As VPP's, a vector that grows gets half as much again as it needs.
      const room = vector === 0 ? length : length + (length >> 1);
      const moved = create(room, elementBytes);
      if (vector !== 0) {
        memory.copyWithin(moved, vector, vector + lengthOf(vector) * elementBytes);
        heap.free(vector - headerBytes);
      }
      return setLength(moved, length, elementBytes);
    },
    pointerTo: (vector) => base + BigInt(vector),
    offsetOf: (pointer) => pointer === 0n ? 0 : Number(pointer - base),
  };
}
