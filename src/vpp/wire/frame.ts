/**
 * Frames: how messages follow each other on the stream. It has no other structure, so after a wrong
 * length there is no way back.
 *
 * @module
 */

import {
  frameHeaderBytes,
  maxMessageFromVppBytes,
  messageLength,
  sealFrame,
} from "./frame_header.ts";

export { frameHeaderBytes, maxMessageFromVppBytes, maxMessageToVppBytes } from "./frame_header.ts";

/** Where the buffer for a message that comes in pieces begins. It grows with what arrives. */
const firstBufferBytes = 4096;

/**
 * A frame around a message that is there already.
 *
 * @throws {WireError} The message is larger than the limit: `too-large`.
 */
export function frame(message: Uint8Array, limitBytes: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(frameHeaderBytes + message.length);
  bytes.set(message, frameHeaderBytes);
  sealFrame(bytes, limitBytes);
  return bytes;
}

/**
 * Takes the stream in chunks of any size and gives the messages in it.
 *
 * It keeps at most one message, and for it at most twice the bytes that have arrived, or 4 KiB,
 * whatever its length claims. After an error the rest of the stream is lost.
 */
export class FrameReader {
  readonly #limitBytes: number;
  /** The beginning of a frame that has not arrived whole. */
  #buffer = new Uint8Array(0);
  #buffered = 0;

  /** The limit is on the length of a message. */
  constructor(limitBytes: number = maxMessageFromVppBytes) {
    this.#limitBytes = limitBytes;
  }

  /**
   * The messages that are complete with this chunk. Go through all of them before the next chunk.
   * A message may be a view of the chunk, and is good until the chunk's memory is used again.
   *
   * @throws {WireError} A length beyond the limit: `too-large`. The messages before it come first.
   */
  *read(chunk: Uint8Array): Generator<Uint8Array, void> {
    let at = 0;
    if (this.#buffered > 0) {
      at += this.#fill(chunk, at, frameHeaderBytes);
      if (this.#buffered < frameHeaderBytes) return;
      const size = this.#frameSize(viewOf(this.#buffer), 0);
      at += this.#fill(chunk, at, size);
      if (this.#buffered < size) return;
      const message = this.#buffer.subarray(frameHeaderBytes, size);
      this.#buffer = new Uint8Array(0);
      this.#buffered = 0;
      yield message;
    }
    const view = viewOf(chunk);
    while (chunk.length - at >= frameHeaderBytes) {
      const size = this.#frameSize(view, at);
      if (chunk.length - at < size) break;
      yield chunk.subarray(at + frameHeaderBytes, at + size);
      at += size;
    }
    this.#fill(chunk, at, chunk.length - at);
  }

  #frameSize(view: DataView, at: number): number {
    return frameHeaderBytes + messageLength(view, at, this.#limitBytes);
  }

  /** Buffers bytes of the chunk until `wanted` are buffered or the chunk ends; returns how many. */
  #fill(chunk: Uint8Array, at: number, wanted: number): number {
    const size = Math.min(wanted - this.#buffered, chunk.length - at);
    if (size <= 0) return 0;
    const filled = this.#buffered + size;
    if (filled > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(filled, 2 * this.#buffer.length, firstBufferBytes));
      larger.set(this.#buffer.subarray(0, this.#buffered));
      this.#buffer = larger;
    }
    this.#buffer.set(chunk.subarray(at, at + size), this.#buffered);
    this.#buffered = filled;
    return size;
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
