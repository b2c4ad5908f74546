import assert from "node:assert/strict";
import { ConnectionError } from "./error_code.ts";
import { encodeFrame, flags, preface, resetFrame, windowUpdateFrame } from "./frame.ts";
import { encodeHeaders, type Header } from "./hpack/mod.ts";
import {
  answerHead,
  callHead,
  greeting,
  headersFrame,
  heard,
  type Side,
  side,
  together,
} from "./session_testing.ts";
import { encodeSettings } from "./settings.ts";

const { endStream, endHeaders, padded, priority } = flags;
const bytes = (hex: string) => Uint8Array.fromHex(hex.replaceAll(" ", ""));
const zeros = (length: number) => new Uint8Array(length);
const frame = (
  type: Parameters<typeof encodeFrame>[0],
  stream: number,
  payload: string | Uint8Array = "",
  bits = 0,
) =>
  encodeFrame(type, stream, {
    flags: bits,
    payload: typeof payload === "string" ? bytes(payload) : payload,
  });

/** A call on a stream, whose request goes on. */
const call = (stream: number, ...more: readonly Header[]) =>
  headersFrame(stream, [...callHead, ...more]);
/** A call whose request is its head. */
const wholeCall = (stream: number, head: readonly Header[] = callHead) =>
  headersFrame(stream, head, endHeaders | endStream);
const settings = (...given: Parameters<typeof encodeSettings>) =>
  frame("settings", 0, encodeSettings(...given));
/** The head of a call without one of its headers. */
const without = (name: string) => wholeCall(1, callHead.filter(([each]) => each !== name));
/** The beginning of a head, which is to be continued. */
const begun = frame("headers", 1, encodeHeaders(callHead).subarray(0, 2));
const rest = encodeHeaders(callHead).subarray(2);

/** What a client that has greeted says wrong, and what it hears for it. */
type Violation = readonly [what: string, said: readonly Uint8Array[], heard: string];

const tooLarge: Header = ["x", "y".repeat(17_000)];

