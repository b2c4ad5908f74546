/**
 * Cuts a stream of bytes, which comes in pieces of any size, into frames.
 *
 * @module
 */

import { ConnectionError } from "./error_code.ts";
import { type Frame, headLength, readUint31 } from "./frame.ts";

/** Cuts bytes into frames. */
export interface FrameReader {
  /**
   * Takes what came next, and gives the frames that it completes. They may share its memory.
   *
   * @throws {ConnectionError} A frame is larger than allowed. Nothing of it is kept.
   */
  push(bytes: Uint8Array): Iterable<Frame>;
}

/** Makes a reader of frames whose payload has at most so many bytes. */
export function frameReader(largestPayload: number): FrameReader {
  /** The beginning of a frame of which more is to come; null = the next byte begins one. */
  let begun: Uint8Array | null = null;
  /** How much of it is there. */
  let filled = 0;

  /** How long the frame is of which these are the first bytes, as far as it is known yet. */
  const knownLength = (bytes: Uint8Array, from: number, available: number) => {
    if (available < headLength) return headLength;
    const [a = 0, b = 0, c = 0] = bytes.subarray(from, from + 3);
    const length = a << 16 | b << 8 | c;
    if (length > largestPayload) {
      throw new ConnectionError("FRAME_SIZE_ERROR", `a frame of ${length} bytes is too large`);
    }
    return headLength + length;
  };

  return {
    *push(bytes) {
      let at = 0;
      while (at < bytes.length) {
        if (begun === null) {
          const available = bytes.length - at;
          const length = knownLength(bytes, at, available);
          if (available >= length) {
            yield frameOf(bytes.subarray(at, at + length));
            at += length;
            continue;
          }
          begun = new Uint8Array(length);
          filled = 0;
        }
        const part = bytes.subarray(at, at + begun.length - filled);
        begun.set(part, filled);
        filled += part.length;
        at += part.length;
        if (filled < begun.length) continue;
        const length = knownLength(begun, 0, filled);
        if (length === filled) {
          const whole = begun;
          begun = null;
          yield frameOf(whole);
        } else {
          const head = begun;
          begun = new Uint8Array(length);
          begun.set(head);
        }
      }
    },
  };
}

function frameOf(bytes: Uint8Array): Frame {
  const [, , , type = 0, flags = 0] = bytes;
  return { type, flags, stream: readUint31(bytes, 5), payload: bytes.subarray(headLength) };
}
