/**
 * What a hostile or broken client does to the control API, and what the server may do about it.
 *
 * @module
 */

import {
  flags,
  frame,
  joined,
  message,
  preface,
  resetStream,
  settings,
  text,
  uint32,
  windowUpdate,
} from "./frames.ts";
import { type Fields, integer, writeFields } from "./header_block.ts";
import { callBytes, callFields, headers, named } from "./raw_calls.ts";
import { endOf, type RawConnection, type RawOptions } from "./raw_connection.ts";

/** One thing that a client does. */
export interface Abuse extends RawOptions {
  readonly name: string;
  readonly act: (connection: RawConnection) => Promise<unknown>;
  /**
   * What may come of it: `GOAWAY <error>`, `closed`, or the end of stream 1, as `endOf` has it; with
   * `open`, that nothing comes of it.
   */
  readonly outcomes: readonly string[];
  /** How long to wait for it. Default: 5 s; 1 s where nothing has to come. */
  readonly patienceMs?: number;
}

const list = "/maglev.Maglev/ListBackends";
const get = "/maglev.Maglev/GetBackend";
const watch = "/maglev.Maglev/WatchEvents";

const repeat = (count: number, make: (index: number) => Uint8Array) =>
  joined(...Array.from({ length: count }, (_, index) => make(index)));

/** Sends the same bytes again and again, until enough was sent or nobody takes it. */
const flood = async (connection: RawConnection, bytes: Uint8Array, times: number) => {
  for (let count = 0; count < times; count++) {
    if (!await connection.send(bytes) || connection.isClosed) return;
  }
};

/** Calls with header fields that are not as they should be. */
const withFields = (changes: Readonly<Record<string, string | null>>, path = list) =>
(
  connection: RawConnection,
) =>
  connection.send(
    headers(1, callFields(path, changes)),
    frame("data", { stream: 1, flags: flags.endStream, payload: message(new Uint8Array()) }),
  );

/** Sends one call whose body is this. */
const withBody = (body: Uint8Array) => (connection: RawConnection) =>
  connection.send(callBytes(1, get, body));

const malformed = ["RST PROTOCOL_ERROR", "GOAWAY PROTOCOL_ERROR", "http 400"];
/** INVALID_ARGUMENT, UNIMPLEMENTED or INTERNAL: implementations differ. */
const notOneMessage = ["grpc-status 3", "grpc-status 12", "grpc-status 13"];
const calm = "GOAWAY ENHANCE_YOUR_CALM";

/** What is not HTTP/2 at all. */
const strangers: readonly Abuse[] = [
  {
    name: "garbage",
    greets: false,
    act: ({ send }) => send(repeat(500, (index) => uint32(index * 2_654_435_761 % 2 ** 32))),
    outcomes: ["closed", "GOAWAY PROTOCOL_ERROR"],
  },
  {
    name: "a request of HTTP/1.1",
    greets: false,
    act: ({ send }) => send(text("GET / HTTP/1.1\r\nHost: test\r\n\r\n")),
    outcomes: ["closed", "GOAWAY PROTOCOL_ERROR", "GOAWAY HTTP_1_1_REQUIRED"],
  },
  {
    name: "the hello of TLS",
    greets: false,
    act: ({ send }) =>
      send(new Uint8Array([0x16, 3, 1, 0, 0x80, 1, 0, 0, 0x7c, 3, 3]), new Uint8Array(122)),
    outcomes: ["closed", "GOAWAY PROTOCOL_ERROR"],
  },
  {
    name: "half a preface, then nothing",
    greets: false,
    act: ({ send }) => send(preface.subarray(0, 12)),
    outcomes: ["closed", "GOAWAY PROTOCOL_ERROR", "GOAWAY SETTINGS_TIMEOUT"],
    patienceMs: 30_000,
  },
  {
    name: "a preface, then nothing",
    greets: false,
    act: ({ send }) => send(preface),
    outcomes: ["open", "closed", "GOAWAY SETTINGS_TIMEOUT"],
  },
  {
    name: "a preface, then a call without SETTINGS",
    greets: false,
    act: ({ send }) => send(preface, callBytes(1, list)),
    outcomes: ["GOAWAY PROTOCOL_ERROR", "closed"],
  },
];

