/**
 * The state of a connection of HTTP/2 (RFC 9113), without the connection: bytes that came are put in,
 * bytes to be sent are taken out, and streams appear.
 *
 * @module
 */

import { ConnectionError, type ErrorCode, StreamError } from "./error_code.ts";
import {
  encodeFrame,
  flags,
  type Frame,
  frameTypes,
  goAwayFrame,
  headerFrames,
  preface,
  resetFrame,
  windowUpdateFrame,
} from "./frame.ts";
import { frameReader } from "./frame_reader.ts";
import { headProblem } from "./head.ts";
import { type HeaderBlock, headerBlocks } from "./header_block.ts";
import { encodeHeaders, type Header, hpackDecoder, HpackError } from "./hpack/mod.ts";
import { dependsOnItselfError, type Incoming, readFrame } from "./incoming.ts";
import { output } from "./output.ts";
import type { StreamEnd } from "./past_streams.ts";
import { isMistaken, plainAnswer, prefaceReader } from "./preface_reader.ts";
import { receiveWindow } from "./receive_window.ts";
import {
  applySettings,
  encodeSettings,
  initialSettings,
  largestWindow,
  type Settings,
  smallestMaxFrameSize,
} from "./settings.ts";
import { type Http2Stream, openStream, type Stream, type StreamHome } from "./stream.ts";
import { streamTable } from "./stream_table.ts";

/** What a session is made with. */
export interface SessionOptions {
  readonly role: "client" | "server";
  /** How many streams the other end may have open. Default: 256; a client accepts none. */
  readonly maxConcurrentStreams?: number;
  /** How much may come on a stream, and on all together, before it is taken. */
  readonly windows: { readonly stream: number; readonly connection: number };
  /** A stream was opened by the other end. Its head has come. */
  readonly onStream?: (stream: Http2Stream, head: readonly Header[]) => void;
  /** There may be something to be taken. */
  readonly onOutput: () => void;
}

/** The state of a connection. */
export interface Session {
  /** How many streams are open. */
  readonly streams: number;
  /** How many streams ended before they were over because of what the other end did. */
  readonly abandoned: number;
  /** How many bytes wait that the other end caused and no window holds back: pongs, heads, resets. */
  readonly replies: number;
  /** Whether the other end has begun to speak HTTP/2. */
  readonly isEstablished: boolean;
  /** Whether the other end wants no more streams. */
  readonly isRemoteClosing: boolean;
  /**
   * Takes what came next.
   *
   * @throws {ConnectionError} The connection cannot go on. What has to be said about it can be taken.
   */
  receive(bytes: Uint8Array): void;
  /** What is to be sent next: about as many bytes, none if there is nothing. */
  take(atMost: number): Uint8Array;
  /** Opens a stream, as a client. It fails at once where the other end takes none any more. */
  open(headers: readonly Header[], options?: { readonly isLast?: boolean }): Http2Stream;
  /** Takes no more streams; those that are open go on. */
  goAway(code: ErrorCode, reason: string): void;
  /** Asks for a sign of life. */
  ping(): void;
  /** Ends all streams, without a word to the other end. */
  fail(error: Error): void;
}

/** The largest list of headers, counted as the settings count: a request that has more is refused. */
const largestHeaderList = 16_384;

/**
 * Begins a session. What a client has to say first can be taken at once; a server waits until it knows
 * that the other end speaks HTTP/2.
 */
