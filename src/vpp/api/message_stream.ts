/**
 * A stream of messages over a socket.
 *
 * @module
 */

import { FrameReader, WireError } from "../wire/mod.ts";
import { ApiError } from "./api_error.ts";

/** What this room needs of a socket: `Deno.connect` gives it. */
export interface Transport {
  /** Reads into the buffer; null at the end. */
  read(buffer: Uint8Array): Promise<number | null>;
  /** Writes some of the bytes and says how many. */
  write(bytes: Uint8Array): Promise<number>;
  close(): void;
}

/** Takes what arrives. */
export interface MessageHandler {
  /** A message, which is good until this returns. */
  message(bytes: Uint8Array): void;
  /** The stream ended, for this reason; nothing follows. */
  end(error: ApiError): void;
}

const readBytes = 64 * 1024;

/** How much is written at once. What waits longer is bounded by who sends. */
const writeBytes = 64 * 1024;

/** Reads and writes messages on a transport, which belongs to it from then on. */
export class MessageStream {
  readonly #transport: Transport;
  #handler: MessageHandler;
  #outbox: Uint8Array[] = [];
  #isWriting = false;
  #isOpen = true;

  constructor(transport: Transport, handler: MessageHandler) {
    this.#transport = transport;
    this.#handler = handler;
    this.#read();
  }

  /** Another takes what arrives from now on. */
  handOver(handler: MessageHandler): void {
    this.#handler = handler;
  }

  /** Sends a frame, in order, together with others that are sent in the same turn. */
  send(frame: Uint8Array): void {
    if (!this.#isOpen) return;
    this.#outbox.push(frame);
    if (!this.#isWriting) this.#write();
  }

  /** Closes the socket, for this reason. */
  close(error: ApiError): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#outbox = [];
    this.#transport.close();
    this.#handler.end(error);
  }

  async #read(): Promise<void> {
    const frames = new FrameReader();
    const buffer = new Uint8Array(readBytes);
    try {
      while (this.#isOpen) {
        const count = await this.#transport.read(buffer);
        if (count === null) throw new ApiError("closed", "VPP closed the connection");
        for (const message of frames.read(buffer.subarray(0, count))) {
          this.#handler.message(message);
          if (!this.#isOpen) return;
        }
      }
    } catch (error) {
      this.close(asApiError(error));
    }
  }

  async #write(): Promise<void> {
    this.#isWriting = true;
    // What is sent in this turn of the event loop goes out together.
    await Promise.resolve();
    try {
      while (this.#outbox.length > 0) {
        let rest = takeBatch(this.#outbox);
        while (rest.length > 0) rest = rest.subarray(await this.#transport.write(rest));
      }
    } catch (error) {
      this.close(asApiError(error));
    } finally {
      this.#isWriting = false;
    }
  }
}

/** Takes frames off the beginning, as many as fit into one write. */
function takeBatch(outbox: Uint8Array[]): Uint8Array {
  let length = outbox[0]?.length ?? 0;
  let count = 1;
  for (; count < outbox.length; count++) {
    const more = length + (outbox[count]?.length ?? 0);
    if (more > writeBytes) break;
    length = more;
  }
  const batch = new Uint8Array(length);
  let at = 0;
  for (const frame of outbox.splice(0, count)) {
    batch.set(frame, at);
    at += frame.length;
  }
  return batch;
}

function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof WireError) {
    return new ApiError("protocol", `VPP sent what is no message: ${error.message}`, {
      cause: error,
    });
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new ApiError("closed", `the connection to VPP broke: ${reason}`, { cause: error });
}
