/**
 * Bytes that come to a session of HTTP/2, at either end.
 *
 * @module
 */

import assert from "node:assert/strict";
import { ConnectionError } from "../../src/http2/error_code.ts";
import { preface } from "../../src/http2/frame.ts";
import type { Session } from "../../src/http2/session.ts";
import { answerHead, framesOf, side, trailers } from "../../src/http2/session_testing.ts";
import type { Http2Stream } from "../../src/http2/stream.ts";
import { callHead, conversation } from "./http2_frames.ts";
import { type FuzzTarget, orError, piecesOf } from "./target.ts";

const call = callHead("/test.Test/Get");

/** All that came on a stream, as far as it is there without waiting, and how it ended. */
async function arrived(stream: Http2Stream): Promise<unknown> {
  let length = 0;
  try {
    for (;;) {
      const piece = await Promise.race([stream.receive(), Promise.resolve("nothing yet")]);
      if (piece === null || typeof piece === "string") return [length, piece];
      length += piece.length;
    }
  } catch (error) {
    return [length, Error.isError(error) ? error.name + error.message : ""];
  }
}

/** Says all of it to a session, and gives what became of the session and its streams. */
async function hear(
  session: Session,
  pieces: Iterable<Uint8Array>,
  streams: () => readonly Http2Stream[],
): Promise<unknown> {
  let error: ConnectionError | undefined;
  for (const piece of pieces) {
    const result = orError(ConnectionError, () => session.receive(piece));
    piece.fill(0xaa);
    if (result instanceof ConnectionError) {
      error = result;
      session.fail(error);
      break;
    }
    assert.ok(session.streams <= 8, "more streams than allowed");
  }
  const said = framesOf(session.take(Infinity));
  // No stream has an end of its own that nobody waits for.
  for (const stream of streams()) stream.head.catch(() => {});
  const outcomes = [];
  for (const stream of streams()) outcomes.push(await arrived(stream));
  for (const stream of streams()) stream.reset("CANCEL", "it is over");
  assert.equal(session.streams, 0, "streams are left");
  session.take(Infinity);
  const words = said.filter(({ type }) => type !== 8).map((
    { type, flags, stream },
  ) => [type, flags, stream]);
  return [error?.code, error?.message, outcomes, words];
}

/** What a client says to a server. */
export const http2Server: FuzzTarget = {
  name: "http2-server",
  corpus: [preface],
  invent: (random) =>
    conversation(random, "client", [call, call, [...call, ["content-length", "8"]]]),
  mostBytes: 60_000,
  tries: 400,
  run(input, random) {
    const { session, opened } = side({ role: "server", maxConcurrentStreams: 8 });
    return hear(session, piecesOf(random, input), () => opened.map(({ stream }) => stream));
  },
};

/** What a server says to a client that has made four calls. */
export const http2Client: FuzzTarget = {
  name: "http2-client",
  corpus: [],
  invent: (random) => conversation(random, "server", [answerHead, trailers, [[":status", "103"]]]),
  mostBytes: 60_000,
  tries: 400,
  run(input, random) {
    const { session } = side({ role: "client" });
    const calls = [1, 2, 3, 4].map((number) => session.open(call, { isLast: number % 2 === 0 }));
    return hear(session, piecesOf(random, input), () => calls);
  },
};
