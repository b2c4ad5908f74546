/**
 * A connection to the control API on which a test sends whatever bytes it likes, and sees every frame
 * that comes back.
 *
 * @module
 */

import {
  errorNames,
  flags,
  type Frame,
  frame,
  frameTypes,
  joined,
  preface,
  readFrames,
  settings,
} from "./frames.ts";
import { type Fields, headerReader } from "./header_block.ts";

/** What came on one stream. */
export interface SeenStream {
  fields: Fields;
  dataBytes: number;
  /** The name of the error that it was reset with. */
  reset?: string;
  ended: boolean;
}

/** A connection. */
export interface RawConnection extends AsyncDisposable {
  readonly streams: ReadonlyMap<number, SeenStream>;
  /** How many frames came of each type. */
  readonly counts: ReadonlyMap<number, number>;
  /** What the server has set: identifiers and values. */
  readonly serverSettings: ReadonlyMap<number, number>;
  /** The name of the error that the server said goodbye with. */
  readonly goAway: string | undefined;
  readonly isClosed: boolean;
  /** Sends bytes; false when nobody takes them any more. */
  send(...parts: Uint8Array[]): Promise<boolean>;
  /** Waits until something is so, or the connection is closed, or the time is over. */
  until(isSo: () => boolean, patienceMs?: number): Promise<boolean>;
}

/** How a connection is. */
export interface RawOptions {
  /** Whether bytes of the server are taken from the socket. Default: true. */
  readonly reads?: boolean;
  /** Whether the preface and SETTINGS are sent at once. Default: true. */
  readonly greets?: boolean;
}

/** Opens a connection to an address such as `127.0.0.1:9090`. */
export async function connectRaw(
  target: string,
  { reads = true, greets = true }: RawOptions = {},
): Promise<RawConnection> {
  const { hostname, port } = new URL(`http://${target}`);
  const socket = await Deno.connect({ hostname, port: Number(port) });
  const streams = new Map<number, SeenStream>();
  const counts = new Map<number, number>();
  const serverSettings = new Map<number, number>();
  let goAway: string | undefined;
  let isClosed = false;
  const readBlock = headerReader();

  const streamOf = (id: number) => {
    const known = streams.get(id) ?? { fields: [], dataBytes: 0, ended: false };
    streams.set(id, known);
    return known;
  };
  const take = ({ type, flags: set, stream, payload }: Frame) => {
    counts.set(type, (counts.get(type) ?? 0) + 1);
    const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
    if (type === frameTypes.settings && (set & flags.ack) === 0) {
      for (let at = 0; at + 6 <= payload.length; at += 6) {
        serverSettings.set(view.getUint16(at), view.getUint32(at + 2));
      }
      if (greets) void send(frame("settings", { flags: flags.ack }));
    } else if (type === frameTypes.headers) {
      const seen = streamOf(stream);
      seen.fields = [...seen.fields, ...readBlock(payload)];
    } else if (type === frameTypes.data) {
      streamOf(stream).dataBytes += payload.length;
    } else if (type === frameTypes.rstStream) {
      const code = view.getUint32(0);
      streamOf(stream).reset = errorNames[code] ?? String(code);
    } else if (type === frameTypes.goAway) {
      const code = view.getUint32(4);
      goAway = errorNames[code] ?? String(code);
    }
    const canEnd = type === frameTypes.headers || type === frameTypes.data;
    if (canEnd && (set & flags.endStream) !== 0) streamOf(stream).ended = true;
  };
  const send = async (...parts: Uint8Array[]) => {
    const bytes = joined(...parts);
    try {
      for (let sent = 0; sent < bytes.length;) sent += await socket.write(bytes.subarray(sent));
      return true;
    } catch {
      return false;
    }
  };
  const reading = (async () => {
    if (!reads) return;
    const buffer = new Uint8Array(65_536);
    let rest = new Uint8Array();
    try {
      for (let count = await socket.read(buffer); count !== null;) {
        const read = readFrames(joined(rest, buffer.subarray(0, count)));
        rest = read.rest;
        read.frames.forEach(take);
        count = await socket.read(buffer);
      }
    } catch (error) {
      const isNetwork = error instanceof Deno.errors.ConnectionReset ||
        error instanceof Deno.errors.BadResource || error instanceof Deno.errors.Interrupted ||
        error instanceof Deno.errors.BrokenPipe;
      if (!isNetwork) throw error;
    } finally {
      isClosed = true;
    }
  })();
  if (greets) await send(preface, settings());
  return {
    streams,
    counts,
    serverSettings,
    get goAway() {
      return goAway;
    },
    get isClosed() {
      return isClosed;
    },
    send,
    until: async (isSo, patienceMs = 5_000) => {
      const end = performance.now() + patienceMs;
      while (!isSo() && !isClosed && performance.now() < end) await sleep(5);
      return isSo();
    },
    async [Symbol.asyncDispose]() {
      try {
        socket.close();
      } catch {
        // It is closed already.
      }
      await reading;
    },
  };
}

/** Waits. */
export function sleep(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}

/** What a stream came to, in words: `grpc-status 5`, `RST CANCEL`, `http 415`, or `open`. */
export function endOf(stream: SeenStream | undefined): string {
  if (stream === undefined) return "open";
  const field = (wanted: string) => stream.fields.find(([name]) => name === wanted)?.[1];
  if (field("grpc-status") !== undefined) return `grpc-status ${field("grpc-status")}`;
  if (stream.reset !== undefined) return `RST ${stream.reset}`;
  return stream.ended ? `http ${field(":status")}` : "open";
}
