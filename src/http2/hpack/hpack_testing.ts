/**
 * The other end of a connection: a sender that remembers headers, and compresses strings.
 *
 * @module
 */

import type { Random } from "../../../tests/seeded.ts";
import { type Header, headerSize } from "./header.ts";
import { huffmanCodes } from "./huffman_code.ts";
import { type Cursor, writeInteger } from "./integer.ts";
import { staticTable } from "./static_table.ts";

const codes = new Map(huffmanCodes().map((each) => [each.symbol, each]));

/** The Huffman code of a text of octets, padded with ones. */
export function encodeHuffman(text: string): Uint8Array {
  let bits = "";
  for (const character of text) {
    const { code = 0, bits: length = 0 } = codes.get(character.charCodeAt(0)) ?? {};
    bits += code.toString(2).padStart(length, "0");
  }
  const octets = bits.match(/.{1,8}/g) ?? [];
  return Uint8Array.from(octets, (octet) => parseInt(octet.padEnd(8, "1"), 2));
}

/** Encodes lists in any of the ways that the format has, as the random numbers want. */
export interface RandomSender {
  encode(headers: readonly Header[]): Uint8Array;
}

/** A sender that may set the table to any size up to the one given. */
export function randomSender(random: Random, maxTableSize: number): RandomSender {
  let table: Header[] = [];
  let tableSize = 4_096;

  const keepWhatFits = () => {
    let size = 0;
    table = table.filter((header) => (size += headerSize(header)) <= tableSize);
  };
  const writeSizeUpdates = (cursor: Cursor) => {
    while (random.chance(0.1)) {
      tableSize = random.int(0, maxTableSize);
      writeInteger(cursor, { flags: 0x20, prefixBits: 5 }, tableSize);
      keepWhatFits();
    }
  };
  const writeHeader = (cursor: Cursor, header: Header) => {
    const [name, value] = header;
    const known = [...staticTable, ...table];
    const index = 1 + known.findIndex((each) => each[0] === name && each[1] === value);
    if (index > 0 && random.chance(0.8)) {
      return writeInteger(cursor, { flags: 0x80, prefixBits: 7 }, index);
    }
    const kind = random.pick([
      { flags: 0x40, prefixBits: 6 },
      { flags: 0x10, prefixBits: 4 },
      { flags: 0x00, prefixBits: 4 },
    ]);
    const nameIndex = random.chance(0.8) ? 1 + known.findIndex((each) => each[0] === name) : 0;
    writeInteger(cursor, kind, nameIndex);
    if (nameIndex === 0) writeString(cursor, name);
    writeString(cursor, value);
    if (kind.flags !== 0x40) return;
    table.unshift(header);
    keepWhatFits();
  };
  const writeString = (cursor: Cursor, text: string) => {
    const isHuffman = random.chance();
    const octets = isHuffman ? encodeHuffman(text) : octetsOf(text);
    writeInteger(cursor, { flags: isHuffman ? 0x80 : 0, prefixBits: 7 }, octets.length);
    cursor.bytes.set(octets, cursor.position);
    cursor.position += octets.length;
  };

  return {
    encode(headers) {
      const cursor = { bytes: new Uint8Array(100_000), position: 0 };
      writeSizeUpdates(cursor);
      for (const header of headers) writeHeader(cursor, header);
      return cursor.bytes.subarray(0, cursor.position);
    },
  };
}

/** A header with a name that often comes again, and a value of any octets. */
export function randomHeader(random: Random): Header {
  const name = random.chance(0.7) ? random.pick(staticTable)[0] : `x-${random.int(1, 20)}`;
  const length = random.chance(0.02) ? random.int(0, 3_000) : random.int(0, 20);
  const most = random.pick([0x31, 0x7e, 0xff]);
  const least = most === 0xff ? 0 : 0x30;
  const octets = Array.from({ length }, () => random.int(least, most));
  return [name, octets.map((octet) => String.fromCharCode(octet)).join("")];
}

function octetsOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
