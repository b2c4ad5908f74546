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

/** Makes an empty half. `onTaken` hears of each piece that was taken out. */
export function inbound(onTaken: (length: number) => void): Inbound {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let ending: { readonly error: Error | null } | undefined;
  let waiting: PromiseWithResolvers<Uint8Array | null> | undefined;

  const settle = () => {
    if (waiting === undefined) return;
    const { resolve, reject } = waiting;
    const piece = pieces.shift();
    if (piece !== undefined) {
      length -= piece.length;
      onTaken(piece.length);
      resolve(piece);
    } else if (ending?.error) {
      reject(ending.error);
    } else if (ending !== undefined) {
      resolve(null);
    } else {
      return;
    }
    waiting = undefined;
  };
  return {
    get length() {
      return length;
    },
    push(bytes) {
      if (bytes.length === 0 || ending !== undefined) return;
      pieces.push(bytes);
      length += bytes.length;
      settle();
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
