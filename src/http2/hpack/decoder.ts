/**
 * Decodes the header blocks of one direction of a connection, one after the other.
 *
 * @module
 */

import { dynamicTable } from "./dynamic_table.ts";
import { type Header, headerSize } from "./header.ts";
import { HpackError } from "./hpack_error.ts";
import { decodeHuffman } from "./huffman.ts";
import { type Cursor, readInteger } from "./integer.ts";
import { latin1 } from "./latin1.ts";
import { staticTable } from "./static_table.ts";

/** What a header block has. */
export interface DecodedHeaders {
  /** In the order in which they came; those from the front that fit, where they are too many. */
  readonly headers: readonly Header[];
  /** The list is larger than allowed. The connection can go on. */
  readonly isTooLarge: boolean;
}

/** One end's memory of what the other sent. */
export interface HpackDecoder {
  /**
   * Decodes a whole block: what the HEADERS frame and its CONTINUATION frames carry, without padding.
   *
   * @throws {HpackError} The connection cannot go on, and the decoder must not be used again.
   */
  decode(block: Uint8Array): DecodedHeaders;
}

/** What the other end may ask of us. */
export interface HpackDecoderOptions {
  /** SETTINGS_HEADER_TABLE_SIZE as we announced it: what the other end may set the table's size to. */
  readonly maxTableSize: number;
  /** The most that the headers of a block may count for: octets, and 32 for each. */
  readonly maxListSize: number;
}

/**
 * A decoder for a new connection. Its table begins with the size that the protocol says, 4,096,
 * since the other end may send before it has heard of any other.
 */
export function hpackDecoder({ maxTableSize, maxListSize }: HpackDecoderOptions): HpackDecoder {
  const table = dynamicTable();

  const headerAt = (index: number): Header => {
    const header = index <= staticTable.length
      ? staticTable[index - 1]
      : table.get(index - staticTable.length - 1);
    if (header === undefined) {
      throw new HpackError("bad-index", `there is no header ${index} in the tables`);
    }
    return header;
  };

  const readLiteral = (cursor: Cursor, prefixBits: number): Header => {
    const index = readInteger(cursor, prefixBits);
    const name = index === 0 ? readString(cursor) : headerAt(index)[0];
    return [name, readString(cursor)];
  };

  const readHeader = (cursor: Cursor): Header => {
    const kind = cursor.bytes[cursor.position] ?? 0;
    if (kind >= 0x80) return headerAt(readInteger(cursor, 7));
    if (kind >= 0x40) {
      const header = readLiteral(cursor, 6);
      table.add(header);
      return header;
    }
    if (kind >= 0x20) {
      throw new HpackError("bad-size-update", "the table is resized after the first header");
    }
    return readLiteral(cursor, 4);
  };

  const readSizeUpdates = (cursor: Cursor) => {
    while (((cursor.bytes[cursor.position] ?? 0) & 0xe0) === 0x20) {
      const size = readInteger(cursor, 5);
      if (size > maxTableSize) {
        throw new HpackError("bad-size-update", `a table of ${size} is larger than allowed`);
      }
      table.resize(size);
    }
  };

  return {
    decode(block) {
      const cursor = { bytes: block, position: 0 };
      const headers: Header[] = [];
      let listSize = 0;
      readSizeUpdates(cursor);
      while (cursor.position < block.length) {
        const header = readHeader(cursor);
        listSize += headerSize(header);
        // What is too much is read all the same: the table must stay as the other end has it.
        if (listSize <= maxListSize) headers.push(header);
      }
      return { headers, isTooLarge: listSize > maxListSize };
    },
  };
}

function readString(cursor: Cursor): string {
  const { bytes, position } = cursor;
  const isHuffman = (bytes[position] ?? 0) >= 0x80;
  const length = readInteger(cursor, 7);
  const start = cursor.position;
  const end = start + length;
  if (end > bytes.length) throw new HpackError("truncated", "the header block ends in a string");
  cursor.position = end;
  return isHuffman ? decodeHuffman(bytes, start, end) : latin1(bytes, start, end);
}