/** Frames that break the rules. */
const ruleBreakers: readonly Abuse[] = [
  {
    name: "a frame over the limit",
    act: async ({ send, serverSettings, until }) => {
      await until(() => serverSettings.size > 0, 500);
      const payload = new Uint8Array((serverSettings.get(5) ?? 16_384) + 1);
      await send(headers(1, callFields(list)), frame("data", { stream: 1, payload }));
    },
    outcomes: ["GOAWAY FRAME_SIZE_ERROR", "RST FRAME_SIZE_ERROR"],
  },
  {
    name: "a frame that says it has 16 MiB",
    act: ({ send }) => send(new Uint8Array([0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 1])),
    outcomes: ["GOAWAY FRAME_SIZE_ERROR"],
  },
  {
    name: "a window beyond 2^31 - 1, of the connection",
    act: ({ send }) => send(windowUpdate(0, 0x7fffffff)),
    outcomes: ["GOAWAY FLOW_CONTROL_ERROR"],
  },
  {
    name: "a window beyond 2^31 - 1, of a stream",
    act: ({ send }) => send(headers(1, callFields(list)), windowUpdate(1, 0x7fffffff)),
    outcomes: ["RST FLOW_CONTROL_ERROR", "GOAWAY FLOW_CONTROL_ERROR"],
  },
  {
    name: "a window beyond 2^31 - 1, by SETTINGS",
    act: ({ send }) => send(settings([4, 0xffffffff])),
    outcomes: ["GOAWAY FLOW_CONTROL_ERROR"],
  },
  {
    name: "a window that grows by nothing",
    act: ({ send }) => send(windowUpdate(0, 0)),
    outcomes: ["GOAWAY PROTOCOL_ERROR"],
  },
  {
    name: "SETTINGS of five bytes",
    act: ({ send }) => send(frame("settings", { payload: new Uint8Array(5) })),
    outcomes: ["GOAWAY FRAME_SIZE_ERROR"],
  },
  {
    name: "a ping of seven bytes",
    act: ({ send }) => send(frame("ping", { payload: new Uint8Array(7) })),
    outcomes: ["GOAWAY FRAME_SIZE_ERROR"],
  },
  {
    name: "data for the connection itself",
    act: ({ send }) => send(frame("data", { payload: new Uint8Array(1) })),
    outcomes: ["GOAWAY PROTOCOL_ERROR"],
  },
  {
    name: "data for a stream that there is not",
    act: ({ send }) => send(frame("data", { stream: 7, payload: new Uint8Array(1) })),
    outcomes: ["GOAWAY PROTOCOL_ERROR", "GOAWAY STREAM_CLOSED"],
  },
  {
    name: "a stream with an even number",
    act: ({ send }) => send(headers(2, callFields(list))),
    outcomes: ["GOAWAY PROTOCOL_ERROR"],
  },
  {
    name: "a stream below one that was opened",
    act: ({ send }) => send(callBytes(5, list), callBytes(3, list)),
    outcomes: ["GOAWAY PROTOCOL_ERROR", "GOAWAY STREAM_CLOSED"],
  },
  {
    name: "a reset of a stream that there is not",
    act: ({ send }) => send(resetStream(9)),
    outcomes: ["GOAWAY PROTOCOL_ERROR"],
  },
  {
    name: "a promise from a client",
    act: ({ send }) =>
      send(frame("pushPromise", { stream: 1, flags: 4, payload: joined(uint32(2), uint32(0)) })),
    outcomes: ["GOAWAY PROTOCOL_ERROR"],
  },
  {
    name: "another frame amid a header block",
    act: ({ send }) =>
      send(headers(1, callFields(list), 0), frame("ping", { payload: new Uint8Array(8) })),
    outcomes: ["GOAWAY PROTOCOL_ERROR"],
  },
  {
    name: "a header that no table has",
    act: ({ send }) =>
      send(frame("headers", { stream: 1, flags: 5, payload: integer(200, 7, 0x80) })),
    outcomes: ["GOAWAY COMPRESSION_ERROR"],
  },
  {
    name: "a number without end in a header block",
    act: ({ send }) =>
      send(frame("headers", { stream: 1, flags: 5, payload: new Uint8Array(100).fill(0xff) })),
    outcomes: ["GOAWAY COMPRESSION_ERROR"],
  },
  {
    name: "padding that is longer than its frame",
    act: ({ send }) =>
      send(
        headers(1, callFields(list)),
        frame("data", { stream: 1, flags: 8, payload: new Uint8Array([9, 0]) }),
      ),
    outcomes: ["GOAWAY PROTOCOL_ERROR"],
  },
  {
    name: "data beyond the window",
    // It says it has 4 MiB, so that nothing is taken before all is there.
    act: async (connection) => {
      const begin = message(new Uint8Array(16_000), { length: 4 << 20 });
      await connection.send(
        headers(1, callFields(get)),
        frame("data", { stream: 1, payload: begin }),
      );
      await flood(connection, frame("data", { stream: 1, payload: new Uint8Array(16_384) }), 1_024);
    },
    outcomes: [
      ...["GOAWAY FLOW_CONTROL_ERROR", "RST FLOW_CONTROL_ERROR", "RST NO_ERROR", "RST CANCEL"],
      ...["grpc-status 3", "grpc-status 8", "grpc-status 12", "grpc-status 13"],
    ],
  },
];

