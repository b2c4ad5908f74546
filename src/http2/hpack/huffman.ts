/**
 * Decodes strings in HPACK's Huffman code.
 *
 * @module
 */

import { HpackError } from "./hpack_error.ts";
import { huffmanMachine } from "./huffman_code.ts";
import { latin1 } from "./latin1.ts";

/** The machine, made for the first string that needs it: that takes longer than a whole short call. */
let machine: Int32Array | undefined;

/** Room for what most strings become, so that they need no buffer of their own. */
const usualRoom = new Uint8Array(1_024);

/**
 * The text that the bytes from `start` to `end` are the code of.
 *
 * @throws {HpackError} What follows the last octet is not up to seven ones: `bad-huffman`.
 */
export function decodeHuffman(bytes: Uint8Array, start: number, end: number): string {
  const mostOctets = Math.floor((end - start) * 8 / 5);
  const text = mostOctets <= usualRoom.length ? usualRoom : new Uint8Array(mostOctets);
  const steps = machine ??= huffmanMachine();
  let length = 0;
  let state = 0;
  for (let half = 2 * start; half < 2 * end; half++) {
    const octet = bytes[half >> 1] ?? 0;
    const step = steps[state << 4 | (half & 1 ? octet & 0xf : octet >> 4)] ?? 0;
    if (step < 0) throw new HpackError("bad-huffman", "a string has the code that ends it inside");
    state = step & 0xff;
    // Where no octet was completed, the next one overwrites this.
    text[length] = step >> 8;
    length += step >> 16;
  }
  // As many ones as the number of the state, or bits of a code that is not all ones.
  if (state > 7) {
    throw new HpackError("bad-huffman", "a string is not padded with up to seven ones");
  }
  return latin1(text, 0, length);
}
