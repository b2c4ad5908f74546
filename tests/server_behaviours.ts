/**
 * What a server does over TCP or, inside of TLS, over that: right and wrong answers to HTTP requests,
 * and what is no answer at all. See {@link startServer}.
 *
 * @module
 */

import { STATUS_CODES } from "node:http";
import type { Behaviour, Connection } from "./probed_server.ts";

/** Never says anything, and never closes. */
export const staysSilent: Behaviour = { upon: "request", act: () => {} };

/** Closes a new connection by a FIN. */
export const closesAtOnce: Behaviour = { upon: "connection", act: ({ stream }) => stream.end() };

/** Closes a new connection by an RST. */
export const resetsAtOnce: Behaviour = { upon: "connection", act: ({ reset }) => reset() };

/** Closes the connection by a FIN when it has read a request. */
export const closesAfterRequest: Behaviour = { upon: "request", act: ({ stream }) => stream.end() };

/** Closes the connection by an RST when it has read a request. */
export const resetsAfterRequest: Behaviour = { upon: "request", act: ({ reset }) => reset() };

/** An answer over HTTP/1.1. */
export interface Answer {
  /** Default: 200. */
  readonly status?: number;
  /** Default: what goes with the status. */
  readonly reason?: string;
  /** Further headers, or other values of those that there are: Content-Length and Connection. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: `ok` and a newline. */
  readonly body?: string;
  /** How long the client waits for it. Default: 0. */
  readonly delayMs?: number;
  /** What follows on the answer. Default: `close`. */
  readonly afterwards?: "close" | "stay open";
}

/** Answers requests over HTTP/1.1. */
export function answers(answer: Answer = {}): Behaviour {
  const { delayMs = 0, afterwards = "close" } = answer;
  const text = answerText(answer);
  const act = ({ stream }: Connection) => {
    const send = () => afterwards === "close" ? stream.end(text) : stream.write(text);
    const timer = setTimeout(send, delayMs);
    stream.once("close", () => clearTimeout(timer));
  };
  return { upon: "request", act };
}

/** Sends the client elsewhere by a 302. */
export function redirects(location: string): Behaviour {
  return answers({ status: 302, headers: { Location: location }, body: "" });
}

/** Answers in chunks, one for each part of the body. */
export function answersInChunks(parts: readonly string[]): Behaviour {
  const chunks = parts.map((part) => `${byteLength(part).toString(16)}\r\n${part}\r\n`);
  const head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  return says(`${head}${chunks.join("")}0\r\n\r\n`, { upon: "request" });
}

/** Answers over HTTP/1.0, where the body ends with the connection. */
export const answersInHttp10: Behaviour = says("HTTP/1.0 200 OK\r\n\r\nok\n", { upon: "request" });

/** Closes before the end of the body that it announced. */
export const cutsShort: Behaviour = answers({ headers: { "Content-Length": "1000" } });

/** Answers with 1 MiB of headers. */
export const answersWithHugeHead: Behaviour = answers({
  headers: Object.fromEntries(
    Array.from({ length: 1024 }, (_, line) => [`X-Line-${line}`, "x".repeat(1024)]),
  ),
});

/** Says what is no HTTP as soon as somebody is there, and closes. */
export const speaksSsh: Behaviour = says("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n");

/** Sends every byte that there is as soon as somebody is there, and closes. */
export const sendsBinary: Behaviour = says(Uint8Array.from({ length: 256 }, (_, byte) => byte));

/** Options of {@link says}. */
export interface SaysOptions {
  /** Default: the connection is there. */
  readonly upon?: Behaviour["upon"];
}

/** Sends just this, and closes. */
export function says(
  content: string | Uint8Array,
  { upon = "connection" }: SaysOptions = {},
): Behaviour {
  return { upon, act: ({ stream }) => stream.end(content) };
}

/** Answers a request with a body that has no end, as fast as the client reads it. */
export const answersWithoutEnd: Behaviour = {
  upon: "request",
  act: ({ stream }) => {
    stream.write("HTTP/1.1 200 OK\r\n\r\n");
    const block = new Uint8Array(65_536).fill("x".charCodeAt(0));
    // The loop gets a turn in between, also where the kernel takes each block at once.
    const pour = () => {
      stream.write(block, (error) => {
        if (!error) setImmediate(pour);
      });
    };
    pour();
  },
};

/** What {@link trickles} sends how fast. */
export interface Trickle {
  /** What comes at once. Default: nothing. */
  readonly atOnce?: string;
  /** What comes one byte at a time, before the end. Default: an answer, with its head. */
  readonly text?: string;
  /** Default: 1 s. */
  readonly everyMs?: number;
}

/** Answers a request one byte at a time. */
export function trickles(
  { atOnce = "", text = answerText({}), everyMs = 1_000 }: Trickle = {},
): Behaviour {
  const act = ({ stream }: Connection) => {
    stream.write(atOnce);
    const bytes = new TextEncoder().encode(text).values();
    const timer = setInterval(() => {
      const { value } = bytes.next();
      if (value === undefined) stream.end();
      else stream.write(Uint8Array.of(value));
    }, everyMs);
    stream.once("close", () => clearInterval(timer));
  };
  return { upon: "request", act };
}

function answerText({ status = 200, reason, headers = {}, body = "ok\n" }: Answer): string {
  const all = { "Content-Length": byteLength(body), Connection: "close", ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const phrase = reason ?? STATUS_CODES[status] ?? "";
  return `HTTP/1.1 ${status} ${phrase}\r\n${lines.join("")}\r\n${body}`;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
