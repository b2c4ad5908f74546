/**
 * Text and plain bytes.
 *
 * @module
 */

import { WireError } from "./wire_error.ts";
import { leaf, type WireType } from "./wire_type.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** As much of a text as the debug log shows: the definitions of `get_api_json` have megabytes. */
const maxShownLength = 1000;

/** A text in a fixed number of bytes, the unused ones NUL; VPP insists on one of them at the end. */
export function fixedString(length: number): WireType<string> {
  return {
    api: "string",
    dimension: `[${length}]`,
    size: length,
    parts: leaf,
    write(writer, value) {
      if (value.includes("\0")) throw new WireError("bad-value", "a text with a NUL in it");
      const from = writer.advance(length);
      const field = writer.bytes.subarray(from, from + length);
      const { read, written } = encoder.encodeInto(value, field);
      if (read < value.length || written === length) {
        throw new WireError("bad-value", `a text of more than ${length - 1} bytes`);
      }
    },
    read(reader) {
      const from = reader.advance(length);
      const text = reader.bytes.subarray(from, from + length);
      const end = text.indexOf(0);
      return decoder.decode(end === -1 ? text : text.subarray(0, end));
    },
    plain: shorten,
  };
}

/** A text of any length after that length, which VPP allows at the end of a message only. */
export const string: WireType<string> = {
  api: "string",
  dimension: "[]",
  size: 4,
  parts: leaf,
  write(writer, value) {
    const text = encoder.encode(value);
    writer.extend(text.length);
    writer.view.setUint32(writer.advance(4), text.length);
    writer.bytes.set(text, writer.advance(text.length));
  },
  read(reader) {
    const length = reader.view.getUint32(reader.advance(4));
    reader.claim(length, `a text of ${length} bytes`);
    const from = reader.advance(length);
    return decoder.decode(reader.bytes.subarray(from, from + length));
  },
  plain: shorten,
};

/** A fixed number of bytes that mean nothing here. */
export function bytes(length: number): WireType<Uint8Array> {
  return {
    api: "u8",
    dimension: `[${length}]`,
    size: length,
    parts: leaf,
    write(writer, value) {
      if (value.length !== length) {
        throw new WireError("bad-value", `${value.length} bytes where there must be ${length}`);
      }
      writer.bytes.set(value, writer.advance(length));
    },
    read(reader) {
      const from = reader.advance(length);
      return reader.bytes.slice(from, from + length);
    },
    plain: (value) => value.toHex(),
  };
}

function shorten(text: string): string {
  return text.length > maxShownLength ? `${text.slice(0, maxShownLength)}…` : text;
}