const oneBig: Fields = [["x-big", "b".repeat(4_000)]];
/** A field of 4,000 bytes that goes into the table, and then 12,000 bytes that each repeat it. */
const bomb = joined(
  writeFields(callFields(list)),
  new Uint8Array([0x40]),
  writeFields(oneBig).subarray(1),
  new Uint8Array(12_000).fill(0x80 | 62),
);
const opened = (index: number) => 1 + 2 * index;

/** Too much of what is allowed. */
const floods: readonly Abuse[] = [
  {
    name: "20,000 SETTINGS",
    act: (connection) => flood(connection, repeat(1_000, () => settings([4, 65_535])), 20),
    outcomes: ["open", calm],
  },
  {
    name: "50,000 pings",
    act: (connection) =>
      flood(connection, repeat(1_000, () => frame("ping", { payload: new Uint8Array(8) })), 50),
    // Each is answered; what is not answered yet keeps the server from reading more.
    outcomes: ["open"],
  },
  {
    name: "50,000 pings, and no answer is read",
    reads: false,
    act: (connection) =>
      flood(connection, repeat(1_000, () => frame("ping", { payload: new Uint8Array(8) })), 50),
    outcomes: ["open"],
  },
  {
    name: "10,000 streams at once",
    act: ({ send }) => send(repeat(10_000, (index) => headers(opened(index), callFields(watch)))),
    outcomes: ["open", calm, "GOAWAY PROTOCOL_ERROR"],
  },
  {
    name: "10,000 streams that are reset at once",
    act: ({ send }) =>
      send(
        repeat(
          10_000,
          (index) => joined(callBytes(opened(index), watch), resetStream(opened(index))),
        ),
      ),
    // They are read slowly.
    outcomes: ["open"],
  },
  {
    name: "10,000 streams that the server has to reset",
    act: ({ send }) =>
      send(
        repeat(10_000, (index) =>
          joined(headers(opened(index), callFields(watch)), windowUpdate(opened(index), 0))),
      ),
    outcomes: ["RST PROTOCOL_ERROR"],
  },
  {
    name: "a header block of 10 MiB",
    act: async (connection) => {
      await connection.send(headers(1, callFields(list), 0));
      const part = frame("continuation", {
        stream: 1,
        payload: writeFields([["x", "y".repeat(1_000)]]),
      });
      await flood(connection, repeat(100, () => part), 100);
    },
    outcomes: [calm, "GOAWAY PROTOCOL_ERROR", "GOAWAY COMPRESSION_ERROR", "closed"],
  },
  {
    name: "a header block of 100,000 empty frames",
    act: async (connection) => {
      await connection.send(headers(1, callFields(list), 0));
      await flood(connection, repeat(1_000, () => frame("continuation", { stream: 1 })), 100);
    },
    outcomes: [calm, "GOAWAY PROTOCOL_ERROR", "closed"],
  },
  {
    name: "a header block that unpacks to 48 MB",
    act: ({ send }) => send(frame("headers", { stream: 1, flags: 4, payload: bomb })),
    outcomes: [
      ...[calm, "GOAWAY PROTOCOL_ERROR", "GOAWAY COMPRESSION_ERROR", "RST PROTOCOL_ERROR"],
      ...["RST REFUSED_STREAM", "RST ENHANCE_YOUR_CALM", "http 431", "grpc-status 8"],
    ],
  },
  {
    name: "100,000 empty DATA frames",
    act: async (connection) => {
      await connection.send(headers(1, callFields(get)));
      await flood(connection, repeat(1_000, () => frame("data", { stream: 1 })), 100);
    },
    outcomes: ["open", calm, "RST ENHANCE_YOUR_CALM", "GOAWAY PROTOCOL_ERROR"],
  },
  {
    name: "200 calls, whose answers have no window",
    act: ({ send }) =>
      send(settings([4, 0]), repeat(200, (index) => callBytes(opened(index), get, named("web1")))),
    outcomes: ["open"],
  },
  {
    name: "20,000 calls, and no answer is read",
    reads: false,
    act: (connection) =>
      Promise.race([
        connection.send(repeat(20_000, (index) => callBytes(opened(index), list))),
        new Promise((resolve) => setTimeout(resolve, 2_000)),
      ]),
    outcomes: ["open"],
  },
];

