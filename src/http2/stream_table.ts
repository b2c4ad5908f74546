/**
 * The streams of a session: those that are open, and which numbers were used.
 *
 * Streams that a client opens have odd numbers, each higher than those before.
 *
 * @module
 */

import { ConnectionError, StreamError } from "./error_code.ts";
import { pastStreams, type StreamEnd } from "./past_streams.ts";
import type { Stream } from "./stream.ts";

/** The streams of a session. */
export interface StreamTable {
  /** How many are open. */
  readonly size: number;
  /** The last one of the other end that was not turned away. */
  readonly lastServed: number;
  get(id: number): Stream | undefined;
  /** Those that are open, as they are now. */
  all(): readonly Stream[];
  add(stream: Stream): void;
  /** Takes out a stream; false = it was not there. */
  remove(id: number, how: StreamEnd): boolean;
  clear(): void;
  /** How a stream ended that is no more, as far as that is remembered. */
  endOf(id: number): StreamEnd | undefined;
  /** Remembers that a stream was reset here, whether it was open or not. */
  markReset(id: number): void;
  /**
   * The stream that the other end speaks of, or undefined if it is no more.
   *
   * @throws {ConnectionError} Nobody has opened it yet.
   */
  find(id: number): Stream | undefined;
  /**
   * Whether the other end may open a stream.
   *
   * @throws {ConnectionError} It cannot be opened again, or by them.
   * @throws {StreamError} There are too many.
   */
  accept(id: number): boolean;
  /** Turns away what is opened from now on. */
  stopAccepting(): void;
  /** The number of the next stream that is opened here. */
  nextId(): number;
}

/** Makes an empty table. A client accepts no streams. */
export function streamTable(
  { isServer, mostAccepted }: { readonly isServer: boolean; readonly mostAccepted: number },
): StreamTable {
  const open = new Map<number, Stream>();
  const past = pastStreams();
  let lastOfOthers = 0;
  let lastServed = 0;
  let next = 1;
  let isAccepting = true;

  const isIdle = (id: number) => (id % 2 === 1) === isServer ? id > lastOfOthers : id >= next;
  return {
    get size() {
      return open.size;
    },
    get lastServed() {
      return lastServed;
    },
    get: (id) => open.get(id),
    all: () => [...open.values()],
    add: (stream) => void open.set(stream.id, stream),
    remove(id, how) {
      if (!open.delete(id)) return false;
      past.add(id, how);
      return true;
    },
    clear: () => open.clear(),
    endOf: past.get,
    markReset: (id) => past.add(id, "reset-here"),
    find(id) {
      if (!isIdle(id)) return open.get(id);
      throw new ConnectionError("PROTOCOL_ERROR", `stream ${id} is not open`);
    },
    accept(id) {
      if (!isServer || !isIdle(id)) {
        const how = past.get(id);
        if (how === "reset-here") return false;
        const code = how === undefined ? "PROTOCOL_ERROR" : "STREAM_CLOSED";
        throw new ConnectionError(code, `headers on stream ${id}, which is not open`);
      }
      if (id % 2 === 0) throw new ConnectionError("PROTOCOL_ERROR", `a client's stream ${id}`);
      lastOfOthers = id;
      if (!isAccepting) past.add(id, "reset-here");
      if (!isAccepting) return false;
      lastServed = id;
      if (open.size < mostAccepted) return true;
      throw new StreamError("REFUSED_STREAM", "too many streams at once");
    },
    stopAccepting: () => void (isAccepting = false),
    nextId() {
      const id = next;
      next += 2;
      return id;
    },
  };
}