const violations: readonly Violation[] = [
  // 3.4, 4.1, 4.2
  ["a first frame without settings is none", [frame("ping", 0, zeros(8))], "ping ack"],
  ["a frame of an unknown type", [bytes("000002 2a ff 00000000 0000")], ""],
  ["unknown flags of a ping", [frame("ping", 0, zeros(8), 0xfe)], "ping ack"],
  [
    "data over the largest frame",
    [call(1), frame("data", 1, zeros(16_385))],
    "goAway FRAME_SIZE_ERROR",
  ],
  [
    "headers over the largest frame",
    [frame("headers", 1, zeros(16_385))],
    "goAway FRAME_SIZE_ERROR",
  ],
  // 4.3
  [
    "headers that cannot be unpacked",
    [frame("headers", 1, "80", endHeaders)],
    "goAway COMPRESSION_ERROR",
  ],
  [
    "a header that no table has",
    [frame("headers", 1, "ff7f", endHeaders)],
    "goAway COMPRESSION_ERROR",
  ],
  ["another stream's headers amid a block", [begun, call(3)], "goAway PROTOCOL_ERROR"],
  ["another frame amid a block", [begun, frame("ping", 0, zeros(8))], "goAway PROTOCOL_ERROR"],
  [
    "an unknown frame amid a block",
    [begun, bytes("000000 2a 00 00000000")],
    "goAway PROTOCOL_ERROR",
  ],
  [
    "another stream's continuation",
    [begun, frame("continuation", 3, rest, endHeaders)],
    "goAway PROTOCOL_ERROR",
  ],
  ["data amid a block", [begun, frame("data", 1, "00")], "goAway PROTOCOL_ERROR"],
  [
    "a block that never ends",
    [begun, ...Array<Uint8Array>(16).fill(frame("continuation", 1))],
    "goAway ENHANCE_YOUR_CALM",
  ],
  // 5.1
  ["data on an idle stream", [frame("data", 1, "00")], "goAway PROTOCOL_ERROR"],
  ["a reset of an idle stream", [resetFrame(1, "CANCEL")], "goAway PROTOCOL_ERROR"],
  ["a window update of an idle stream", [windowUpdateFrame(1, 1)], "goAway PROTOCOL_ERROR"],
  [
    "a continuation without headers",
    [frame("continuation", 1, rest, endHeaders)],
    "goAway PROTOCOL_ERROR",
  ],
  ["data behind the end", [wholeCall(1), frame("data", 1, "00")], "rstStream 1 STREAM_CLOSED"],
  ["headers behind the end", [wholeCall(1), wholeCall(1)], "rstStream 1 STREAM_CLOSED"],
  [
    "a continuation behind the end",
    [wholeCall(1), frame("continuation", 1, rest, endHeaders)],
    "goAway PROTOCOL_ERROR",
  ],
  [
    "data behind a reset",
    [call(1), resetFrame(1, "CANCEL"), frame("data", 1, "00")],
    "rstStream 1 STREAM_CLOSED",
  ],
  [
    "headers behind a reset",
    [call(1), resetFrame(1, "CANCEL"), wholeCall(1)],
    "goAway STREAM_CLOSED",
  ],
  [
    "a window update behind a reset",
    [call(1), resetFrame(1, "CANCEL"), windowUpdateFrame(1, 1)],
    "",
  ],
  ["a priority behind a reset", [
    call(1),
    resetFrame(1, "CANCEL"),
    frame("priority", 1, "00000000 0f"),
  ], ""],
  ["a reset behind a reset", [call(1), resetFrame(1, "CANCEL"), resetFrame(1, "CANCEL")], ""],
  // 5.1.1
  ["a stream with an even number", [wholeCall(2)], "goAway PROTOCOL_ERROR"],
  ["a stream below one that was opened", [wholeCall(5), wholeCall(3)], "goAway PROTOCOL_ERROR"],
  ["a reset of a stream of ours", [resetFrame(2, "CANCEL")], "goAway PROTOCOL_ERROR"],
  // 5.1.2
  ["one stream too many", [call(1), call(3), call(5)], "rstStream 5 REFUSED_STREAM"],
  ["data of a stream that was refused", [
    call(1),
    call(3),
    call(5),
    frame("data", 5, "00", endStream),
  ], "rstStream 5 REFUSED_STREAM"],
  [
    "trailers of a stream that was refused",
    [call(1), call(3), call(5), wholeCall(5)],
    "rstStream 5 REFUSED_STREAM",
  ],
  // 5.3
  ["a priority of itself", [frame("priority", 1, "00000001 0f")], "rstStream 1 PROTOCOL_ERROR"],
  ["headers that depend on themselves", [
    frame(
      "headers",
      1,
      together(bytes("00000001 0f"), encodeHeaders(callHead)),
      endHeaders | priority,
    ),
  ], "rstStream 1 PROTOCOL_ERROR"],
  ["a priority of an idle stream", [frame("priority", 7, "00000001 0f")], ""],
  // 6.1
  ["data for the connection", [frame("data", 0, "00")], "goAway PROTOCOL_ERROR"],
  ["padding as long as the data", [
    call(1),
    frame("data", 1, "02 0000", padded),
    frame("data", 1, "03 0000", padded),
  ], "goAway PROTOCOL_ERROR"],
  // 6.2
  [
    "headers for the connection",
    [frame("headers", 0, encodeHeaders(callHead), endHeaders)],
    "goAway PROTOCOL_ERROR",
  ],
  [
    "padding as long as the headers",
    [frame("headers", 1, "02 82", padded | endHeaders)],
    "goAway PROTOCOL_ERROR",
  ],
  [
    "headers too short for their priority",
    [frame("headers", 1, "00000000", priority | endHeaders)],
    "goAway FRAME_SIZE_ERROR",
  ],
  // 6.3 to 6.10
  ["a priority for the connection", [frame("priority", 0, "00000001 0f")], "goAway PROTOCOL_ERROR"],
  ["a priority of four bytes", [frame("priority", 1, "00000003")], "rstStream 1 FRAME_SIZE_ERROR"],
  ["a reset of the connection", [resetFrame(0, "CANCEL")], "goAway PROTOCOL_ERROR"],
  ["a reset of three bytes", [call(1), frame("rstStream", 1, "000008")], "goAway FRAME_SIZE_ERROR"],
  [
    "an acknowledgement with settings",
    [frame("settings", 0, "000300000001", flags.ack)],
    "goAway FRAME_SIZE_ERROR",
  ],
  ["settings of a stream", [frame("settings", 1)], "goAway PROTOCOL_ERROR"],
  ["settings of five bytes", [frame("settings", 0, "0003000000")], "goAway FRAME_SIZE_ERROR"],
  ["a push that is half enabled", [settings({ enablePush: 2 })], "goAway PROTOCOL_ERROR"],
  [
    "an initial window of 2^31",
    [settings({ initialWindowSize: 2 ** 31 })],
    "goAway FLOW_CONTROL_ERROR",
  ],
  ["frames of 16,383 bytes", [settings({ maxFrameSize: 16_383 })], "goAway PROTOCOL_ERROR"],
  ["frames of 2^24 bytes", [settings({ maxFrameSize: 2 ** 24 })], "goAway PROTOCOL_ERROR"],
  ["unknown settings", [frame("settings", 0, "00ff 00000001")], "settings ack"],
  ["a promise", [
    call(1),
    frame("pushPromise", 1, together(bytes("00000002"), encodeHeaders(callHead)), endHeaders),
  ], "goAway PROTOCOL_ERROR"],
  ["a ping of a stream", [frame("ping", 1, zeros(8))], "goAway PROTOCOL_ERROR"],
  ["a ping of six bytes", [frame("ping", 0, zeros(6))], "goAway FRAME_SIZE_ERROR"],
  ["an answer to no ping", [frame("ping", 0, zeros(8), flags.ack)], ""],
  ["a goodbye of a stream", [frame("goAway", 1, zeros(8))], "goAway PROTOCOL_ERROR"],
  ["a goodbye of seven bytes", [frame("goAway", 0, zeros(7))], "goAway FRAME_SIZE_ERROR"],
  ["a window update of nothing", [windowUpdateFrame(0, 0)], "goAway PROTOCOL_ERROR"],
  [
    "a window update of nothing, of a stream",
    [call(1), windowUpdateFrame(1, 0)],
    "rstStream 1 PROTOCOL_ERROR",
  ],
  [
    "a window update of three bytes",
    [frame("windowUpdate", 0, "000001")],
    "goAway FRAME_SIZE_ERROR",
  ],
  ["a window beyond 2^31 - 1", [windowUpdateFrame(0, 2 ** 31 - 1)], "goAway FLOW_CONTROL_ERROR"],
  [
    "a stream's window beyond 2^31 - 1",
    [call(1), windowUpdateFrame(1, 2 ** 31 - 1)],
    "rstStream 1 FLOW_CONTROL_ERROR",
  ],
  ["a stream's window beyond 2^31 - 1, by settings", [
    call(1),
    windowUpdateFrame(1, 1),
    settings({ initialWindowSize: 2 ** 31 - 1 }),
  ], "goAway FLOW_CONTROL_ERROR"],
  ["data beyond the window of a stream", [
    call(1),
    ...Array<Uint8Array>(3).fill(frame("data", 1, zeros(16_384))),
  ], "goAway FLOW_CONTROL_ERROR"],
  ["data beyond the window of the connection", [
    call(1),
    call(3),
    ...[1, 1, 3, 3].map((id) => frame("data", id, zeros(16_384))),
  ], "goAway FLOW_CONTROL_ERROR"],
  [
    "continuations for the connection",
    [begun, frame("continuation", 0, rest, endHeaders)],
    "goAway PROTOCOL_ERROR",
  ],
  [
    "a continuation behind a whole block",
    [call(1), frame("continuation", 1, rest, endHeaders)],
    "goAway PROTOCOL_ERROR",
  ],
  // 8.1 and 8.2
  ["trailers that are not the end", [call(1), call(1)], "rstStream 1 PROTOCOL_ERROR"],
  [
    "good trailers that are not the end",
    [call(1), headersFrame(1, [["x", "1"]])],
    "rstStream 1 PROTOCOL_ERROR",
  ],
  ["trailers with a pseudo-header", [call(1), wholeCall(1)], "rstStream 1 PROTOCOL_ERROR"],
  ["a name in capitals", [wholeCall(1, [...callHead, ["X", "1"]])], "rstStream 1 PROTOCOL_ERROR"],
  [
    "an unknown pseudo-header",
    [wholeCall(1, [...callHead, [":x", "1"]])],
    "rstStream 1 PROTOCOL_ERROR",
  ],
  [
    "an answer's pseudo-header",
    [wholeCall(1, [...callHead, ...answerHead])],
    "rstStream 1 PROTOCOL_ERROR",
  ],
  [
    "a pseudo-header behind others",
    [wholeCall(1, [["x", "1"], ...callHead])],
    "rstStream 1 PROTOCOL_ERROR",
  ],
  [
    "a pseudo-header twice",
    [wholeCall(1, [...callHead, [":path", "/"]])],
    "rstStream 1 PROTOCOL_ERROR",
  ],
  [
    "a connection's header",
    [wholeCall(1, [...callHead, ["connection", "close"]])],
    "rstStream 1 PROTOCOL_ERROR",
  ],
  [
    "te other than trailers",
    [wholeCall(1, [...callHead, ["te", "gzip"]])],
    "rstStream 1 PROTOCOL_ERROR",
  ],
  ["no method", [without(":method")], "rstStream 1 PROTOCOL_ERROR"],
  ["no scheme", [without(":scheme")], "rstStream 1 PROTOCOL_ERROR"],
  ["no path", [without(":path")], "rstStream 1 PROTOCOL_ERROR"],
  [
    "an empty path",
    [wholeCall(1, [...callHead.slice(0, 2), [":path", ""]])],
    "rstStream 1 PROTOCOL_ERROR",
  ],
  ["less than its content-length", [
    call(1, ["content-length", "2"]),
    frame("data", 1, "00", endStream),
  ], "rstStream 1 PROTOCOL_ERROR"],
  [
    "more than its content-length",
    [call(1, ["content-length", "2"]), frame("data", 1, "000000")],
    "rstStream 1 PROTOCOL_ERROR",
  ],
  [
    "a content-length and no data",
    [wholeCall(1, [...callHead, ["content-length", "1"]])],
    "rstStream 1 PROTOCOL_ERROR",
  ],
  [
    "headers larger than is told",
    [wholeCall(1, [...callHead, tooLarge])],
    "goAway FRAME_SIZE_ERROR",
  ],
  [
    "headers larger than is told, in parts",
    continued(encodeHeaders([...callHead, tooLarge])),
    "rstStream 1 ENHANCE_YOUR_CALM",
  ],
];

