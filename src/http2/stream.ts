/**
 * One stream: a message in each direction, each a head, any number of bytes, and trailers.
 *
 * @module
 */

import { type ErrorCode, StreamError } from "./error_code.ts";
import { encodeFrame, flags } from "./frame.ts";
import { valueOf } from "./head.ts";
import type { Header } from "./hpack/mod.ts";
import { inbound } from "./inbound.ts";
import { outbound } from "./outbound.ts";
import type { Sender } from "./output.ts";
import type { ReceiveWindow } from "./receive_window.ts";

/** A stream as its users see it. */
export interface Http2Stream {
  readonly id: number;
  /** The head of what comes. Rejects as {@link Http2Stream.receive} does. */
  readonly head: Promise<readonly Header[]>;
  /** What came behind the message, once it is at its end; null = nothing. */
  readonly trailers: readonly Header[] | null;
  /**
   * What came next of the message, or null at its end. One call at a time. What is not taken keeps the
   * other end from sending more.
   *
   * @throws {StreamError} The stream was ended by either end.
   * @throws {ConnectionError} The connection was.
   */
  receive(): Promise<Uint8Array | null>;
  /** Sends the head of the message, which comes first. */
  sendHead(headers: readonly Header[], options?: { readonly isLast?: boolean }): void;
  /**
   * Sends bytes, which must not change any more. Resolves when they are on their way, which takes until
   * the other end wants them, and rejects as {@link Http2Stream.receive} does. Nobody has to wait.
   */
  send(bytes: Uint8Array): Promise<void>;
  /** Ends the message when all of it was sent. */
  end(trailers?: readonly Header[]): void;
  /** Ends the stream in both directions at once. Harmless when it is over. */
  reset(code: ErrorCode, reason: string): void;
  /** Calls the listener if the stream ends before its time, with why; at once if it has. */
  onFailure(listener: (error: Error) => void): void;
}

/** What a stream needs of its session. */
export interface StreamHome {
  /** Sends headers at once. */
  sendHeaders(stream: Stream, headers: readonly Header[], isLast: boolean): void;
  /** Has the stream asked for frames, because it has some. */
  schedule(stream: Stream): void;
  /** The other end may send as many bytes again. */
  giveBack(stream: Stream, length: number): void;
  /** Nothing more is to be sent, or taken, on this stream. */
  finish(stream: Stream): void;
  /** Tells the other end that the stream is over. */
  reset(stream: Stream, code: ErrorCode): void;
}

/** A stream as its session sees it. */
export interface Stream extends Http2Stream, Sender {
  readonly receiveWindow: ReceiveWindow;
  readonly isLocalEnded: boolean;
  readonly isRemoteEnded: boolean;
  readonly hasHead: boolean;
  takeHead(headers: readonly Header[]): void;
  /** @throws {StreamError} It is more than was announced. */
  takeData(bytes: Uint8Array): void;
  /** @throws {StreamError} It is less than was announced. */
  takeEnd(trailers: readonly Header[] | null): void;
  /** Ends both directions, without a word to the other end. */
  fail(error: Error): void;
  /** The other end wants no more of what is sent; what came stays. */
  stopSending(error: Error): void;
  /** Nobody will take what is left of what came. */
  discard(): void;
}

/** Makes a stream. */
export function openStream(
  id: number,
  home: StreamHome,
  windows: { readonly send: number; readonly receive: ReceiveWindow },
): Stream {
  const arriving = inbound((length) => home.giveBack(stream, length));
  const leaving = outbound();
  const head = Promise.withResolvers<readonly Header[]>();
  head.promise.catch(() => {});
  const listeners: ((error: Error) => void)[] = [];
  let trailers: readonly Header[] | null = null;
  let hasHead = false;
  let isRemoteEnded = false;
  let local: "sending" | "ending" | "ended" = "sending";
  let ownTrailers: readonly Header[] = [];
  let failure: Error | undefined;
  /** How many bytes are announced and have not come; null where nothing is announced. */
  let announced: number | null = null;

  const lengthError = () => new StreamError("PROTOCOL_ERROR", "content-length is not the length");
  const isOver = () => failure !== undefined || local === "ended" && isRemoteEnded;
  const endLocal = () => {
    local = "ended";
    home.finish(stream);
  };
  const stream: Stream = {
    id,
    head: head.promise,
    sendWindow: windows.send,
    receiveWindow: windows.receive,
    get trailers() {
      return trailers;
    },
    get isLocalEnded() {
      return local === "ended";
    },
    get isRemoteEnded() {
      return isRemoteEnded;
    },
    get hasHead() {
      return hasHead;
    },
    receive: arriving.receive,
    sendHead(headers, { isLast = false } = {}) {
      if (failure !== undefined || local === "ended") return;
      home.sendHeaders(stream, headers, isLast);
      if (isLast) endLocal();
    },
    send(bytes) {
      if (failure !== undefined) return rejected(failure);
      if (local !== "sending") return rejected(new Error("the message is at its end"));
      if (bytes.length === 0) return Promise.resolve();
      const sent = leaving.push(bytes);
      home.schedule(stream);
      return sent;
    },
    end(last = []) {
      if (failure !== undefined || local !== "sending") return;
      local = "ending";
      ownTrailers = last;
      home.schedule(stream);
    },
    reset(code, reason) {
      // What was not taken would keep the connection's window narrow for ever.
      if (isOver()) return stream.discard();
      home.reset(stream, code);
      stream.fail(new StreamError(code, reason));
    },
    onFailure(listener) {
      if (failure === undefined) listeners.push(listener);
      else listener(failure);
    },
    takeHead(headers) {
      hasHead = true;
      const length = valueOf(headers, "content-length");
      if (length !== undefined && /^\d{1,15}$/.test(length)) announced = Number(length);
      head.resolve(headers);
    },
    takeData(bytes) {
      if (announced !== null && (announced -= bytes.length) < 0) {
        home.giveBack(stream, bytes.length);
        throw lengthError();
      }
      arriving.push(bytes);
    },
    takeEnd(last) {
      if (announced !== null && announced !== 0) throw lengthError();
      isRemoteEnded = true;
      trailers = last;
      arriving.end();
      home.finish(stream);
    },
    fail(error) {
      if (isOver()) return;
      failure = error;
      head.reject(error);
      stream.discard();
      leaving.fail(error);
      for (const listener of listeners.splice(0)) listener(error);
    },
    stopSending(error) {
      local = "ended";
      leaving.fail(error);
    },
    discard() {
      const { length } = arriving;
      arriving.fail(failure ?? new StreamError("CANCEL", "nobody waits for the rest"));
      home.giveBack(stream, length);
    },
    nextFrame(largest) {
      if (local === "ended" || failure !== undefined) return undefined;
      if (leaving.isEmpty) {
        if (local !== "ending") return undefined;
        if (ownTrailers.length > 0) {
          home.sendHeaders(stream, ownTrailers, true);
          endLocal();
          return undefined;
        }
        endLocal();
        return { frame: encodeFrame("data", id, { flags: flags.endStream }), length: 0 };
      }
      const atMost = Math.min(largest, stream.sendWindow);
      if (atMost <= 0) return undefined;
      const payload = leaving.take(atMost);
      const isLast = local === "ending" && leaving.isEmpty && ownTrailers.length === 0;
      if (isLast) endLocal();
      const frame = encodeFrame("data", id, { flags: isLast ? flags.endStream : 0, payload });
      return { frame, length: payload.length };
    },
  };
  return stream;
}

function rejected(error: Error): Promise<void> {
  const promise = Promise.reject(error);
  promise.catch(() => {});
  return promise;
}
