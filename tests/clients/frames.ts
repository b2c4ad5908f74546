/**
 * Frames of HTTP/2, made and read by hand, right or wrong as a test wants them.
 *
 * @module
 */

/** The types of frames. */
export const frameTypes = {
  data: 0,
  headers: 1,
  rstStream: 3,
  settings: 4,
  pushPromise: 5,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;

/** The names of the error codes, by their numbers. */
export const errorNames = [
  "NO_ERROR",
  "PROTOCOL_ERROR",
  "INTERNAL_ERROR",
  "FLOW_CONTROL_ERROR",
  "SETTINGS_TIMEOUT",
  "STREAM_CLOSED",
  "FRAME_SIZE_ERROR",
  "REFUSED_STREAM",
  "CANCEL",
  "COMPRESSION_ERROR",
  "CONNECT_ERROR",
  "ENHANCE_YOUR_CALM",
  "INADEQUATE_SECURITY",
  "HTTP_1_1_REQUIRED",
] as const;

/** Flags of frames. ACK has the same bit as END_STREAM. */
export const flags = { endStream: 1, ack: 1, endHeaders: 4 } as const;

/** A frame. */
export interface Frame {
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
  readonly payload: Uint8Array<ArrayBuffer>;
}

/** What a client sends first. */
export const preface: Uint8Array<ArrayBuffer> = text("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

/** The bytes of a text. */
export function text(content: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(content);
}

/** Bytes one after another. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The bytes of a frame. What is not given is nothing. */
export function frame(
  type: keyof typeof frameTypes,
  { flags = 0, stream = 0, payload = new Uint8Array() }: {
    readonly flags?: number;
    readonly stream?: number;
    readonly payload?: Uint8Array;
  } = {},
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(9 + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, payload.length << 8 | frameTypes[type]);
  bytes[4] = flags;
  view.setUint32(5, stream);
  bytes.set(payload, 9);
  return bytes;
}

/** A number as four bytes. */
export function uint32(value: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** The bytes of a SETTINGS frame: pairs of an identifier and a value. */
export function settings(
  ...pairs: readonly (readonly [number, number])[]
): Uint8Array<ArrayBuffer> {
  const payload = joined(
    ...pairs.map(([id, value]) => joined(new Uint8Array([0, id]), uint32(value))),
  );
  return frame("settings", { payload });
}

/** The bytes of a WINDOW_UPDATE frame. */
export function windowUpdate(stream: number, increment: number): Uint8Array<ArrayBuffer> {
  return frame("windowUpdate", { stream, payload: uint32(increment) });
}

/** The bytes of an RST_STREAM frame. */
export function resetStream(stream: number, code = 8): Uint8Array<ArrayBuffer> {
  return frame("rstStream", { stream, payload: uint32(code) });
}

/** Takes whole frames off the front of bytes; returns them with the rest. */
export function readFrames(
  bytes: Uint8Array<ArrayBuffer>,
): { readonly frames: Frame[]; readonly rest: Uint8Array<ArrayBuffer> } {
  const frames: Frame[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at + 9 <= bytes.length) {
    const head = view.getUint32(at);
    const end = at + 9 + (head >>> 8);
    if (end > bytes.length) break;
    frames.push({
      type: head & 0xff,
      flags: view.getUint8(at + 4),
      stream: view.getUint32(at + 5) & 0x7fffffff,
      payload: bytes.slice(at + 9, end),
    });
    at = end;
  }
  return { frames, rest: bytes.subarray(at) };
}

/** A message of gRPC with its five bytes in front. */
export function message(
  content: Uint8Array,
  { isCompressed = false, length = content.length }: {
    readonly isCompressed?: boolean;
    /** The length that it says it has. */
    readonly length?: number;
  } = {},
): Uint8Array<ArrayBuffer> {
  return joined(new Uint8Array([Number(isCompressed)]), uint32(length), content);
}