/** A head in frames that are small enough. */
function continued(block: Uint8Array): readonly Uint8Array[] {
  return [
    frame("headers", 1, block.subarray(0, 16_000)),
    frame("continuation", 1, block.subarray(16_000), endHeaders),
  ];
}

/** A server that has been greeted, may have two streams open, and has small windows. */
function greeted(): Side {
  const server = side({ maxConcurrentStreams: 2, windows: { stream: 40_000, connection: 65_535 } });
  server.session.receive(greeting());
  heard(server);
  return server;
}

/** Says something, and gives what was heard, with whether the connection is over. */
function answer(server: Side, said: Uint8Array): string {
  let isOver = false;
  try {
    server.session.receive(said);
  } catch (error) {
    assert.ok(error instanceof ConnectionError, String(error));
    isOver = true;
  }
  const words = heard(server).join(", ");
  assert.equal(words.includes("goAway"), isOver, words);
  return words;
}

Deno.test("what a client must not say is answered as RFC 9113 wants it", () => {
  for (const [what, said, expected] of violations) {
    assert.equal(answer(greeted(), together(...said)), expected, what);
    const server = greeted();
    const byFrames = said.flatMap((each) => answer(server, each) || []).join(", ");
    assert.equal(byFrames, expected, `${what}, frame by frame`);
  }
});

