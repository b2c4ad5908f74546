/**
 * One reading for all who ask at about the same time.
 *
 * @module
 */

import type { Clock } from "../clock.ts";

/** What is shared, and for how long. */
export interface SharedReadOptions<T> {
  readonly clock: Pick<Clock, "monotonic">;
  /** How long a result is good enough, from when it came. */
  readonly maxAgeMs: number;
  readonly read: () => Promise<T>;
}

/** A reading that is shared. */
export interface SharedRead<T> {
  /**
   * Reads when somebody asks. Whoever asks meanwhile, or within `maxAgeMs` after it, is given the same
   * result: also the same error, so that a reading that fails is not repeated any faster.
   */
  read(): Promise<T>;
  /** What is read has changed: whoever asks from now on is given none of what was read before. */
  forget(): void;
}

/** Makes a shared reading. */
export function sharedRead<T>({ clock, maxAgeMs, read }: SharedReadOptions<T>): SharedRead<T> {
  let shared: { readonly result: Promise<T>; endMs: number } | null = null;
  return {
    read() {
      if (shared === null || clock.monotonic() - shared.endMs >= maxAgeMs) {
        const reading = { result: read(), endMs: Infinity };
        const end = () => {
          reading.endMs = clock.monotonic();
        };
        reading.result.then(end, end);
        shared = reading;
      }
      return shared.result;
    },
    forget: () => void (shared = null),
  };
}
