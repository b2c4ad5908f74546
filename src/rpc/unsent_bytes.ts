/**
 * How much memory the answers hold that callers have not taken yet.
 *
 * @module
 */

/** What one caller has not taken. */
export interface Unsent {
  /** Some bytes wait, or no longer, where the number is negative. */
  add(length: number): void;
}

/** What all callers together have not taken. */
export interface UnsentBytes {
  /** Begins to count for one caller. `cut` ends its connection, and with it all that waits. */
  of(cut: () => void): Unsent;
}

/** Counts. With more than `most` bytes, the caller for whom most of them wait is cut. */
export function unsentBytes(most: number): UnsentBytes {
  interface Caller {
    readonly cut: () => void;
    bytes: number;
    isCut: boolean;
  }
  const callers = new Set<Caller>();
  let total = 0;
  const cutWorst = () => {
    const [worst] = [...callers].sort((one, other) => other.bytes - one.bytes);
    if (worst === undefined) return;
    // Its bytes are as good as gone: what is left of its calls ends a little later.
    worst.isCut = true;
    total -= worst.bytes;
    callers.delete(worst);
    worst.cut();
  };
  return {
    of(cut) {
      const caller: Caller = { cut, bytes: 0, isCut: false };
      return {
        add(length) {
          if (caller.isCut) return;
          total += length;
          caller.bytes += length;
          if (caller.bytes > 0) callers.add(caller);
          else callers.delete(caller);
          if (total > most) cutWorst();
        },
      };
    },
  };
}
