/**
 * Counters as VPP keeps them: for each index one a thread, to be summed by whoever wants a total.
 *
 * A counter has 64 bits and is given as a number: up to 2^53, which the bytes of 100 Gbit/s reach
 * after 8 days, it is exact, and beyond that the nearest of the numbers that JavaScript has, as
 * Prometheus keeps it too. A sum is rounded once, at its end, and does not wrap around.
 *
 * @module
 */

/** A vector of counters for each thread, the main thread first. */
export interface Counters<T> {
  /** How many indices each thread has. Threads need not have the same, and some have none. */
  readonly lengths: readonly number[];
  /** The counter of one thread; 0 beyond what it has. */
  at(index: number, thread: number): T;
  /** The sum over all threads. */
  sum(index: number): T;
}

/** Counts of packets or of whatever else there is. */
export type SimpleCounters = Counters<number>;

/** Packets and their bytes, of which VPP may have counted one packet in only one of the two. */
export interface PacketsAndBytes {
  readonly packets: number;
  readonly bytes: number;
}

/** Counts of packets and bytes. */
export type CombinedCounters = Counters<PacketsAndBytes>;

/** For each thread its counters, each as two halves, the low one first. */
type Halves = readonly Uint32Array[];

/** Gives meaning to copies of a simple counter vector, one a thread. */
export function simpleCounters(threads: readonly Uint8Array<ArrayBuffer>[]): SimpleCounters {
  return counters(threads, 1, sumAt);
}

/** Gives meaning to copies of a combined counter vector, one a thread. */
export function combinedCounters(threads: readonly Uint8Array<ArrayBuffer>[]): CombinedCounters {
  return counters(threads, 2, (halves, place) => ({
    packets: sumAt(halves, place),
    bytes: sumAt(halves, place + 2),
  }));
}

function counters<T>(
  threads: readonly Uint8Array<ArrayBuffer>[],
  words: number,
  read: (halves: Halves, place: number) => T,
): Counters<T> {
  const halves = threads.map(({ buffer }) => new Uint32Array(buffer));
  return {
    lengths: halves.map(({ length }) => length / (2 * words)),
    at: (index, thread) => read(halves.slice(thread, thread + 1), 2 * words * index),
    sum: (index) => read(halves, 2 * words * index),
  };
}

/** Several times as fast as through BigInt, and as exact: each of the two sums stays below 2^53. */
function sumAt(halves: Halves, place: number): number {
  let low = 0;
  let high = 0;
  for (const thread of halves) {
    low += thread[place] ?? 0;
    high += thread[place + 1] ?? 0;
  }
  return high * 2 ** 32 + low;
}
