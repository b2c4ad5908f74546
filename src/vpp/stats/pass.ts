/**
 * One pass over the segment: follows VPP's pointers and copies what they lead to, never from
 * outside of the segment, and never more than a small multiple of it, whatever is written there.
 *
 * Pointers are addresses in VPP's own memory. A vector's pointer leads to its first element, and
 * the number of elements stands 8 bytes before it; the null pointer is a vector without elements.
 *
 * @module
 */

import { StatsError } from "./stats_error.ts";

/** The shared header, which no pointer leads into. */
const headerBytes = 64;

const pointerBytes = 8;

/** What a copy counts for besides its bytes, because the smallest takes more than those. */
const copyBytes = 64;

/** Where a vector lies. */
interface Vector {
  readonly offset: number;
  readonly length: number;
}

/**
 * One pass, which may copy twice as much as the segment holds, and so comes to an end even where a
 * damaged one has a million pointers to one large vector. A sound one is far from that: its vectors
 * do not overlap, and of what a symlink leads to only one column is copied.
 */
export class Pass {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #base: bigint;
  #allowance: number;

  /** `base` is the address of the segment in VPP's own memory. */
  constructor(bytes: Uint8Array, base: bigint) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#base = base;
    this.#allowance = 2 * bytes.length;
  }

  /** The number of elements, all of which are within the segment. */
  length(pointer: bigint, elementBytes: number): number {
    return this.#vector(pointer, elementBytes).length;
  }

  /** A copy of all elements. */
  elements(pointer: bigint, elementBytes: number): Uint8Array<ArrayBuffer> {
    const { offset, length } = this.#vector(pointer, elementBytes);
    return this.#copy(offset, length * elementBytes);
  }

  /** A copy of one element, or of nothing where the vector is shorter. */
  element(pointer: bigint, elementBytes: number, index: number): Uint8Array<ArrayBuffer> {
    const { offset, length } = this.#vector(pointer, elementBytes);
    return this.#copy(offset + index * elementBytes, index < length ? elementBytes : 0);
  }

  /** A copy of a vector of pointers. */
  pointers(pointer: bigint): BigUint64Array {
    return new BigUint64Array(this.elements(pointer, pointerBytes).buffer);
  }

  #vector(pointer: bigint, elementBytes: number): Vector {
    if (pointer === 0n) return { offset: 0, length: 0 };
    const size = this.#bytes.length;
    const offset = pointer - this.#base;
    if (offset < headerBytes || offset > size) {
      throw damaged(`an address leads to offset ${offset}`);
    }
    const vector = {
      offset: Number(offset),
      length: this.#view.getUint32(Number(offset) - 8, true),
    };
    if (vector.length * elementBytes > size - vector.offset) {
      throw damaged(`a vector at ${offset} has ${vector.length} elements`);
    }
    return vector;
  }

  #copy(offset: number, length: number): Uint8Array<ArrayBuffer> {
    this.#allowance -= copyBytes + length;
    if (this.#allowance < 0) throw damaged("its vectors overlap");
    return this.#bytes.slice(offset, offset + length);
  }
}

function damaged(what: string): StatsError {
  return new StatsError("bounds", `VPP's stats segment is damaged: ${what}; restart VPP`);
}
