/**
 * Frames: nine bytes of head, then the payload.
 *
 *      0        3      4       5            9
 *      | length | type | flags | 0, stream  | payload …
 *
 * @module
 */

import { type ErrorCode, errorCodes } from "./error_code.ts";

/** The types, by name. Frames of other types are passed over. */
export const frameTypes = {
  data: 0,
  headers: 1,
  priority: 2,
  rstStream: 3,
  settings: 4,
  pushPromise: 5,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;

/** The flags. One bit means different things in different types. */
export const flags = {
  ack: 0x1,
  endStream: 0x1,
  endHeaders: 0x4,
  padded: 0x8,
  priority: 0x20,
} as const;

/** The size of the head. */
export const headLength = 9;

/** A frame that came in. */
export interface Frame {
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
  readonly payload: Uint8Array;
}

/** What a client sends before its first frame. */
export const preface = new TextEncoder().encode("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

const noPayload = new Uint8Array();

/** The bytes of a frame. */
export function encodeFrame(
  type: keyof typeof frameTypes,
  stream: number,
  { flags = 0, payload = noPayload }: Partial<Pick<Frame, "flags" | "payload">> = {},
): Uint8Array<ArrayBuffer> {
  const { length } = payload;
  const bytes = new Uint8Array(headLength + length);
  bytes[0] = length >>> 16;
  bytes[1] = length >>> 8;
  bytes[2] = length;
  bytes[3] = frameTypes[type];
  bytes[4] = flags;
  writeUint32(bytes, 5, stream);
  bytes.set(payload, headLength);
  return bytes;
}

/** The frames that carry a block of headers: as many as the other end's limit asks for. */
export function headerFrames(
  stream: number,
  block: Uint8Array,
  { isLast, maxFrameSize }: { readonly isLast: boolean; readonly maxFrameSize: number },
): readonly Uint8Array[] {
  const count = Math.max(1, Math.ceil(block.length / maxFrameSize));
  return Array.from({ length: count }, (_, index) => {
    const payload = block.subarray(index * maxFrameSize, (index + 1) * maxFrameSize);
    const end = index === 0 && isLast ? flags.endStream : 0;
    const done = index === count - 1 ? flags.endHeaders : 0;
    const type = index === 0 ? "headers" : "continuation";
    return encodeFrame(type, stream, { flags: end | done, payload });
  });
}

/** A frame that ends a stream at once. */
export function resetFrame(stream: number, code: ErrorCode): Uint8Array<ArrayBuffer> {
  return encodeFrame("rstStream", stream, { payload: uint32s(errorCodes.indexOf(code)) });
}

/** A frame that says which stream was the last one to be served, and why. */
export function goAwayFrame(
  lastStream: number,
  code: ErrorCode,
  reason: string,
): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(reason.slice(0, 256));
  const payload = new Uint8Array(8 + text.length);
  payload.set(uint32s(lastStream, errorCodes.indexOf(code)));
  payload.set(text, 8);
  return encodeFrame("goAway", 0, { payload });
}

/** A frame that lets the other end send more: on a stream, or with stream 0 on all together. */
export function windowUpdateFrame(stream: number, increment: number): Uint8Array<ArrayBuffer> {
  return encodeFrame("windowUpdate", stream, { payload: uint32s(increment) });
}

/** Reads four bytes. */
export function readUint32(bytes: Uint8Array, offset: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(offset, offset + 4);
  return (a << 24 | b << 16 | c << 8 | d) >>> 0;
}

/** Reads four bytes without the first bit, which is reserved. */
export function readUint31(bytes: Uint8Array, offset: number): number {
  return readUint32(bytes, offset) & 0x7fff_ffff;
}

function uint32s(...values: readonly number[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 * values.length);
  for (const [index, value] of values.entries()) writeUint32(bytes, 4 * index, value);
  return bytes;
}

function writeUint32(bytes: Uint8Array, offset: number, value: number): void {
  bytes[offset] = value >>> 24;
  bytes[offset + 1] = value >>> 16;
  bytes[offset + 2] = value >>> 8;
  bytes[offset + 3] = value;
}