Deno.test("a stream that is reset leaves no trace, and the next one is opened", () => {
  for (const [what, said] of violations.filter(([, , words]) => words.startsWith("rst"))) {
    const server = greeted();
    answer(server, together(...said));
    for (const { stream } of server.opened) stream.reset("CANCEL", "make room");
    assert.equal(server.session.streams, 0, what);
    heard(server);
    assert.equal(answer(server, wholeCall(101)), "", what);
    assert.equal(server.opened.at(-1)?.stream.id, 101, what);
  }
});

Deno.test("who does not speak HTTP/2 hears none of it", () => {
  const cases: [what: string, said: Uint8Array, heard: RegExp][] = [
    ["HTTP/1.1", text("GET / HTTP/1.1\r\n\r\n"), /^HTTP\/1\.1 400 Bad Request\r\n[^]*gRPC[^]*\n$/],
    ["a preface with one wrong byte", together(preface.subarray(0, 23), bytes("0b")), /^$/],
    ["another protocol", text("SSH-2.0-OpenSSH_9.2\r\n"), /^$/],
    ["TLS", bytes("1603010200"), /^HTTP\/1\.1 400 /],
  ];
  for (const [what, said, words] of cases) {
    const server = side();
    const isOver = (error: unknown) =>
      error instanceof ConnectionError && error.code === "PROTOCOL_ERROR";
    assert.throws(() => server.session.receive(said), isOver, what);
    assert.match(new TextDecoder().decode(server.session.take(Infinity)), words, what);
    assert.equal(server.session.isEstablished, false);
  }
});

