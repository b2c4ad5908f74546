/**
 * What a frame says, if it is formed as its type has to be (RFC 9113, section 6).
 *
 * @module
 */

import { ConnectionError, type ErrorCode, errorCodeOf, StreamError } from "./error_code.ts";
import { flags, type Frame, frameTypes, readUint31, readUint32 } from "./frame.ts";

/** What a frame says. */
export type Incoming =
  /** `length` is what counts for the windows. */
  | {
    readonly kind: "data";
    readonly data: Uint8Array;
    readonly length: number;
    readonly isLast: boolean;
  }
  /** A part of a block, which has to be unpacked even if the stream has to be refused. */
  | { readonly kind: "headers"; readonly part: Uint8Array; readonly dependsOnItself: boolean }
  | { readonly kind: "continuation"; readonly part: Uint8Array }
  | { readonly kind: "reset"; readonly code: ErrorCode }
  | { readonly kind: "settings"; readonly payload: Uint8Array }
  | { readonly kind: "ping"; readonly payload: Uint8Array }
  | { readonly kind: "goodbye"; readonly lastStream: number }
  | { readonly kind: "window"; readonly increment: number }
  /** Nothing that matters. */
  | { readonly kind: "none" };

const none: Incoming = { kind: "none" };

/**
 * Reads a frame.
 *
 * @throws {ConnectionError} It is wrong.
 * @throws {StreamError} It is wrong, and its stream alone suffers.
 */
export function readFrame(frame: Frame): Incoming {
  const { type, payload, stream } = frame;
  const has = (flag: number) => (frame.flags & flag) !== 0;
  switch (type) {
    case frameTypes.data: {
      needStream(frame, "data");
      const { length } = payload;
      return { kind: "data", data: withoutPadding(frame), length, isLast: has(flags.endStream) };
    }
    case frameTypes.headers: {
      needStream(frame, "headers");
      const part = withoutPadding(frame);
      if (!has(flags.priority)) return { kind: "headers", part, dependsOnItself: false };
      if (part.length < 5) throw sizeError("headers without the priority that they announce");
      const dependsOnItself = readUint31(part, 0) === stream;
      return { kind: "headers", part: part.subarray(5), dependsOnItself };
    }
    case frameTypes.priority:
      needStream(frame, "a priority");
      if (payload.length !== 5) throw new StreamError("FRAME_SIZE_ERROR", "a priority has 5 bytes");
      if (readUint31(payload, 0) === stream) throw dependsOnItselfError();
      return none;
    case frameTypes.rstStream:
      needStream(frame, "a reset");
      needLength(payload, 4, "a reset");
      return { kind: "reset", code: errorCodeOf(readUint32(payload, 0)) };
    case frameTypes.settings:
      needNoStream(frame, "settings");
      if (!has(flags.ack)) return { kind: "settings", payload };
      needLength(payload, 0, "an acknowledgement");
      return none;
    case frameTypes.pushPromise:
      throw new ConnectionError("PROTOCOL_ERROR", "a promise that nobody asked for");
    case frameTypes.ping:
      needNoStream(frame, "a ping");
      needLength(payload, 8, "a ping");
      return has(flags.ack) ? none : { kind: "ping", payload };
    case frameTypes.goAway:
      needNoStream(frame, "a goodbye");
      if (payload.length < 8) throw sizeError("a goodbye that is too short");
      return { kind: "goodbye", lastStream: readUint31(payload, 0) };
    case frameTypes.windowUpdate: {
      needLength(payload, 4, "a window update");
      const increment = readUint31(payload, 0);
      if (increment > 0) return { kind: "window", increment };
      const text = "a window update of 0";
      if (stream === 0) throw new ConnectionError("PROTOCOL_ERROR", text);
      throw new StreamError("PROTOCOL_ERROR", text);
    }
    case frameTypes.continuation:
      needStream(frame, "a continuation");
      return { kind: "continuation", part: payload };
    default:
      return none;
  }
}

/** The error of a stream that says it depends on itself. */
export function dependsOnItselfError(): StreamError {
  return new StreamError("PROTOCOL_ERROR", "a stream that depends on itself");
}

function needStream({ stream }: Frame, what: string): void {
  if (stream === 0) throw new ConnectionError("PROTOCOL_ERROR", `${what} on no stream`);
}

function needNoStream({ stream }: Frame, what: string): void {
  if (stream !== 0) throw new ConnectionError("PROTOCOL_ERROR", `${what} on stream ${stream}`);
}

function needLength(payload: Uint8Array, length: number, what: string): void {
  if (payload.length !== length) throw sizeError(`${what} of ${payload.length} bytes`);
}

function sizeError(text: string): ConnectionError {
  return new ConnectionError("FRAME_SIZE_ERROR", text);
}

function withoutPadding({ flags: bits, payload }: Frame): Uint8Array {
  if ((bits & flags.padded) === 0) return payload;
  const [padding = payload.length] = payload;
  if (padding < payload.length) return payload.subarray(1, payload.length - padding);
  throw new ConnectionError("PROTOCOL_ERROR", "more padding than there is");
}
