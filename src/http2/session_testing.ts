/**
 * Sessions whose other end is a test, or another session.
 *
 * @module
 */

import { errorCodeOf } from "./error_code.ts";
import { encodeFrame, flags, type Frame, frameTypes, preface, readUint32 } from "./frame.ts";
import { frameReader } from "./frame_reader.ts";
import { encodeHeaders, type Header } from "./hpack/mod.ts";
import { joined } from "./joined.ts";
import { type Session, type SessionOptions, startSession } from "./session.ts";
import { encodeSettings } from "./settings.ts";
import type { Http2Stream } from "./stream.ts";

/** The head of a call. */
export const callHead: readonly Header[] = [
  [":method", "POST"],
  [":scheme", "http"],
  [":path", "/maglev.Maglev/GetBackend"],
];

/** The head of an answer. */
export const answerHead: readonly Header[] = [[":status", "200"]];

/** What comes behind an answer. */
export const trailers: readonly Header[] = [["grpc-status", "0"]];

/** So many bytes, of which hardly two neighbours are the same. */
export function numbered(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => index * 7);
}

/** A stream that the other end opened. */
export interface Opened {
  readonly stream: Http2Stream;
  readonly head: readonly Header[];
}

/** A session, with what it was told and what it opened. */
export interface Side {
  readonly session: Session;
  readonly opened: readonly Opened[];
}

/** Bytes one after another. */
export function together(...parts: readonly Uint8Array[]): Uint8Array {
  return joined(parts, parts.reduce((sum, { length }) => sum + length, 0));
}

/** The frame of a head. */
export function headersFrame(
  stream: number,
  headers: readonly Header[],
  bits: number = flags.endHeaders,
): Uint8Array {
  return encodeFrame("headers", stream, { flags: bits, payload: encodeHeaders(headers) });
}

/** What a client says first: the preface, and its settings. */
export function greeting(settings: Parameters<typeof encodeSettings>[0] = {}): Uint8Array {
  return together(preface, encodeFrame("settings", 0, { payload: encodeSettings(settings) }));
}

/** Makes a session of the test's own choice. */
export function side(options: Partial<SessionOptions> = {}): Side {
  const opened: Opened[] = [];
  const session = startSession({
    role: "server",
    windows: { stream: 65_535, connection: 65_535 },
    onStream: (stream, head) => opened.push({ stream, head }),
    onOutput: () => {},
    ...options,
  });
  return { session, opened };
}

/** The frames of bytes that a session sent. */
export function framesOf(bytes: Uint8Array): Frame[] {
  const isGreeting = preface.every((byte, index) => byte === bytes[index]);
  return [...frameReader(2 ** 24).push(bytes.subarray(isGreeting ? preface.length : 0))];
}

/** What a session has to say, in words such as `headers 1 end` or `goAway PROTOCOL_ERROR`. */
export function heard({ session }: Side): string[] {
  return framesOf(session.take(Infinity)).map(wordsOf);
}

const typeNames = Object.keys(frameTypes);

function wordsOf({ type, flags: bits, stream, payload }: Frame): string {
  const words: (string | number)[] = [typeNames[type] ?? "?"];
  if (stream > 0) words.push(stream);
  if (type === frameTypes.data) words.push(`${payload.length} bytes`);
  if (type === frameTypes.windowUpdate) words.push(`+${readUint32(payload, 0)}`);
  if (type === frameTypes.rstStream) words.push(errorCodeOf(readUint32(payload, 0)));
  if (type === frameTypes.goAway) words.push(errorCodeOf(readUint32(payload, 4)));
  const isAck = type === frameTypes.settings || type === frameTypes.ping;
  if ((bits & flags.ack) !== 0) words.push(isAck ? "ack" : "end");
  return words.join(" ");
}

/** Passes everything on between a client and a server until neither has anything to say. */
export function exchange(client: Side, server: Side): void {
  for (;;) {
    const question = client.session.take(Infinity);
    if (question.length > 0) server.session.receive(question);
    const answer = server.session.take(Infinity);
    if (answer.length > 0) client.session.receive(answer);
    if (question.length === 0 && answer.length === 0) return;
  }
}

/** A client and a server that have greeted each other. */
export function pair(
  { client: ofClient, server: ofServer }: {
    readonly client?: Partial<SessionOptions>;
    readonly server?: Partial<SessionOptions>;
  } = {},
): { readonly client: Side; readonly server: Side } {
  const client = side({ role: "client", ...ofClient });
  const server = side({ role: "server", ...ofServer });
  exchange(client, server);
  return { client, server };
}

/** The stream that was opened last. */
export function newest({ opened }: Side): Opened {
  const last = opened.at(-1);
  if (last === undefined) throw new Error("no stream was opened");
  return last;
}

/** All that comes on a stream. `pass` has the windows told to the other end. */
export async function all(stream: Http2Stream, pass: () => void = () => {}): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for (;;) {
    const piece = await stream.receive();
    if (piece === null) return together(...pieces);
    pieces.push(piece);
    pass();
  }
}
