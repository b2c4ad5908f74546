/**
 * The head of an HTTP/1.x answer: what it says, and where its body will end.
 *
 * @module
 */

import { printable } from "./printable.ts";

/** The status of an answer. */
export interface Head {
  readonly status: number;
  readonly reason: string;
}

/** How a body ends. */
export type Framing =
  | { readonly kind: "length"; readonly bytes: number }
  | { readonly kind: "chunked" }
  /** When the server closes the connection. */
  | { readonly kind: "close" };

/** What is wrong with an answer. */
export interface Malformed {
  readonly kind: "malformed";
  readonly detail: string;
}

/** A head that is right. */
export interface ParsedHead {
  readonly kind: "head";
  readonly head: Head;
  readonly framing: Framing;
}

const statusLine = /^HTTP\/1\.[01] ([1-5]\d\d)(?: ([^\0\r\n]*))?$/;
const header = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([^\0\r]*?)[ \t]*$/;

/** A line that begins with a blank goes on with the one before: old, and still sent. */
const fold = /\r?\n[ \t]+/g;

/** Reads a head, without the blank line that ends it. Lines may end with LF alone, as many do. */
export function parseHead(text: string): ParsedHead | Malformed {
  const [first = "", ...lines] = text.replaceAll(fold, " ").split(/\r?\n/);
  const [, digits, reason = ""] = statusLine.exec(first) ?? [];
  if (digits === undefined) {
    return malformed(`not HTTP: the answer begins with "${printable(first)}"`);
  }
  const status = Number(digits);
  let length: number | undefined;
  let isChunked = false;
  for (const line of lines) {
    const [, name, value = ""] = header.exec(line) ?? [];
    if (name === undefined) return malformed(`not HTTP: "${printable(line)}" is no header`);
    switch (name.toLowerCase()) {
      case "transfer-encoding":
        // Whoever asks for nothing else gets nothing else.
        if (isChunked || value.toLowerCase() !== "chunked") {
          return malformed(`transfer-encoding "${printable(value)}" was not asked for`);
        }
        isChunked = true;
        break;
      case "content-length": {
        const bytes = contentLength(value);
        if (bytes === undefined || (length !== undefined && length !== bytes)) {
          return malformed(`content-length "${printable(value)}" is none, or not the only one`);
        }
        length = bytes;
      }
    }
  }
  return { kind: "head", head: { status, reason }, framing: framingOf(status, isChunked, length) };
}

/** A list of equal numbers is as good as one. */
function contentLength(value: string): number | undefined {
  const [first = "", ...others] = value.split(/[ \t]*,[ \t]*/);
  return /^\d{1,15}$/.test(first) && others.every((other) => other === first)
    ? Number(first)
    : undefined;
}

function framingOf(status: number, isChunked: boolean, length: number | undefined): Framing {
  if (status < 200 || status === 204 || status === 304) return { kind: "length", bytes: 0 };
  if (isChunked) return { kind: "chunked" };
  return length === undefined ? { kind: "close" } : { kind: "length", bytes: length };
}

/** Says what is wrong. */
export function malformed(detail: string): Malformed {
  return { kind: "malformed", detail };
}
