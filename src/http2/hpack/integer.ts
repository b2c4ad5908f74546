/**
 * HPACK's integers: they begin in the low bits of an octet, and what does not fit there follows,
 * seven bits an octet, the lowest first.
 *
 * @module
 */

import { HpackError } from "./hpack_error.ts";

/** Bytes, and where to read or write next. */
export interface Cursor {
  readonly bytes: Uint8Array;
  position: number;
}

/** What the fifth octet that follows counts in: no string or table is anywhere near as large. */
const largestUnit = 2 ** 28;

/**
 * Reads the integer that begins in the low `prefixBits` bits of the next octet.
 *
 * @throws {HpackError} The bytes end inside: `truncated`. It is longer than six octets:
 * `bad-integer`.
 */
export function readInteger(cursor: Cursor, prefixBits: number): number {
  const prefixMax = (1 << prefixBits) - 1;
  let value = readOctet(cursor) & prefixMax;
  if (value < prefixMax) return value;
  for (let unit = 1; unit <= largestUnit; unit *= 128) {
    const octet = readOctet(cursor);
    value += (octet & 0x7f) * unit;
    if (octet < 0x80) return value;
  }
  throw new HpackError("bad-integer", "a number has more than six octets");
}

function readOctet(cursor: Cursor): number {
  const octet = cursor.bytes[cursor.position++];
  if (octet === undefined) throw new HpackError("truncated", "the header block ends in a number");
  return octet;
}

/** Writes an integer that begins in the low `prefixBits` bits of an octet, whose others are `flags`. */
export function writeInteger(
  cursor: Cursor,
  { flags, prefixBits }: { readonly flags: number; readonly prefixBits: number },
  value: number,
): void {
  const prefixMax = (1 << prefixBits) - 1;
  cursor.bytes[cursor.position++] = flags | Math.min(value, prefixMax);
  if (value < prefixMax) return;
  let rest = value - prefixMax;
  for (; rest >= 0x80; rest = Math.floor(rest / 128)) {
    cursor.bytes[cursor.position++] = 0x80 | rest & 0x7f;
  }
  cursor.bytes[cursor.position++] = rest;
}
