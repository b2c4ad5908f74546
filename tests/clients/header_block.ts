/**
 * Header blocks of HTTP/2 (RFC 7541), as far as tests need them: written in the plainest form, and read
 * in every form, without any code of the server.
 *
 * @module
 */

import { joined, text } from "./frames.ts";

/** Header fields in their order. */
export type Fields = readonly (readonly [string, string])[];

/** Writes each field as a literal that no table remembers. */
export function writeFields(fields: Fields): Uint8Array<ArrayBuffer> {
  return joined(
    ...fields.flatMap(([name, value]) => [
      new Uint8Array([0]),
      ...[name, value].flatMap((each) => [integer(text(each).length, 7, 0), text(each)]),
    ]),
  );
}

/** Writes a number behind the bits in front of it. */
export function integer(value: number, prefixBits: number, front: number): Uint8Array<ArrayBuffer> {
  const most = 2 ** prefixBits - 1;
  if (value < most) return new Uint8Array([front | value]);
  const bytes = [front | most];
  let rest = value - most;
  for (; rest >= 128; rest = rest >>> 7) bytes.push(rest & 127 | 128);
  return new Uint8Array([...bytes, rest]);
}

/** Reads the header blocks of a connection, in the order in which they came. */
export function headerReader(): (block: Uint8Array) => Fields {
  let dynamic: (readonly [string, string])[] = [];
  let limit = 4_096;
  const shrink = () => {
    let size = 0;
    const kept = dynamic.findIndex(([name, value]) =>
      (size += name.length + value.length + 32) > limit
    );
    if (kept >= 0) dynamic = dynamic.slice(0, kept);
  };
  return (block) => {
    let at = 0;
    const take = () => {
      const byte = block[at++];
      if (byte === undefined) throw new Error("the header block ends too early");
      return byte;
    };
    const number = (first: number, prefixBits: number) => {
      const most = 2 ** prefixBits - 1;
      let value = first & most;
      if (value < most) return value;
      for (let factor = 1;; factor *= 128) {
        const byte = take();
        value += (byte & 127) * factor;
        if (byte < 128) return value;
      }
    };
    const string = () => {
      const first = take();
      const length = number(first, 7);
      const bytes = block.subarray(at, at += length);
      return first >= 128 ? unpacked(bytes) : new TextDecoder().decode(bytes);
    };
    const entry = (index: number) => {
      const found = index <= staticTable.length
        ? staticTable[index - 1]
        : dynamic[index - staticTable.length - 1];
      if (found === undefined) throw new Error(`there is no header ${index}`);
      return found;
    };
    const fields: (readonly [string, string])[] = [];
    while (at < block.length) {
      const first = take();
      if (first >= 128) {
        fields.push(entry(number(first, 7)));
      } else if (first >= 32 && first < 64) {
        limit = number(first, 5);
        shrink();
      } else {
        const isKept = first >= 64;
        const index = number(first, isKept ? 6 : 4);
        const field = [index === 0 ? string() : entry(index)[0], string()] as const;
        fields.push(field);
        if (isKept) dynamic.unshift(field);
        shrink();
      }
    }
    return fields;
  };
}

/** How many bits each byte has in the Huffman code. Its codes follow from that: it is canonical. */
const codeLengths = [
  ...[13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30],
  ...[28, 28, 28, 28, 28, 28, 28, 28, 28, 6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6],
  ...[5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10, 13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7],
  ...[
    7,
    7,
    7,
    7,
    7,
    7,
    7,
    7,
    7,
    7,
    8,
    7,
    8,
    13,
    19,
    13,
    14,
    6,
    15,
    5,
    6,
    5,
    6,
    5,
    6,
    6,
    6,
    5,
    7,
    7,
  ],
  ...[6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28],
];

const codes: ReadonlyMap<string, string> = (() => {
  const symbols = codeLengths.map((length, symbol) => ({ length, symbol }))
    .sort((one, other) => one.length - other.length || one.symbol - other.symbol);
  const found = new Map<string, string>();
  let code = 0;
  let width = 0;
  for (const { length, symbol } of symbols) {
    // Between 15 and 28 bits are bytes above 127, whose codes are left out here.
    if (length > 15) break;
    code = width === 0 ? 0 : (code + 1) * 2 ** (length - width);
    width = length;
    found.set(code.toString(2).padStart(length, "0"), String.fromCharCode(symbol));
  }
  return found;
})();

/** A text in the Huffman code. What no header of gRPC has in it is refused. */
function unpacked(bytes: Uint8Array): string {
  let result = "";
  let bits = "";
  for (const byte of bytes) {
    for (const bit of byte.toString(2).padStart(8, "0")) {
      bits += bit;
      const symbol = codes.get(bits);
      if (symbol === undefined) continue;
      result += symbol;
      bits = "";
    }
  }
  if (bits.length > 7 || bits.includes("0")) {
    throw new Error(`no text in the Huffman code: ${bits}`);
  }
  return result;
}

const staticTable: Fields = [
  [":authority", ""],
  [":method", "GET"],
  [":method", "POST"],
  [":path", "/"],
  [":path", "/index.html"],
  [":scheme", "http"],
  [":scheme", "https"],
  [":status", "200"],
  [":status", "204"],
  [":status", "206"],
  [":status", "304"],
  [":status", "400"],
  [":status", "404"],
  [":status", "500"],
  ["accept-charset", ""],
  ["accept-encoding", "gzip, deflate"],
  ["accept-language", ""],
  ["accept-ranges", ""],
  ["accept", ""],
  ["access-control-allow-origin", ""],
  ["age", ""],
  ["allow", ""],
  ["authorization", ""],
  ["cache-control", ""],
  ["content-disposition", ""],
  ["content-encoding", ""],
  ["content-language", ""],
  ["content-length", ""],
  ["content-location", ""],
  ["content-range", ""],
  ["content-type", ""],
  ["cookie", ""],
  ["date", ""],
  ["etag", ""],
  ["expect", ""],
  ["expires", ""],
  ["from", ""],
  ["host", ""],
  ["if-match", ""],
  ["if-modified-since", ""],
  ["if-none-match", ""],
  ["if-range", ""],
  ["if-unmodified-since", ""],
  ["last-modified", ""],
  ["link", ""],
  ["location", ""],
  ["max-forwards", ""],
  ["proxy-authenticate", ""],
  ["proxy-authorization", ""],
  ["range", ""],
  ["referer", ""],
  ["refresh", ""],
  ["retry-after", ""],
  ["server", ""],
  ["set-cookie", ""],
  ["strict-transport-security", ""],
  ["transfer-encoding", ""],
  ["user-agent", ""],
  ["vary", ""],
  ["via", ""],
  ["www-authenticate", ""],
];
