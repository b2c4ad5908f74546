/**
 * A stream between a client and a VPP in memory, whose every promise is kept without time passing.
 *
 * @module
 */

import type { Transport } from "../../src/vpp/api/mod.ts";

/** Both ends of a stream. */
export interface MemoryStream {
  /** The client's end. */
  readonly transport: Transport;
  readonly isClosed: boolean;
  /** The next frame of the client; null when it has none any more. */
  next(): Promise<Uint8Array | null>;
  /** Answers a frame with these, which may be none. */
  answer(frames: readonly Uint8Array[]): void;
  hangUp(): void;
}

/** What a stream is told, and tells. */
export interface MemoryStreamOptions {
  /** Cuts what the client writes into frames. */
  readonly cut: (bytes: Uint8Array) => readonly Uint8Array[];
  /** Told that frames have come, of which so many have no answer. */
  readonly onArrival: (unanswered: number) => void;
  readonly onClose: () => void;
}

/** Makes one. */
export function memoryStream({ cut, onArrival, onClose }: MemoryStreamOptions): MemoryStream {
  const toVpp: Uint8Array[] = [];
  const toClient: Uint8Array[] = [];
  let unanswered = 0;
  let isClosed = false;
  let changed = Promise.withResolvers<void>();

  const change = () => {
    changed.resolve();
    changed = Promise.withResolvers();
  };
  const taken = async (from: Uint8Array[]): Promise<Uint8Array | null> => {
    while (from.length === 0 && !isClosed) await changed.promise;
    return from.shift() ?? null;
  };
  const hangUp = () => {
    if (isClosed) return;
    isClosed = true;
    toVpp.length = 0;
    onClose();
    change();
  };
  return {
    transport: {
      read: async (buffer) => {
        const chunk = await taken(toClient);
        if (chunk === null) return null;
        const rest = chunk.subarray(buffer.length);
        if (rest.length > 0) toClient.unshift(rest);
        buffer.set(chunk.subarray(0, buffer.length));
        return Math.min(chunk.length, buffer.length);
      },
      write: (bytes) => {
        if (isClosed) return Promise.reject(new Deno.errors.BrokenPipe("VPP has hung up"));
        const frames = cut(bytes);
        toVpp.push(...frames);
        unanswered += frames.length;
        onArrival(unanswered);
        change();
        return Promise.resolve(bytes.length);
      },
      close: hangUp,
    },
    get isClosed() {
      return isClosed;
    },
    next: () => taken(toVpp),
    answer: (frames) => {
      unanswered--;
      if (isClosed) return;
      toClient.push(...frames);
      change();
    },
    hangUp,
  };
}
