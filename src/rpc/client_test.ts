import assert from "node:assert/strict";
import { virtualClock } from "../clock.ts";
import { ConnectionError, type Header, type Http2Stream, startHttp2 } from "../http2/mod.ts";
import { transportPair } from "../http2/transport_pair_testing.ts";
import { rpcClient } from "./client.ts";
import { frameMessage, largestMessage } from "./message_frames.ts";
import {
  type CallErrorCode,
  isCallError,
  methods,
  type Note,
  serverScene,
} from "./server_testing.ts";
import { RpcError } from "./status.ts";

const { get, watch } = methods;
const windows = { stream: 65_535, connection: 1_048_576 };
const head: readonly Header[] = [[":status", "200"], ["content-type", "application/grpc"]];
const ok: readonly Header[] = [["grpc-status", "0"]];
const answer = (text: string) => frameMessage(get.response.encode({ text }));
const ask = { text: "" };

type Answer = (stream: Http2Stream, head: readonly Header[]) => void;

/** A client of a server that answers each call as the test wants. */
function clientOf(onStream: Answer) {
  const clock = virtualClock();
  const [near, far] = transportPair();
  const server = startHttp2({ role: "server", transport: near, clock, windows, onStream });
  const options = { service: "test.Test", authority: "lb1", clock };
  return { clock, server, client: rpcClient({ transport: far, ...options }), near, far };
}

/** An answer made of a head, a message and trailers. */
const answers =
  (headers: readonly Header[], bytes: Uint8Array, trailers: readonly Header[]): Answer =>
  (stream) => {
    stream.sendHead(headers);
    void stream.send(bytes);
    stream.end(trailers);
  };
const onlyHead = (headers: readonly Header[]): Answer => (stream) =>
  stream.sendHead(headers, { isLast: true });

Deno.test("a call says what it is", async () => {
  const heads: (readonly Header[])[] = [];
  const { client, clock } = clientOf((stream, asked) => {
    heads.push(asked);
    answers(head, answer("a"), ok)(stream, asked);
  });
  assert.deepEqual(await client.call(get, ask), { text: "a" });
  assert.deepEqual(await client.call(get, ask, { timeoutMs: 1_500 }), { text: "a" });
  const [first, second] = heads;
  assert.deepEqual(first, [
    [":method", "POST"],
    [":scheme", "http"],
    [":path", "/test.Test/Get"],
    [":authority", "lb1"],
    ["te", "trailers"],
    ["content-type", "application/grpc"],
  ]);
  assert.deepEqual(second, [...first ?? [], ["grpc-timeout", "1500m"]]);
  client.close();
  await clock.advance(0);
  assert.equal(clock.pending, 0);
});

