/**
 * Encodes header lists without any memory of earlier ones: nothing is put into the other end's
 * dynamic table, so its size does not matter. What our answers have is short, and most is static.
 *
 * @module
 */

import { type Header, headerSize } from "./header.ts";
import { type Cursor, writeInteger } from "./integer.ts";
import { staticNames } from "./static_table.ts";

const indexed = { flags: 0x80, prefixBits: 7 };
const literal = { flags: 0x00, prefixBits: 4 };
const plainString = { flags: 0x00, prefixBits: 7 };

/**
 * The header block for a header list.
 *
 * @throws {RangeError} A name or value has a character that is not an octet.
 */
export function encodeHeaders(headers: readonly Header[]): Uint8Array<ArrayBuffer> {
  // An index and two lengths take at most 14 octets, which is less than a header counts for.
  const room = headers.reduce((sum, header) => sum + headerSize(header), 0);
  const bytes = new Uint8Array(room);
  const cursor: Cursor = { bytes, position: 0 };
  for (const [name, value] of headers) {
    const known = staticNames.get(name);
    const index = known?.values.get(value);
    if (index !== undefined) {
      writeInteger(cursor, indexed, index);
      continue;
    }
    writeInteger(cursor, literal, known?.index ?? 0);
    if (known === undefined) writeString(cursor, name);
    writeString(cursor, value);
  }
  return bytes.subarray(0, cursor.position);
}

function writeString(cursor: Cursor, text: string): void {
  writeInteger(cursor, plainString, text.length);
  let seen = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    cursor.bytes[cursor.position++] = code;
    seen |= code;
  }
  if (seen > 0xff) throw new RangeError("a header has a character that is not an octet");
}
