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
import { pastStreams, type StreamEnd } from "./past_streams.ts";
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
  const streams = new Map<number, Stream>();
  const past = pastStreams();
  const connectionWindow = receiveWindow(
    windows.connection,
    (increment) => out.write(windowUpdateFrame(0, increment)),
  );
  let remote: Settings = initialSettings;
  let prefaceLeft = isServer ? preface : preface.subarray(preface.length);
  let hasGreeted = false;
  let hasSettings = false;
  /** Whether the headers that are being collected say so of their stream. */
  let dependsOnItself = false;
  let lastRemoteStream = 0;
  let lastServedStream = 0;
  let nextStream = 1;
  let isClosing = false;
  let isRemoteClosing = false;
  let abandoned = 0;
  let failure: Error | undefined;

  const forget = ({ id }: Stream, how: StreamEnd) => {
    const stream = streams.get(id);
    if (stream === undefined) return;
    streams.delete(id);
    out.unschedule(stream);
    past.add(id, how);
  };
  const home: StreamHome = {
    sendHeaders({ id }, headers, isLast) {
      const bytes = encodeHeaders(headers);
      for (let at = 0; at === 0 || at < bytes.length; at += remote.maxFrameSize) {
        const payload = bytes.subarray(at, at + remote.maxFrameSize);
        const isFirst = at === 0;
        const end = isFirst && isLast ? flags.endStream : 0;
        const done = at + remote.maxFrameSize >= bytes.length ? flags.endHeaders : 0;
        const type = isFirst ? "headers" : "continuation";
        out.write(encodeFrame(type, id, { flags: end | done, payload }), { isReply: isServer });
      }
    },
    schedule: out.schedule,
    giveBack({ receiveWindow, isRemoteEnded, id }, length) {
      connectionWindow.giveBack(length);
      if (!isRemoteEnded && streams.has(id)) receiveWindow.giveBack(length);
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
    streams.set(id, stream);
    return stream;
  };
  /** Whether nobody has opened the stream yet. */
  const isIdle = (id: number) =>
    (id % 2 === 1) === isServer ? id > lastRemoteStream : id >= nextStream;
  /** The stream of a frame, or undefined if it is no more. */
  const streamOf = ({ stream: id }: Frame): Stream | undefined => {
    if (id !== 0 && !isIdle(id)) return streams.get(id);
    throw new ConnectionError("PROTOCOL_ERROR", `stream ${id} is not open`);
  };

  const onIncoming = (frame: Frame, incoming: Incoming) => {
    switch (incoming.kind) {
      case "data":
        return onData(streamOf(frame), frame.stream, incoming);
      case "headers":
      case "continuation": {
        const block = blocks.add(frame, incoming.part);
        if (incoming.kind === "headers") dependsOnItself = incoming.dependsOnItself;
        return block === undefined ? undefined : onHeaders(block);
      }
      case "reset": {
        const stream = streamOf(frame);
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
      if (past.get(id) === "reset-here") return;
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
    for (const stream of streams.values()) {
      stream.sendWindow = widened(stream.sendWindow, remote.initialWindowSize - before);
      out.schedule(stream);
    }
    out.write(encodeFrame("settings", 0, { flags: flags.ack }), { isReply: true });
  };
  const onGoodbye = (lastStream: number) => {
    isRemoteClosing = true;
    const refused = [...streams.values()].filter(({ id }) => !isServer && id > lastStream);
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
    const stream = streamOf(frame);
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
    if (known === undefined && !isAcceptable(id)) return;
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
  /** Whether a stream that comes may be opened. */
  const isAcceptable = (id: number) => {
    if (!isServer || !isIdle(id)) {
      const how = past.get(id);
      if (how === "reset-here") return false;
      const code = how === undefined ? "PROTOCOL_ERROR" : "STREAM_CLOSED";
      throw new ConnectionError(code, `headers on stream ${id}, which is not open`);
    }
    if (id % 2 === 0) throw new ConnectionError("PROTOCOL_ERROR", `a client's stream ${id}`);
    lastRemoteStream = id;
    if (isClosing) past.add(id, "reset-here");
    if (isClosing) return false;
    lastServedStream = id;
    if (streams.size < maxConcurrentStreams) return true;
    throw new StreamError("REFUSED_STREAM", "too many streams at once");
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
      past.add(id, "reset-here");
      if (stream === undefined) return;
      abandoned++;
      forget(stream, "reset-here");
      stream.fail(error);
    }
  };
  /** Takes the preface off what came, as far as it is there. */
  const withoutPreface = (bytes: Uint8Array) => {
    const length = Math.min(bytes.length, prefaceLeft.length);
    if (length === 0) return bytes;
    if (prefaceLeft.subarray(0, length).some((byte, index) => byte !== bytes[index])) {
      if (looksLikeHttp1(bytes)) out.write(http1Answer);
      throw new ConnectionError("PROTOCOL_ERROR", "this is not HTTP/2");
    }
    prefaceLeft = prefaceLeft.subarray(length);
    if (prefaceLeft.length === 0) greet();
    return bytes.subarray(length);
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
          out.write(goAwayFrame(lastServedStream, error.code, error.message));
        }
        throw error;
      }
    },
    take: out.take,
    open(headers, { isLast = false } = {}) {
      const stream = open(nextStream);
      nextStream += 2;
      const error = failure ?? (isRemoteClosing ? goneError() : undefined);
      if (error === undefined) stream.sendHead(headers, { isLast });
      else refuse(stream, error);
      return stream;
    },
    goAway(code, reason) {
      if (isClosing) return;
      isClosing = true;
      out.write(goAwayFrame(lastServedStream, code, reason));
    },
    ping: () => out.write(encodeFrame("ping", 0, { payload: new Uint8Array(8) })),
    fail(error) {
      failure ??= error;
      const open = [...streams.values()];
      streams.clear();
      for (const stream of open) {
        out.unschedule(stream);
        stream.fail(error);
      }
    },
  };
}

/** What those get who speak an older HTTP, so that they can tell where they are. */
const http1Answer = new TextEncoder().encode(
  "HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\n" +
    "This port is for gRPC, which needs HTTP/2.\n",
);

function looksLikeHttp1(bytes: Uint8Array): boolean {
  return /^[A-Z]{3,7} \//.test(String.fromCharCode(...bytes.subarray(0, 9)));
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
