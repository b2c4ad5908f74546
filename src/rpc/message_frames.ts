/**
 * How messages follow each other in a stream of gRPC: a byte that says whether the message is
 * compressed, four that say how long it is, then the message.
 *
 * @module
 */

import { joined } from "../http2/mod.ts";
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
  let parts: Uint8Array[] = [];
  let missing = 0;
  let held = 0;
  const hold = (part: Uint8Array) => {
    if (!allowance.take(part.length)) {
      throw new RpcError("RESOURCE_EXHAUSTED", "too many large messages at once");
    }
    held += part.length;
    parts.push(part);
    missing -= part.length;
  };
  try {
    for (;;) {
      const piece = await receive();
      if (piece === null) break;
      for (let at = 0; at < piece.length || headFilled === headLength && missing === 0;) {
        if (headFilled < headLength) {
          const part = piece.subarray(at, at + headLength - headFilled);
          head.set(part, headFilled);
          headFilled += part.length;
          at += part.length;
          if (headFilled === headLength) missing = lengthOf(head);
          continue;
        }
        const part = piece.subarray(at, at + missing);
        if (part.length > 0) hold(part);
        at += part.length;
        if (missing > 0) continue;
        yield joined(parts, held);
        allowance.giveBack(held);
        parts = [];
        held = 0;
        headFilled = 0;
      }
    }
    if (headFilled > 0) throw new RpcError("INVALID_ARGUMENT", "the last message is not complete");
  } finally {
    allowance.giveBack(held);
  }
}

function lengthOf(head: Uint8Array<ArrayBuffer>): number {
  if (head[0] !== 0) throw new RpcError("UNIMPLEMENTED", "messages must not be compressed");
  const length = new DataView(head.buffer).getUint32(1);
  if (length <= largestMessage) return length;
  const text = `a message of ${length} bytes, where at most ${largestMessage} are taken`;
  throw new RpcError("RESOURCE_EXHAUSTED", text);
}
