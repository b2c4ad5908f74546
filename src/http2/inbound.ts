/**
 * What has come on a stream and was not taken yet.
 *
 * @module
 */

/** The receiving half of a stream. */
export interface Inbound {
  /** How many bytes wait. */
  readonly length: number;
  push(bytes: Uint8Array): void;
  /** Nothing more will come. */
  end(): void;
  /** Whoever waits, or comes later, gets the error; what waited is dropped. */
  fail(error: Error): void;
  /**
   * What came next, or null at the end. One call at a time.
   *
   * @throws {Error} What {@link Inbound.fail} was given.
   */
  receive(): Promise<Uint8Array | null>;
}

/** As much memory is taken at least for what waits. */
const smallestPiece = 1_024;

/** What waits: memory, and how much of it is in use. */
interface Piece {
  readonly memory: Uint8Array;
  filled: number;
}

/** Makes an empty half. `onTaken` hears of each piece that was taken out. */
export function inbound(onTaken: (length: number) => void): Inbound {
  const pieces: Piece[] = [];
  let length = 0;
  let ending: { readonly error: Error | null } | undefined;
  let waiting: PromiseWithResolvers<Uint8Array | null> | undefined;

  const settle = () => {
    if (waiting === undefined) return;
    const { resolve, reject } = waiting;
    const piece = pieces.shift();
    if (piece !== undefined) {
      const { memory, filled } = piece;
      length -= filled;
      onTaken(filled);
      resolve(memory.subarray(0, filled));
    } else if (ending?.error) {
      reject(ending.error);
    } else if (ending !== undefined) {
      resolve(null);
    } else {
      return;
    }
    waiting = undefined;
  };
  /**
   * Keeps a copy: what comes may be a byte at a time, or the little of value in much more memory, and
   * whoever sends it must not make us hold much more than they were allowed to send.
   */
  const keep = (bytes: Uint8Array) => {
    let last = pieces.at(-1);
    if (last === undefined || last.memory.length - last.filled < bytes.length) {
      last = { memory: new Uint8Array(Math.max(smallestPiece, bytes.length)), filled: 0 };
      pieces.push(last);
    }
    last.memory.set(bytes, last.filled);
    last.filled += bytes.length;
    length += bytes.length;
  };
  return {
    get length() {
      return length;
    },
    push(bytes) {
      if (bytes.length === 0 || ending !== undefined) return;
      if (waiting === undefined) return keep(bytes);
      const { resolve } = waiting;
      waiting = undefined;
      onTaken(bytes.length);
      resolve(bytes);
    },
    end() {
      ending ??= { error: null };
      settle();
    },
    fail(error) {
      if (ending?.error) return;
      ending = { error };
      pieces.length = 0;
      length = 0;
      settle();
    },
    receive() {
      if (waiting !== undefined) throw new Error("somebody receives already");
      waiting = Promise.withResolvers();
      const { promise } = waiting;
      settle();
      return promise;
    },
  };
}