export function startSession(options: SessionOptions): Session {
  const { role, maxConcurrentStreams = 256, windows, onStream } = options;
  const isServer = role === "server";
  const out = output(options.onOutput);
  const reader = frameReader(smallestMaxFrameSize);
  const blocks = headerBlocks();
  const decoder = hpackDecoder({ maxTableSize: 4096, maxListSize: largestHeaderList });
  const streams = streamTable({ isServer, mostAccepted: maxConcurrentStreams });
  const prefaced = isServer ? prefaceReader() : null;
  const connectionWindow = receiveWindow(
    windows.connection,
    (increment) => out.write(windowUpdateFrame(0, increment)),
  );
  let remote: Settings = initialSettings;
  let hasGreeted = false;
  let hasSettings = false;
  /** Whether the headers that are being collected say so of their stream. */
  let dependsOnItself = false;
  let isClosing = false;
  let isRemoteClosing = false;
  let abandoned = 0;
  let failure: Error | undefined;

  const forget = (stream: Stream, how: StreamEnd) => {
    if (streams.remove(stream.id, how)) out.unschedule(stream);
  };
  const home: StreamHome = {
    sendHeaders({ id }, headers, isLast) {
      const { maxFrameSize } = remote;
      for (const frame of headerFrames(id, encodeHeaders(headers), { isLast, maxFrameSize })) {
        out.write(frame, { isReply: isServer });
      }
    },
    schedule: out.schedule,
    giveBack({ receiveWindow, isRemoteEnded, id }, length) {
      connectionWindow.giveBack(length);
      if (!isRemoteEnded && streams.get(id) !== undefined) receiveWindow.giveBack(length);
    },
    finish(stream) {
      if (!stream.isLocalEnded) return;
      if (stream.isRemoteEnded) forget(stream, "known");
      if (!isServer) return;
      // A server may answer before the whole request has come; then nobody wants the rest.
      if (!stream.isRemoteEnded) home.reset(stream, "NO_ERROR");
      stream.discard();
    },
    reset(stream, code) {
      out.write(resetFrame(stream.id, code), { isReply: isServer });
      forget(stream, "reset-here");
    },
  };
  const open = (id: number) => {
    const stream = openStream(id, home, {
      send: remote.initialWindowSize,
      receive: receiveWindow(
        windows.stream,
        (increment) => out.write(windowUpdateFrame(id, increment)),
      ),
    });
    streams.add(stream);
    return stream;
  };
  const onIncoming = (frame: Frame, incoming: Incoming) => {
    switch (incoming.kind) {
      case "data":
        return onData(streams.find(frame.stream), frame.stream, incoming);
      case "headers":
      case "continuation": {
        const block = blocks.add(frame, incoming.part);
        if (incoming.kind === "headers") dependsOnItself = incoming.dependsOnItself;
        return block === undefined ? undefined : onHeaders(block);
      }
      case "reset": {
        const stream = streams.find(frame.stream);
        if (stream === undefined) return;
        forget(stream, "known");
        const text = "the other end ended the stream";
        const error = new StreamError(incoming.code, text, { isRemote: true });
        // A server that has answered may not want the rest of the request. Its answer counts.
        const isAnswered = !isServer && stream.isRemoteEnded && incoming.code === "NO_ERROR";
        if (isAnswered) return stream.stopSending(error);
        abandoned++;
        return stream.fail(error);
      }
      case "settings":
        return onSettings(incoming.payload);
      case "ping": {
        const { payload } = incoming;
        return out.write(encodeFrame("ping", 0, { flags: flags.ack, payload }), { isReply: true });
      }
      case "goodbye":
        return onGoodbye(incoming.lastStream);
      case "window":
        return onWindow(frame, incoming.increment);
    }
  };
  const onData = (
    stream: Stream | undefined,
    id: number,
    { data, length, isLast }: Extract<Incoming, { readonly kind: "data" }>,
  ) => {
    if (!connectionWindow.take(length)) throw tooMuchError();
    if (stream === undefined || stream.isRemoteEnded) {
      connectionWindow.giveBack(length);
      if (streams.endOf(id) === "reset-here") return;
      throw new StreamError("STREAM_CLOSED", "data behind the end");
    }
    if (!stream.hasHead) throw new ConnectionError("PROTOCOL_ERROR", "data before the head");
    if (!stream.receiveWindow.take(length)) throw tooMuchError();
    home.giveBack(stream, length - data.length);
    stream.takeData(data);
    if (isLast) stream.takeEnd(null);
  };
  const onSettings = (payload: Uint8Array) => {
    const before = remote.initialWindowSize;
    remote = applySettings(remote, payload);
    out.maxFrameSize = remote.maxFrameSize;
    for (const stream of streams.all()) {
      stream.sendWindow = widened(stream.sendWindow, remote.initialWindowSize - before);
      out.schedule(stream);
    }
    out.write(encodeFrame("settings", 0, { flags: flags.ack }), { isReply: true });
  };
  const onGoodbye = (lastStream: number) => {
    isRemoteClosing = true;
    const refused = streams.all().filter(({ id }) => !isServer && id > lastStream);
    for (const stream of refused) refuse(stream, goneError());
  };
  const refuse = (stream: Stream, error: Error) => {
    forget(stream, "reset-here");
    stream.fail(error);
  };
  const onWindow = (frame: Frame, increment: number) => {
    if (frame.stream === 0) {
      out.window = widened(out.window, increment);
      return options.onOutput();
    }
    const stream = streams.find(frame.stream);
    if (stream === undefined) return;
    if (stream.sendWindow + increment > largestWindow) {
      throw new StreamError("FLOW_CONTROL_ERROR", "the window becomes too wide");
    }
    stream.sendWindow += increment;
    out.schedule(stream);
  };
  const onHeaders = ({ stream: id, bytes, isLast }: HeaderBlock) => {
    // It has to be unpacked in any case, as later ones build upon it.
    const { headers, isTooLarge } = decoder.decode(bytes);
    const check = (kind: "request" | "response" | "trailers") => {
      if (isTooLarge) throw new StreamError("ENHANCE_YOUR_CALM", "the headers are too large");
      const problem = headProblem(kind, headers);
      if (problem !== undefined) throw new StreamError("PROTOCOL_ERROR", problem);
    };
    const known = streams.get(id);
    if (known?.isRemoteEnded) throw new StreamError("STREAM_CLOSED", "headers behind the end");
    if (known?.hasHead) {
      check("trailers");
      if (!isLast) throw new StreamError("PROTOCOL_ERROR", "trailers that are not the end");
      return known.takeEnd(headers);
    }
    if (known === undefined && !streams.accept(id)) return;
    check(isServer ? "request" : "response");
    if (dependsOnItself) throw dependsOnItselfError();
    const status = headers.find(([name]) => name === ":status")?.[1];
    if (status?.startsWith("1")) {
      if (isLast) throw new StreamError("PROTOCOL_ERROR", "an interim answer that is the end");
      return;
    }
    const stream = known ?? open(id);
    stream.takeHead(headers);
    if (isLast) stream.takeEnd(null);
    if (known === undefined) onStream?.(stream, headers);
  };
  const onFrame = (frame: Frame) => {
    const { type, stream: id } = frame;
    if (!hasSettings && (type !== frameTypes.settings || (frame.flags & flags.ack) !== 0)) {
      throw new ConnectionError("PROTOCOL_ERROR", "the first frame must have settings");
    }
    hasSettings = true;
    const isContinuation = type === frameTypes.continuation;
    if (blocks.open === null ? isContinuation : !isContinuation || id !== blocks.open) {
      throw new ConnectionError("PROTOCOL_ERROR", "headers that are continued by others");
    }
    try {
      onIncoming(frame, readFrame(frame));
    } catch (error) {
      if (error instanceof HpackError) {
        throw new ConnectionError("COMPRESSION_ERROR", error.message, { cause: error });
      }
      if (!(error instanceof StreamError)) throw error;
      const stream = streams.get(id);
      out.write(resetFrame(id, error.code), { isReply: true });
      streams.markReset(id);
      if (stream === undefined) return;
      abandoned++;
      forget(stream, "reset-here");
      stream.fail(error);
    }
  };
  /** Takes the preface off what came, as far as it is there. */
  const withoutPreface = (bytes: Uint8Array) => {
    if (prefaced === null || prefaced.isDone) return bytes;
    if (isMistaken(bytes)) out.write(plainAnswer);
    const rest = prefaced.take(bytes);
    if (prefaced.isDone) greet();
    return rest;
  };
  const greet = () => {
    hasGreeted = true;
    const { stream: initialWindowSize, connection } = windows;
    const own = isServer ? { maxConcurrentStreams } : { enablePush: 0 };
    const told = { ...own, initialWindowSize, maxHeaderListSize: largestHeaderList };
    out.write(encodeFrame("settings", 0, { payload: encodeSettings(told) }));
    const more = connection - initialSettings.initialWindowSize;
    if (more > 0) out.write(windowUpdateFrame(0, more));
  };

  if (!isServer) {
    out.write(preface);
    greet();
  }
  return {
    get streams() {
      return streams.size;
    },
    get abandoned() {
      return abandoned;
    },
    get replies() {
      return out.replies;
    },
    get isEstablished() {
      return hasSettings;
    },
    get isRemoteClosing() {
      return isRemoteClosing;
    },
    receive(bytes) {
      try {
        for (const frame of reader.push(withoutPreface(bytes))) onFrame(frame);
      } catch (error) {
        if (error instanceof ConnectionError && hasGreeted) {
          out.write(goAwayFrame(streams.lastServed, error.code, error.message));
        }
        throw error;
      }
    },
    take: out.take,
    open(headers, { isLast = false } = {}) {
      const stream = open(streams.nextId());
      const error = failure ?? (isRemoteClosing ? goneError() : undefined);
      if (error === undefined) stream.sendHead(headers, { isLast });
      else refuse(stream, error);
      return stream;
    },
    goAway(code, reason) {
      if (isClosing) return;
      isClosing = true;
      streams.stopAccepting();
      out.write(goAwayFrame(streams.lastServed, code, reason));
    },
    ping: () => out.write(encodeFrame("ping", 0, { payload: new Uint8Array(8) })),
    fail(error) {
      failure ??= error;
      const open = streams.all();
      streams.clear();
      for (const stream of open) {
        out.unschedule(stream);
        stream.fail(error);
      }
    },
  };
}

/** @throws {ConnectionError} It becomes too wide. */
function widened(window: number, increment: number): number {
  if (window + increment <= largestWindow) return window + increment;
  throw new ConnectionError("FLOW_CONTROL_ERROR", "the window becomes too wide");
}

function goneError(): StreamError {
  const text = "the other end takes no more streams";
  return new StreamError("REFUSED_STREAM", text, { isRemote: true });
}

function tooMuchError(): ConnectionError {
  return new ConnectionError("FLOW_CONTROL_ERROR", "more data than the window allows");
}
