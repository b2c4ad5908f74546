/**
 * Where in the bytes the codec is: a {@link Reader} going through a message, a {@link Writer} making
 * one.
 *
 * @module
 */

import { WireError } from "./wire_error.ts";

/** Goes through the bytes of one message and never beyond them. */
export class Reader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** The count field passed last: that of the list at the end of the same structure. */
  count = 0;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Passes the next bytes and returns where they begin. */
  advance(size: number): number {
    const from = this.#at;
    if (from + size > this.bytes.length) {
      throw new WireError("short", `${size} bytes wanted, ${this.bytes.length - from} left`);
    }
    this.#at = from + size;
    return from;
  }

  /** Checks a length that the message itself claims, before anything is made of that size. */
  claim(size: number, what: string): void {
    const left = this.bytes.length - this.#at;
    if (size > left) throw new WireError("bad-length", `claims ${what}, ${left} bytes left`);
  }
}

/** Bytes, and a view of them. */
interface Memory {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly view: DataView;
}

/**
 * Small messages are cut from a slab, since a buffer for each would take V8 longer to make than all
 * their fields. Each byte is given out once, and so is zero when it is given.
 */
const slabBytes = 32 * 1024;
const maxSlabMessageBytes = 512;
let slab: Memory = memory(0);
let slabUsed = 0;

/**
 * Makes one message. It begins with room for the least that the message takes, and whatever may
 * take more, a list or a text, extends the room by just that much before it is written. So there is
 * always room for what follows, and in the end none to spare.
 */
export class Writer {
  #memory: Memory;
  #start: number;
  #size: number;
  #at: number;

  constructor(size: number) {
    if (size > maxSlabMessageBytes) {
      this.#memory = memory(size);
      this.#start = 0;
    } else {
      if (slabUsed + size > slab.bytes.length) {
        slab = memory(slabBytes);
        slabUsed = 0;
      }
      this.#memory = slab;
      this.#start = slabUsed;
      slabUsed += size;
    }
    this.#size = size;
    this.#at = this.#start;
  }

  /** The memory to write to, at the places that {@link advance} gives. */
  get bytes(): Uint8Array {
    return this.#memory.bytes;
  }

  /** The same memory, to write numbers to. */
  get view(): DataView {
    return this.#memory.view;
  }

  /** Takes the next bytes, which are zero, and returns where they begin. */
  advance(size: number): number {
    const from = this.#at;
    this.#at = from + size;
    return from;
  }

  /** Makes room for more than the least. */
  extend(size: number): void {
    if (size === 0) return;
    const larger = memory(this.#size + size);
    larger.bytes.set(this.#memory.bytes.subarray(this.#start, this.#at));
    this.#at -= this.#start;
    this.#start = 0;
    this.#size += size;
    this.#memory = larger;
  }

  /** The message. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.#memory.bytes.subarray(this.#start, this.#start + this.#size);
  }
}

function memory(size: number): Memory {
  const bytes = new Uint8Array(size);
  return { bytes, view: new DataView(bytes.buffer) };
}
