/**
 * How the streams ended that are no more, as far as they are remembered: it tells late frames, which
 * are in order, from wrong ones.
 *
 * @module
 */

/** How many are remembered. */
const remembered = 512;

/**
 * How a stream ended: the other end said so itself, as all was said or by a reset; or we reset it, and
 * the other end may not have known when it sent more.
 */
export type StreamEnd = "known" | "reset-here";

/** The streams that are no more. */
export interface PastStreams {
  /** Undefined = not remembered, or there was none. */
  get(id: number): StreamEnd | undefined;
  add(id: number, how: StreamEnd): void;
}

/** Makes an empty memory. */
export function pastStreams(): PastStreams {
  const past = new Map<number, StreamEnd>();
  return {
    get: (id) => past.get(id),
    add(id, how) {
      past.set(id, how);
      const [oldest] = past.keys();
      if (past.size > remembered && oldest !== undefined) past.delete(oldest);
    },
  };
}