Deno.test("whatever a server answers is an answer, or an error of gRPC", async () => {
  const status = (code: string, message?: string): readonly Header[] =>
    message === undefined
      ? [["grpc-status", code]]
      : [["grpc-status", code], ["grpc-message", message]];
  const bare = head.slice(0, 1);
  const two = new Uint8Array([...answer("a"), ...answer("b")]);
  const tooLarge = new Uint8Array(5);
  new DataView(tooLarge.buffer).setUint32(1, largestMessage + 1);
  const cases: [what: string, answer: Answer, code: CallErrorCode, message: RegExp][] = [
    ["an error alone", onlyHead([...head, ...status("5", "no %22w%22")]), "NOT_FOUND", /^no "w"$/],
    [
      "an error behind an answer",
      answers(head, answer("a"), status("14", "x")),
      "UNAVAILABLE",
      /^x$/,
    ],
    [
      "an error without a text",
      onlyHead([...head, ...status("7")]),
      "PERMISSION_DENIED",
      /^status 7$/,
    ],
    ["an unknown status", onlyHead([...head, ...status("99", "x")]), "UNKNOWN", /^x$/],
    ["a status that is no number", answers(head, answer("a"), status("")), "UNKNOWN", /^status $/],
    ["a status in words", answers(head, answer("a"), status("0x0")), "UNKNOWN", /./],
    ["no status", answers(head, answer("a"), []), "UNREACHABLE", /broke off/],
    ["nothing", answers(head, new Uint8Array(), ok), "INTERNAL", /gave no answer/],
    ["two answers", answers(head, two, ok), "INTERNAL", /a second answer/],
    [
      "a web server",
      answers([...bare, ["content-type", "text/html"]], answer("a"), ok),
      "UNREACHABLE",
      /does not speak gRPC/,
    ],
    ["a failing proxy", onlyHead([[":status", "503"]]), "UNREACHABLE", /HTTP status 503/],
    ["no content type", onlyHead(bare), "UNREACHABLE", /does not speak gRPC/],
    [
      "garbage",
      answers(head, frameMessage(new Uint8Array([0xff])), ok),
      "INTERNAL",
      /cannot be read/,
    ],
    ["a message that is too large", answers(head, tooLarge, ok), "RESOURCE_EXHAUSTED", /4194305/],
    [
      "a compressed message",
      answers(head, new Uint8Array([1, 0, 0, 0, 0]), ok),
      "UNIMPLEMENTED",
      /compressed/,
    ],
    [
      "half a message",
      answers(head, answer("abc").subarray(0, 6), ok),
      "INVALID_ARGUMENT",
      /not complete/,
    ],
    ["a reset", (stream) => stream.reset("CANCEL", ""), "CANCELLED", /ended the stream/],
    [
      "a refusal",
      (stream) => stream.reset("REFUSED_STREAM", ""),
      "UNREACHABLE",
      /ended the stream/,
    ],
  ];
  for (const [what, onStream, code, message] of cases) {
    const { client, clock, server } = clientOf(onStream);
    await assert.rejects(client.call(get, ask), isCallError(code, message), what);
    await clock.advance(0);
    assert.equal(server.streams, 0, what);
    client.close();
    await clock.advance(0);
    assert.equal(clock.pending, 0, what);
  }
});

Deno.test("an error that comes before all of the request was sent is heard", async () => {
  const refusal: readonly Header[] = [["grpc-status", "8"], ["grpc-message", "too large"]];
  const { client, clock } = clientOf(onlyHead([...head, ...refusal]));
  const text = "x".repeat(200_000);
  await assert.rejects(
    client.call(get, { text }),
    isCallError("RESOURCE_EXHAUSTED", /^too large$/),
  );
  client.close();
  await clock.advance(0);
});

Deno.test("a message that the server finds too large is refused as the server says", async () => {
  const { client, server } = serverScene();
  const text = "x".repeat(largestMessage + 1);
  await assert.rejects(client().call(get, { text }), isCallError("RESOURCE_EXHAUSTED", /at most/));
  await server.stop();
});

Deno.test("a server that answers without end is not listened to", async () => {
  let isReset = false;
  const { client, clock } = clientOf((stream) => {
    stream.onFailure(() => isReset = true);
    stream.sendHead(head);
    const send = (): Promise<void> => stream.send(answer("a")).then(send, () => {});
    void send();
  });
  await assert.rejects(client.call(get, ask), isCallError("INTERNAL", /a second answer/));
  await clock.advance(0);
  assert.ok(isReset);
  client.close();
  await clock.advance(0);
});

Deno.test("a call is over when its time is, and the server is told", async () => {
  const failures: Error[] = [];
  const { client, clock } = clientOf((stream) => stream.onFailure((error) => failures.push(error)));
  const over = assert.rejects(
    client.call(get, ask, { timeoutMs: 2_500 }),
    isCallError("DEADLINE_EXCEEDED", /^no answer in 2.5 s$/),
  );
  await clock.advance(2_499);
  assert.equal(failures.length, 0);
  await clock.advance(1);
  await over;
  assert.equal(failures.length, 1);
  client.close();
  await clock.advance(0);
  assert.equal(clock.pending, 0);
});

Deno.test("a call that is cancelled, before or while it runs, says so", async () => {
  let calls = 0;
  const { client, clock, server } = clientOf(() => calls++);
  const abortion = new AbortController();
  const { signal } = abortion;
  const running = assert.rejects(
    client.call(get, ask, { signal, timeoutMs: 1_000 }),
    isCallError("CANCELLED", /the call was cancelled/),
  );
  await clock.advance(0);
  abortion.abort();
  await running;
  await assert.rejects(
    client.call(get, ask, { signal }),
    isCallError("CANCELLED", /was cancelled/),
  );
  await clock.advance(0);
  assert.deepEqual([calls, server.streams], [1, 0]);
  client.close();
  await clock.advance(0);
  assert.equal(clock.pending, 0);
});

