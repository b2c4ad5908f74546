/**
 * The body of an HTTP/1.x answer, as far as it is read: 64 KiB.
 *
 * @module
 */

import { type Framing, type Malformed, malformed } from "./http_head.ts";
import { quoted } from "./printable.ts";

/** More of a body is not read. */
export const largestBodyBytes = 64 * 1024;

/** A size with its extensions, or a trailer, is not longer. */
const longestLineBytes = 4 * 1024;

/** What a piece of a body came to: there is more to come, it is over, or it is not what it should be. */
export type BodyStep = "more" | "over" | Malformed;

/** Reads a body piece by piece. */
export interface BodyReader {
  /** What was read, good for as long as the piece is that was pushed last. */
  bytes(): Uint8Array;
  /** How far it came: `120 of 512 bytes of the body`. */
  progress(): string;
  push(piece: Uint8Array): BodyStep;
  /** The server has closed the connection: over, or what is missing. */
  end(): BodyStep;
}

/** Makes a reader of a body that ends so. */
export function bodyReader(framing: Framing): BodyReader {
  const store = bodyStore();
  const { push, progress, end } = framing.kind === "chunked"
    ? chunks(store)
    : plain(store, framing);
  return {
    bytes: store.bytes,
    progress,
    push: (piece) => {
      const step = push(piece);
      if (step === "more") store.keep();
      return step;
    },
    end,
  };
}

/** Keeps the pieces of a body, up to the limit. */
interface BodyStore {
  length(): number;
  bytes(): Uint8Array;
  /** Takes as much as there is room for. */
  add(piece: Uint8Array): void;
  /** Copies what was taken since the last time. Most bodies are over before that is needed. */
  keep(): void;
  isFull(): boolean;
}

const nothing = new Uint8Array();

function bodyStore(): BodyStore {
  const pieces: Uint8Array[] = [];
  let kept = 0;
  let length = 0;
  const bytes = () => {
    if (pieces.length <= 1) return pieces[0] ?? nothing;
    const all = new Uint8Array(length);
    let at = 0;
    for (const piece of pieces) {
      all.set(piece, at);
      at += piece.length;
    }
    return all;
  };
  const add = (piece: Uint8Array) => {
    const taken = piece.subarray(0, largestBodyBytes - length);
    if (taken.length > 0) pieces.push(taken);
    length += taken.length;
  };
  const keep = () => {
    for (; kept < pieces.length; kept++) pieces[kept] = pieces[kept]?.slice() ?? nothing;
  };
  return { length: () => length, bytes, add, keep, isFull: () => length >= largestBodyBytes };
}

type Steps = Omit<BodyReader, "bytes">;

/** A body of a known length, or one that ends with the connection. */
function plain(store: BodyStore, framing: Exclude<Framing, { readonly kind: "chunked" }>): Steps {
  const announced = framing.kind === "length" ? framing.bytes : Infinity;
  const push = (piece: Uint8Array): BodyStep => {
    // What follows on a body that is over was not asked for, and harms nobody.
    store.add(piece.subarray(0, announced - store.length()));
    return store.isFull() || store.length() >= announced ? "over" : "more";
  };
  const progress = () => {
    const all = announced === Infinity ? "" : ` of ${announced}`;
    return `${store.length()}${all} bytes of the body`;
  };
  const end = () => announced === Infinity ? "over" : malformed(`cut short: ${progress()}`);
  return { push, progress, end };
}

/** A body in chunks: each has a line with its size, its bytes and a line end; the last has size 0. */
function chunks(store: BodyStore): Steps {
  let expected: "size" | "data" | "data end" | "trailer" = "size";
  let left = 0;
  let line: number[] = [];
  /** Of all that is not data, so that a server cannot keep us busy with it. */
  let overhead = 0;

  /** The line that ends within the piece, or how far it goes. */
  const readLine = (piece: Uint8Array, from: number): { text?: string; to: number } => {
    const newline = piece.indexOf(10, from);
    const to = newline < 0 ? piece.length : newline + 1;
    overhead += to - from;
    if (line.length + to - from > longestLineBytes) overhead = Infinity;
    else line.push(...piece.subarray(from, to));
    if (newline < 0) return { to };
    const text = String.fromCharCode(...line).replace(/\r?\n$/, "");
    line = [];
    return { text, to };
  };

  const takeLine = (text: string): BodyStep => {
    if (expected === "trailer") return text === "" ? "over" : "more";
    if (expected === "data end") {
      expected = "size";
      return text === "" ? "more" : malformed("a chunk is longer than its size says");
    }
    const [, digits = ""] = /^([\da-f]{1,12})[ \t]*(?:;.*)?$/i.exec(text) ?? [];
    if (digits === "") {
      return malformed(`${quoted(new TextEncoder().encode(text))} is no size of a chunk`);
    }
    left = parseInt(digits, 16);
    expected = left === 0 ? "trailer" : "data";
    return "more";
  };

  const push = (piece: Uint8Array): BodyStep => {
    for (let at = 0; at < piece.length;) {
      if (expected === "data") {
        const data = piece.subarray(at, at + left);
        store.add(data);
        if (store.isFull()) return "over";
        at += data.length;
        left -= data.length;
        if (left === 0) expected = "data end";
        continue;
      }
      const { text, to } = readLine(piece, at);
      if (overhead > largestBodyBytes) {
        return malformed("its chunks have more around them than in them");
      }
      at = to;
      const step = text === undefined ? "more" : takeLine(text);
      if (step !== "more") return step;
    }
    return "more";
  };
  const progress = () => `${store.length()} bytes of the body, in chunks`;
  return { push, progress, end: () => malformed(`cut short: ${progress()}`) };
}
