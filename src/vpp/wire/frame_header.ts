/**
 * What stands in front of each message on the stream: 16 bytes, of which only four, its length, mean
 * anything. The others are pointers of VPP's own, zero in what is sent to it.
 *
 * @module
 */

import { WireError } from "./wire_error.ts";

/** The bytes in front of each message. */
export const frameHeaderBytes = 16;

/** The largest message to VPP: far more than any that is declared here needs. */
export const maxMessageToVppBytes = 64 * 1024;

/** The largest message from VPP: the definitions of all its messages are a few MiB. */
export const maxMessageFromVppBytes = 16 * 1024 * 1024;

const lengthAt = 8;

/**
 * Writes the length of the message into its frame, the message being there already.
 *
 * @throws {WireError} The message is larger than the limit: `too-large`.
 */
export function sealFrame(frame: Uint8Array, limitBytes: number): void {
  const length = frame.length - frameHeaderBytes;
  checkLength(length, limitBytes);
  new DataView(frame.buffer, frame.byteOffset).setUint32(lengthAt, length);
}

/**
 * The length that the header at this place gives, checked before anything is made of that size.
 *
 * @throws {WireError} It is larger than the limit: `too-large`.
 */
export function messageLength(view: DataView, at: number, limitBytes: number): number {
  const length = view.getUint32(at + lengthAt);
  checkLength(length, limitBytes);
  return length;
}

function checkLength(length: number, limitBytes: number): void {
  if (length <= limitBytes) return;
  throw new WireError("too-large", `a message of ${length} bytes where ${limitBytes} are allowed`);
}
