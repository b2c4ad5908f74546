/**
 * Two ends of a connection in memory, for tests that need no network.
 *
 * @module
 */

import type { Transport } from "../transport/transport.ts";

/** One end. */
export interface PairEnd extends Transport {
  /** Whether this end was closed. */
  readonly isClosed: boolean;
  /** How many bytes were written here, and not read at the other end yet. */
  readonly unread: number;
  /** How many bytes were read here. */
  readonly taken: number;
}

/** One direction: a pipe that holds so many bytes before its writer has to wait. */
function pipe(capacity: number) {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let taken = 0;
  let isEnded = false;
  let wakeReader = () => {};
  let wakeWriter = () => {};
  const woken = (setWake: (wake: () => void) => void) =>
    new Promise<void>((resolve) => setWake(resolve));
  return {
    get length() {
      return length;
    },
    get taken() {
      return taken;
    },
    end() {
      isEnded = true;
      wakeReader();
      wakeWriter();
    },
    async write(bytes: Uint8Array) {
      if (isEnded) throw new Error("broken pipe");
      pieces.push(bytes.slice());
      length += bytes.length;
      wakeReader();
      while (length > capacity && !isEnded) await woken((wake) => wakeWriter = wake);
      if (isEnded && length > 0) throw new Error("broken pipe");
    },
    async read(): Promise<Uint8Array | null> {
      for (;;) {
        const piece = pieces.shift();
        if (piece !== undefined) {
          length -= piece.length;
          taken += piece.length;
          wakeWriter();
          return piece;
        }
        if (isEnded) return null;
        await woken((wake) => wakeReader = wake);
      }
    },
  };
}

/** Makes both ends. A write waits while more than `capacity` bytes of its direction are unread. */
export function transportPair({ capacity = 65_536 } = {}): readonly [PairEnd, PairEnd] {
  const pipes = [pipe(capacity), pipe(capacity)] as const;
  const endOf = (own: typeof pipes[0], other: typeof pipes[0]): PairEnd => {
    let isClosed = false;
    const needOpen = () => {
      if (isClosed) throw new Error("the connection was closed here");
    };
    return {
      get isClosed() {
        return isClosed;
      },
      get unread() {
        return own.length;
      },
      get taken() {
        return other.taken;
      },
      async read() {
        needOpen();
        const bytes = await other.read();
        if (bytes === null) needOpen();
        return bytes;
      },
      async write(bytes) {
        needOpen();
        await own.write(bytes);
      },
      close() {
        isClosed = true;
        own.end();
        other.end();
      },
    };
  };
  return [endOf(pipes[0], pipes[1]), endOf(pipes[1], pipes[0])];
}