/** HTTP/2 in order, and gRPC not. */
const wrongCalls: readonly Abuse[] = [
  {
    name: "a message of 4 MiB and one byte",
    act: async (connection) => {
      const size = (4 << 20) + 1;
      await connection.send(
        headers(1, callFields(get)),
        frame("data", { stream: 1, payload: message(new Uint8Array(), { length: size }) }),
      );
    },
    outcomes: ["grpc-status 8"],
  },
  {
    name: "a message that ends before its end",
    act: withBody(message(new Uint8Array(3), { length: 10 })),
    outcomes: notOneMessage,
  },
  {
    name: "no message",
    act: withBody(new Uint8Array()),
    outcomes: notOneMessage,
  },
  {
    name: "two messages where there is one",
    act: withBody(joined(named("web1"), named("web1"))),
    outcomes: notOneMessage,
  },
  {
    name: "a message that says it is compressed",
    act: withBody(message(new Uint8Array(9), { isCompressed: true })),
    outcomes: ["grpc-status 12", "grpc-status 13"],
  },
  {
    name: "a message that is none",
    act: withBody(message(new Uint8Array(20).fill(0xff))),
    outcomes: ["grpc-status 3", "grpc-status 13"],
  },
  {
    name: "another content type",
    act: withFields({ "content-type": "application/json" }),
    outcomes: ["http 415"],
  },
  { name: "no content type", act: withFields({ "content-type": null }), outcomes: ["http 415"] },
  {
    name: "GET",
    act: withFields({ ":method": "GET" }),
    outcomes: ["http 405", "http 415", "grpc-status 12", "grpc-status 13", "RST PROTOCOL_ERROR"],
  },
  ...["nonsense", "/", "//", "/maglev.Maglev/", "/maglev.Maglev/Get/Backend", "/a".repeat(2_000)]
    .map(
      (path): Abuse => ({
        name: `the path ${path.slice(0, 30)}`,
        act: withFields({ ":path": path }),
        outcomes: path.startsWith("/") ? ["grpc-status 12"] : ["grpc-status 12", ...malformed],
      }),
    ),
  ...["abc", "5", "-5S", "123456789S", "1.5S", "5X", ""].map((timeout): Abuse => ({
    name: `the timeout ${JSON.stringify(timeout)}`,
    act: withFields({ "grpc-timeout": timeout }),
    outcomes: ["grpc-status 3", "grpc-status 13", "http 400"],
  })),
  {
    name: "the timeout 0n",
    act: withFields({ "grpc-timeout": "0n" }),
    outcomes: ["grpc-status 4"],
  },
  { name: "no path", act: withFields({ ":path": null }), outcomes: malformed },
  { name: "an uppercase header", act: withFields({ "X-Upper": "x" }), outcomes: malformed },
  { name: "a header of HTTP/1.1", act: withFields({ connection: "close" }), outcomes: malformed },
  {
    name: "a pseudo header after others",
    act: withFields({ ":late": "x" }),
    outcomes: malformed,
  },
  {
    name: "trailers that do not end the stream",
    act: ({ send }) => send(headers(1, callFields(get)), headers(1, [["x-trailer", "x"]])),
    outcomes: malformed,
  },
];

/** Everything. */
export const abuses: readonly Abuse[] = [...strangers, ...ruleBreakers, ...floods, ...wrongCalls];

/** What came of an abuse, as far as it can be told by now. */
export function outcomeOf({ goAway, isClosed, streams }: RawConnection): string {
  if (goAway !== undefined && goAway !== "NO_ERROR") return `GOAWAY ${goAway}`;
  const end = endOf(streams.get(1));
  if (end !== "open") return end;
  return isClosed ? "closed" : "open";
}
