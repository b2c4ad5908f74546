/**
 * How messages follow each other in a stream of gRPC: a byte that says whether the message is
 * compressed, four that say how long it is, then the message.
 *
 * @module
 */

import { RpcError } from "./status.ts";

const headLength = 5;

/** The most bytes that a message may have. */
export const largestMessage = 4 * 1024 * 1024;

/** The bytes of a message behind its head. */
export function frameMessage(message: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(headLength + message.length);
  new DataView(bytes.buffer).setUint32(1, message.length);
  bytes.set(message, headLength);
  return bytes;
}

/** A number of bytes that many share, for what they have not finished. */
export interface Allowance {
  /** False = there is not so much left. */
  take(length: number): boolean;
  giveBack(length: number): void;
}

/** An allowance of so many bytes. */
export function allowance(size: number): Allowance {
  let left = size;
  return {
    take(length) {
      if (length > left) return false;
      left -= length;
      return true;
    },
    giveBack: (length) => void (left += length),
  };
}

/** Messages that come in parts begin with so many bytes of memory, which need no allowance. */
const firstMemory = 1_024;

/**
 * The messages of a stream. `receive` gives its pieces, and null at its end.
 *
 * @throws {RpcError} A message is compressed, too large, or not complete.
 */
export async function* readMessages(
  receive: () => Promise<Uint8Array | null>,
  allowance: Allowance,
): AsyncGenerator<Uint8Array> {
  const head = new Uint8Array(headLength);
  let headFilled = 0;
  let length = 0;
  /** What is there of a message that comes in parts. Parts are copied: they may be very small. */
  let message = new Uint8Array();
  let filled = 0;
  let held = 0;
  /** Makes room, as much again as there was: what is announced may never come. */
  const grow = (needed: number) => {
    const size = Math.min(length, Math.max(needed, 2 * message.length, firstMemory));
    const more = size > firstMemory ? size - held : 0;
    if (!allowance.take(more)) {
      throw new RpcError("RESOURCE_EXHAUSTED", "too many large messages at once");
    }
    held += more;
    const grown = new Uint8Array(size);
    grown.set(message.subarray(0, filled));
    message = grown;
  };
  const letGo = () => {
    allowance.giveBack(held);
    held = 0;
    headFilled = 0;
    message = new Uint8Array();
    filled = 0;
  };
  try {
    for (;;) {
      const piece = await receive();
      if (piece === null) break;
      for (let at = 0; at < piece.length || headFilled === headLength && length === 0;) {
        if (headFilled < headLength) {
          const part = piece.subarray(at, at + headLength - headFilled);
          head.set(part, headFilled);
          headFilled += part.length;
          at += part.length;
          if (headFilled === headLength) length = lengthOf(head);
          continue;
        }
        const part = piece.subarray(at, at + length - filled);
        at += part.length;
        if (part.length < length) {
          if (filled + part.length > message.length) grow(filled + part.length);
          message.set(part, filled);
          filled += part.length;
          if (filled < length) continue;
        }
        yield part.length < length ? message : part;
        letGo();
      }
    }
    if (headFilled > 0) throw new RpcError("INVALID_ARGUMENT", "the last message is not complete");
  } finally {
    letGo();
  }
}

function lengthOf(head: Uint8Array<ArrayBuffer>): number {
  if (head[0] !== 0) throw new RpcError("UNIMPLEMENTED", "messages must not be compressed");
  const length = new DataView(head.buffer).getUint32(1);
  if (length <= largestMessage) return length;
  const text = `a message of ${length} bytes, where at most ${largestMessage} are taken`;
  throw new RpcError("RESOURCE_EXHAUSTED", text);
}
