/**
 * Reads an HTTP/1.x answer strictly, in pieces of any size.
 *
 * @module
 */

import { type BodyReader, bodyReader, type BodyStep } from "./http_body.ts";
import { type Head, type Malformed, malformed, parseHead } from "./http_head.ts";
import { quoted } from "./printable.ts";

/** No head may be larger. */
const largestHeadBytes = 64 * 1024;

/** An answer that is over, or that is none. */
export type Answer = CompleteAnswer | Malformed;

/** An answer, of which the body may have been longer than what was read. */
export interface CompleteAnswer {
  readonly kind: "complete";
  readonly head: Head;
  /** Good for as long as the piece is that ended it. */
  readonly body: Uint8Array;
}

/** Reads one answer. */
export interface AnswerReader {
  /** The status, once it is known. */
  head(): Head | undefined;
  /** How far it came: `120 of 512 bytes of the body`; undefined if nothing came. */
  progress(): string | undefined;
  /** Takes a piece, which may be used again afterwards. Returns the answer if that is its end. */
  push(piece: Uint8Array): Answer | undefined;
  /** The server has closed the connection. */
  end(): Answer;
}

/** What every answer begins with. */
const magic = new TextEncoder().encode("HTTP/1.");

/** What is no UTF-8 in a head decides nothing. */
const decoder = new TextDecoder();

const nothing = new Uint8Array();

/** Makes a reader of one answer. */
export function answerReader(): AnswerReader {
  /** What came of a head that is not complete. */
  let start: Uint8Array = nothing;
  /** Up to where the start was searched for the end of the head. */
  let searched = 0;
  let head: Head | undefined;
  let body: BodyReader | undefined;
  /** Of all heads, if some were of answers that others follow. */
  let headBytes = 0;

  const push = (piece: Uint8Array): Answer | undefined => {
    if (body !== undefined) return conclude(body.push(piece));
    start = start.length === 0 ? piece : joined(start, piece);
    const answer = readHead();
    if (start.buffer === piece.buffer) start = start.slice();
    return answer;
  };

  const readHead = (): Answer | undefined => {
    if (!magic.every((byte, index) => index >= start.length || start[index] === byte)) {
      return malformed(notHttp(start));
    }
    const end = endOfHead(start, searched);
    if (headBytes + (end?.to ?? start.length) > largestHeadBytes) {
      return malformed("head larger than 64 KiB");
    }
    searched = Math.max(0, start.length - 3);
    if (end === undefined) return undefined;
    const parsed = parseHead(decoder.decode(start.subarray(0, end.from)));
    if (parsed.kind === "malformed") return parsed;
    const rest = start.subarray(end.to);
    if (parsed.head.status < 200) {
      if (parsed.head.status === 101) return malformed("it switches to another protocol, unasked");
      headBytes += end.to;
      start = rest;
      searched = 0;
      return rest.length === 0 ? undefined : readHead();
    }
    head = parsed.head;
    body = bodyReader(parsed.framing);
    start = nothing;
    return conclude(body.push(rest));
  };

  const conclude = (step: BodyStep): Answer | undefined => {
    if (step === "more" || head === undefined || body === undefined) return undefined;
    return step === "over" ? { kind: "complete", head, body: body.bytes() } : step;
  };

  const progress = () => {
    if (body !== undefined) return body.progress();
    const bytes = headBytes + start.length;
    return bytes === 0 ? undefined : `${bytes} bytes of the head`;
  };
  const end = (): Answer => {
    const answer = body === undefined ? undefined : conclude(body.end());
    if (answer !== undefined) return answer;
    const so = progress();
    return malformed(so === undefined ? "closed without an answer" : `cut short: ${so}`);
  };
  return { head: () => head, progress, push, end };
}

/** Where the head ends, and where its blank line does. Lines may end with LF alone. */
function endOfHead(bytes: Uint8Array, from: number): { from: number; to: number } | undefined {
  for (let at = bytes.indexOf(10, from); at >= 0; at = bytes.indexOf(10, at + 1)) {
    const lineEnd = bytes[at - 1] === 13 ? at - 1 : at;
    if (bytes[at + 1] === 10) return { from: lineEnd, to: at + 2 };
    if (bytes[at + 1] === 13 && bytes[at + 2] === 10) return { from: lineEnd, to: at + 3 };
  }
  return undefined;
}

function notHttp(start: Uint8Array): string {
  // A record of TLS: a handshake or an alert, of any version.
  const isTls = (start[0] === 21 || start[0] === 22) && start[1] === 3;
  if (isTls) return "not HTTP: the server speaks TLS";
  return `not HTTP: the answer begins with ${quoted(start.subarray(0, endOfLine(start)))}`;
}

function endOfLine(bytes: Uint8Array): number {
  const at = bytes.findIndex((byte) => byte === 10 || byte === 13);
  return at < 0 ? bytes.length : at;
}

/**
 * Both, in the memory of the first where there is room behind it: a head that comes byte by byte must
 * not be copied for each.
 */
function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const length = one.length + other.length;
  if (one.byteOffset + length <= one.buffer.byteLength) {
    const both = new Uint8Array(one.buffer, one.byteOffset, length);
    both.set(other, one.length);
    return both;
  }
  const both = new Uint8Array(2 * length).subarray(0, length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
