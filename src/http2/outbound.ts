/**
 * What is to be sent on a stream, as soon as the windows are open.
 *
 * @module
 */

/** The sending half of a stream. */
export interface Outbound {
  /** Whether nothing is left to be taken. */
  readonly isEmpty: boolean;
  /**
   * Adds bytes; resolves when all of them were taken.
   *
   * Nobody has to wait for the promise: that it rejects is no error unless somebody does.
   */
  push(bytes: Uint8Array): Promise<void>;
  /** Takes at most so many bytes of what is first. */
  take(atMost: number): Uint8Array;
  /** Drops what is left, and rejects who waits for it. */
  fail(error: Error): void;
}

/** Makes an empty half. */
export function outbound(): Outbound {
  interface Piece extends Pick<PromiseWithResolvers<void>, "resolve" | "reject"> {
    rest: Uint8Array;
  }
  const pieces: Piece[] = [];
  return {
    get isEmpty() {
      return pieces.length === 0;
    },
    push(bytes) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      promise.catch(() => {});
      pieces.push({ rest: bytes, resolve, reject });
      return promise;
    },
    take(atMost) {
      const [first] = pieces;
      if (first === undefined) return new Uint8Array();
      const taken = first.rest.subarray(0, atMost);
      first.rest = first.rest.subarray(taken.length);
      if (first.rest.length === 0) {
        pieces.shift();
        first.resolve();
      }
      return taken;
    },
    fail(error) {
      for (const { reject } of pieces.splice(0)) reject(error);
    },
  };
}