Deno.test("who leaves the loop of a stream ends it", async () => {
  const { client, clock, server } = clientOf((stream) => {
    stream.sendHead(head);
    void stream.send(answer("a"));
  });
  const seen: Note[] = [];
  for await (const each of client.stream(watch, ask)) {
    seen.push(each);
    break;
  }
  await clock.advance(0);
  assert.deepEqual([seen, server.streams], [[{ text: "a" }], 0]);
  client.close();
  await clock.advance(0);
});

Deno.test("streams that are left with answers unread do not stop later calls", async () => {
  const text = "x".repeat(60_000);
  const { client, clock } = clientOf((stream) => {
    stream.sendHead(head);
    for (let count = 0; count < 4; count++) void stream.send(answer(text));
    stream.end(ok);
  });
  for (let count = 0; count < 50; count++) {
    for await (const _ of client.stream(watch, ask)) break;
    await clock.advance(0);
  }
  const all = await Array.fromAsync(client.stream(watch, ask));
  assert.equal(all.length, 4);
  client.close();
  await clock.advance(0);
});

Deno.test("the end of the connection is the end of its calls, and of those that come later", async () => {
  const { client, clock, near } = clientOf((stream) => stream.sendHead(head));
  const call = assert.rejects(client.call(get, ask), isCallError("UNREACHABLE", /closed/));
  await clock.advance(0);
  near.close();
  await call;
  await assert.rejects(client.call(get, ask), isCallError("UNREACHABLE", /closed/));
  assert.equal(clock.pending, 0);
});

Deno.test("a client that is closed ends its calls, and makes none any more", async () => {
  const { client, clock } = clientOf(() => {});
  const call = assert.rejects(client.call(get, ask), isCallError("UNREACHABLE", /has finished/));
  await clock.advance(0);
  client.close();
  client.close();
  await call;
  await assert.rejects(client.call(get, ask), isCallError("UNREACHABLE", /has finished/));
  await clock.advance(0);
  assert.equal(clock.pending, 0);
});

Deno.test("a call to a server that says goodbye is refused at once", async () => {
  const { client, clock, server } = clientOf((stream) => stream.sendHead(head));
  const running = assert.rejects(client.call(get, ask), isCallError("UNREACHABLE", /closed/));
  await clock.advance(0);
  server.goAway("shutting down");
  await clock.advance(0);
  await assert.rejects(client.call(get, ask), isCallError("UNREACHABLE", /takes no more streams/));
  server.close(new ConnectionError("NO_ERROR", "gone"));
  await running;
  await clock.advance(0);
});

Deno.test("what does not speak gRPC is called so, and what broke is told", async () => {
  const options = { service: "test.Test", authority: "lb1" };
  const said: [what: string, bytes: string, message: RegExp][] = [
    ["HTTP/1.1", "HTTP/1.1 400 Bad Request\r\n\r\n", /does not speak gRPC/],
    ["nothing", "", /does not speak gRPC/],
  ];
  for (const [what, bytes, message] of said) {
    const clock = virtualClock();
    const [near, far] = transportPair();
    const client = rpcClient({ transport: far, clock, ...options });
    const call = assert.rejects(client.call(get, ask), isCallError("UNREACHABLE", message), what);
    await clock.advance(0);
    if (bytes === "") near.close();
    else void near.write(new TextEncoder().encode(bytes));
    await clock.advance(1_000);
    await call;
    assert.equal(clock.pending, 0, what);
  }
  const clock = virtualClock();
  const [, far] = transportPair();
  const read = () => Promise.reject(new Error("no route to host"));
  const client = rpcClient({ transport: { ...far, read }, clock, ...options });
  await assert.rejects(client.call(get, ask), isCallError("UNREACHABLE", /^no route to host$/));
});

Deno.test("a request that cannot be written is the caller's fault, and ends nothing else", async () => {
  const { client, clock, server } = clientOf(answers(head, answer("a"), ok));
  const broken = { text: 7 as unknown as string };
  await assert.rejects(client.call(get, broken), (error) => !(error instanceof RpcError));
  assert.deepEqual(await client.call(get, ask), { text: "a" });
  await clock.advance(0);
  assert.equal(server.streams, 0);
  client.close();
  await clock.advance(0);
});