const text = (content: string) => new TextEncoder().encode(content);

Deno.test("who does not begin with settings is told so", () => {
  const cases: [what: string, said: Uint8Array][] = [
    ["a ping first", together(preface, frame("ping", 0, zeros(8)))],
    ["a call first", together(preface, wholeCall(1))],
    ["an acknowledgement first", together(preface, frame("settings", 0, "", flags.ack))],
  ];
  for (const [what, said] of cases) {
    for (const size of [1, 7, said.length]) {
      const server = side();
      let words = "";
      for (let at = 0; at < said.length && !words.includes("goAway"); at += size) {
        words += answer(server, said.subarray(at, at + size));
      }
      assert.match(words, /goAway PROTOCOL_ERROR$/, what);
      assert.equal(server.session.isEstablished, false);
    }
  }
});

Deno.test("what a server must not say ends the stream or the connection of a client", () => {
  const hello = settings({});
  const cases: Violation[] = [
    ["a ping first", [frame("ping", 0, zeros(8))], "goAway PROTOCOL_ERROR"],
    [
      "a promise",
      [hello, frame("pushPromise", 1, "00000002 82", endHeaders)],
      "goAway PROTOCOL_ERROR",
    ],
    ["a stream of the server's own", [hello, wholeCall(2)], "goAway PROTOCOL_ERROR"],
    [
      "an answer on a stream that is idle",
      [hello, headersFrame(3, answerHead)],
      "goAway PROTOCOL_ERROR",
    ],
    ["data on a stream that is idle", [hello, frame("data", 3, "00")], "goAway PROTOCOL_ERROR"],
    ["data before the head", [hello, frame("data", 1, "00")], "goAway PROTOCOL_ERROR"],
    ["a request as an answer", [hello, call(1)], "settings ack, rstStream 1 PROTOCOL_ERROR"],
    [
      "no status",
      [hello, headersFrame(1, [["x", "y"]])],
      "settings ack, rstStream 1 PROTOCOL_ERROR",
    ],
    ["an interim answer that is the end", [
      hello,
      headersFrame(1, [[":status", "103"]], endHeaders | endStream),
    ], "settings ack, rstStream 1 PROTOCOL_ERROR"],
  ];
  for (const [what, said, expected] of cases) {
    const client = side({ role: "client" });
    client.session.open(callHead);
    heard(client);
    const words = answer(client, together(...said)).replace(/^settings ack, (?=goAway)/, "");
    assert.equal(words, expected, what);
  }
});
