import assert from "node:assert/strict";
import { type Header, startHttp2 } from "../http2/mod.ts";
import { frameMessage, largestMessage } from "./message_frames.ts";
import {
  assertNothingLeft,
  isCallError,
  methods,
  type Note,
  type ServerScene,
  serverScene,
  watched,
} from "./server_testing.ts";
import { RpcError, type StatusCode, statusCodes } from "./status.ts";

const { get, set, watch, chat } = methods;
const note = (text: string) => get.request.encode({ text });
const windows = { stream: 8_388_608, connection: 16_777_216 };

/** Speaks HTTP/2 with a server, to say what our client would not. */
function rawClient({ connect, clock }: ServerScene) {
  const connection = startHttp2({ role: "client", transport: connect().far, clock, windows });
  /** Makes a call with some bytes as its request; gives the status of its end. */
  return {
    connection,
    async call(path: string, bytes: Uint8Array | undefined, more: readonly Header[] = []) {
      const given = new Map<string, string>([
        ...[[":method", "POST"], [":scheme", "http"], [":path", path]] as const,
        ["content-type", "application/grpc"],
        ...more,
      ]);
      const stream = connection.open([...given]);
      if (bytes !== undefined) void stream.send(bytes);
      stream.end();
      const head = await stream.head;
      const pieces: Uint8Array[] = [];
      for (let piece = await stream.receive(); piece !== null; piece = await stream.receive()) {
        pieces.push(piece);
      }
      const end = new Map([...head, ...stream.trailers ?? []]);
      const code = statusCodes[Number(end.get("grpc-status") ?? -1)];
      return { code, status: end.get(":status"), text: end.get("grpc-message") ?? "", pieces };
    },
  };
}

Deno.test("calls of each type are answered", async () => {
  const scene = serverScene();
  const client = scene.client();
  assert.deepEqual(await client.call(get, { text: "é" }), { text: "é" });
  assert.deepEqual(await client.call(set, { text: "" }), { text: "" });
  const letters = await Array.fromAsync(client.stream(watch, { text: "abc" }));
  assert.deepEqual(letters.map(({ text }) => text), ["a", "b", "c"]);
  assert.deepEqual(await Array.fromAsync(client.stream(watch, { text: "" })), []);
  assert.deepEqual(await Array.fromAsync(client.stream(chat, { text: "a" })), [{ text: "a!" }]);
  client.close();
  await scene.clock.advance(0);
  const counts = scene.server.counts.map(({ method, started, received, sent, handled }) => [
    ...[method, started, received, sent, handled.get("OK")],
  ]);
  assert.deepEqual(counts, [
    ["Get", 1, 1, 1, 1],
    ["Set", 1, 1, 1, 1],
    ["Watch", 2, 2, 3, 2],
    ["Chat", 1, 1, 1, 1],
  ]);
  await assertNothingLeft(scene);
});

Deno.test("a handler knows who calls", async () => {
  const scene = serverScene({ get: (_request, { caller }) => ({ text: caller }) });
  const client = scene.client({ caller: "CN=ops" });
  assert.deepEqual(await client.call(get, { text: "" }), { text: "CN=ops" });
  await assertNothingLeft(scene);
});

Deno.test("the error of a handler is told as it is", async () => {
  const message = `no backend "wéb%"\n(did you mean "web"?)`;
  const refuse = () => {
    throw new RpcError("NOT_FOUND", message);
  };
  const scene = serverScene({
    get: refuse,
    set: () => Promise.reject(new RpcError("FAILED_PRECONDITION", "not now")),
    async *watch() {
      yield await Promise.resolve({ text: "first" });
      refuse();
    },
  });
  const client = scene.client();
  await assert.rejects(client.call(get, { text: "" }), isCallError("NOT_FOUND", message));
  await assert.rejects(
    client.call(set, { text: "" }),
    isCallError("FAILED_PRECONDITION", "not now"),
  );
  const seen: Note[] = [];
  await assert.rejects(async () => {
    for await (const each of client.stream(watch, { text: "" })) seen.push(each);
  }, isCallError("NOT_FOUND", message));
  assert.deepEqual(seen, [{ text: "first" }]);
  assert.deepEqual(scene.logged("rpc-failed"), []);
  await assertNothingLeft(scene);
});

Deno.test("a fault of a handler is logged, and nothing of it is told", async () => {
  const faults: unknown[] = [new TypeError("secret"), "secret", undefined, null];
  for (const fault of faults) {
    const scene = serverScene({ get: () => Promise.reject(fault) });
    const answer = scene.client().call(get, { text: "" });
    await assert.rejects(
      answer,
      isCallError("INTERNAL", "an internal error, which is in the log"),
      String(fault),
    );
    const [record] = scene.logged("rpc-failed");
    assert.equal(record?.level, "error");
    assert.deepEqual([record?.attributes["call"], record?.attributes["caller"]], [
      ...["Get", "192.0.2.1:5"],
    ]);
    assert.match(String(record?.attributes["error"]), fault ? /secret/ : /undefined|null/);
    assert.match(String(record?.attributes["stack"]), /Error: .*\n +at /);
    await assertNothingLeft(scene);
  }
});

Deno.test("what there is not is UNIMPLEMENTED, and what is no call is answered as HTTP is", async () => {
  const scene = serverScene();
  const { call } = rawClient(scene);
  for (const path of ["/test.Test/Other", "/test.Other/Get", "/test.Test/get", "/", "/__proto__"]) {
    const { code, text } = await call(path, frameMessage(note("a")));
    assert.deepEqual([code, text], ["UNIMPLEMENTED", `there is no ${path} here`]);
  }
  const cases: [more: Header, status: string][] = [
    [["content-type", "text/html"], "415"],
    [[":method", "GET"], "405"],
  ];
  for (const [more, expected] of cases) {
    const { code, status, pieces } = await call("/test.Test/Get", note("a"), [more]);
    const text = pieces.map((each) => new TextDecoder().decode(each)).join("");
    assert.deepEqual([code, status, text], [undefined, expected, "This port is for gRPC.\n"]);
  }
  assert.equal(scene.server.counts[0]?.started, 0);
  await assertNothingLeft(scene);
});

Deno.test("a request that is no call, and breaks off, is forgotten", async () => {
  const scene = serverScene();
  const { connection } = rawClient(scene);
  const stream = connection.open([[":method", "GET"], [":scheme", "http"], [":path", "/"]]);
  await scene.clock.advance(0);
  stream.reset("CANCEL", "enough");
  await scene.clock.advance(0);
  assert.equal(scene.server.calls, 0);
  await assertNothingLeft(scene);
});

Deno.test("requests that cannot be taken are refused, and say why", async () => {
  const scene = serverScene();
  const { call } = rawClient(scene);
  const [one, tooLarge] = [frameMessage(note("a")), new Uint8Array(5)];
  new DataView(tooLarge.buffer).setUint32(1, largestMessage + 1);
  const two = new Uint8Array([...one, ...one]);
  const cases: [
    bytes: Uint8Array | undefined,
    more: readonly Header[],
    code: StatusCode,
    text: RegExp,
  ][] = [
    [undefined, [], "INVALID_ARGUMENT", /no message/],
    [two, [], "INVALID_ARGUMENT", /a second message/],
    [one.subarray(0, 6), [], "INVALID_ARGUMENT", /not complete/],
    [frameMessage(new Uint8Array([0xff])), [], "INVALID_ARGUMENT", /cannot be read/],
    [tooLarge, [], "RESOURCE_EXHAUSTED", /4194305 bytes, where at most 4194304/],
    [new Uint8Array([1, 0, 0, 0, 0]), [], "UNIMPLEMENTED", /compressed/],
    [one, [["grpc-encoding", "gzip"]], "UNIMPLEMENTED", /compressed/],
    [one, [["grpc-timeout", "1x"]], "INTERNAL", /no time/],
  ];
  for (const method of ["Get", "Watch"]) {
    for (const [bytes, more, code, text] of cases) {
      const end = await call(`/test.Test/${method}`, bytes, more);
      assert.equal(end.code, code, `${text}: ${end.text}`);
      assert.match(end.text, text);
    }
  }
  assert.deepEqual(scene.logged("rpc-failed"), []);
  await assertNothingLeft(scene);
});

Deno.test("an answer that is too large is refused", async () => {
  const text = "x".repeat(largestMessage);
  const scene = serverScene({ get: () => ({ text }) });
  await assert.rejects(
    scene.client().call(get, { text: "" }),
    isCallError("RESOURCE_EXHAUSTED", /^the answer has 4194309 bytes, more than 4194304$/),
  );
  await assertNothingLeft(scene);
});

Deno.test("messages of 4 MiB go both ways, for a client that reads", async () => {
  const scene = serverScene();
  const text = "x".repeat(largestMessage - 5);
  const { text: answer } = await scene.client().call(get, { text });
  assert.equal(answer.length, text.length);
  await assertNothingLeft(scene);
});

Deno.test("a message that goes into many streams arrives in each", async () => {
  const same = { text: "same" };
  const scene = serverScene({
    async *watch() {
      yield await Promise.resolve(same);
      yield same;
    },
  });
  const client = scene.client();
  for (let count = 0; count < 2; count++) {
    const seen = await Array.fromAsync(client.stream(watch, { text: "" }));
    assert.deepEqual(seen, [same, same]);
  }
  await assertNothingLeft(scene);
});

Deno.test("a handler knows the deadline, on the monotonic clock", async () => {
  const deadlines: number[] = [];
  const scene = serverScene({
    get: (_request, { deadlineMs }) => {
      deadlines.push(deadlineMs - scene.clock.monotonic());
      return { text: "" };
    },
  });
  const client = scene.client();
  await client.call(get, { text: "" }, { timeoutMs: 2_000 });
  await client.call(get, { text: "" });
  assert.deepEqual(deadlines, [2_000, Infinity]);
  await assertNothingLeft(scene);
});

Deno.test("a call ends at its deadline although its handler hangs", async () => {
  let reason: unknown;
  const hang = new Promise<Note>(() => {});
  const scene = serverScene({
    get(_request, { signal }) {
      signal.addEventListener("abort", () => reason = signal.reason);
      return hang;
    },
    async *watch() {
      yield await Promise.resolve({ text: "first" });
      yield await hang;
    },
  });
  const { call } = rawClient(scene);
  for (const method of ["Get", "Watch"]) {
    const end = watched(
      call(`/test.Test/${method}`, frameMessage(note("")), [["grpc-timeout", "2S"]]),
    );
    await scene.clock.advance(1_999);
    assert.deepEqual(end, {});
    await scene.clock.advance(1);
    assert.equal(end.value?.code, "DEADLINE_EXCEEDED", method);
    assert.equal(scene.server.calls, 0);
  }
  assert.ok(reason instanceof RpcError);
  assert.equal(scene.server.counts[0]?.durations.sum, 2);
  await assertNothingLeft(scene);
});

Deno.test("a call whose deadline is now is not begun", async () => {
  let begun = 0;
  const scene = serverScene({ get: (request) => (begun++, request) });
  const end = await rawClient(scene).call("/test.Test/Get", frameMessage(note("")), [[
    "grpc-timeout",
    "0n",
  ]]);
  assert.deepEqual([end.code, begun], ["DEADLINE_EXCEEDED", 0]);
  await assertNothingLeft(scene);
});

Deno.test("a call that its client cancels ends, and its handler is told", async () => {
  const reasons: unknown[] = [];
  let stopped = 0;
  const scene = serverScene({
    get: (_request, { signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener("abort", () => {
          reasons.push(signal.reason);
          reject(new Error("too late for anybody to hear"));
        });
      }),
    async *watch(_request, { signal }) {
      try {
        for (let count = 0; !signal.aborted; count++) {
          yield await Promise.resolve({ text: "x".repeat(10_000) });
        }
      } finally {
        stopped++;
      }
    },
  });
  const client = scene.client();
  const abortion = new AbortController();
  const call = watched(client.call(get, { text: "" }, { signal: abortion.signal }));
  await scene.clock.advance(0);
  assert.equal(scene.server.calls, 1);
  abortion.abort();
  await scene.clock.advance(0);
  assert.ok(isCallError("CANCELLED", "the call was cancelled")(call.error));
  assert.equal(reasons.length, 1);
  for await (const _ of client.stream(watch, { text: "" })) break;
  await scene.clock.advance(0);
  assert.deepEqual([stopped, scene.server.calls], [1, 0]);
  const handled = scene.server.counts.map(({ handled }) => handled.get("CANCELLED"));
  assert.deepEqual(handled, [1, undefined, 1, undefined]);
  assert.deepEqual(scene.logged("rpc-failed"), []);
  await assertNothingLeft(scene);
});

Deno.test("at an address for reading nothing is changed", async () => {
  let changed = 0;
  const scene = serverScene({ set: (request) => (changed++, request) });
  const client = scene.client({ isReadOnly: true });
  assert.deepEqual(await client.call(get, { text: "a" }), { text: "a" });
  await assert.rejects(
    client.call(set, { text: "a" }),
    isCallError("PERMISSION_DENIED", /Set changes something: this address is for reading/),
  );
  assert.equal(changed, 0);
  assert.match(String(scene.logged("audit")[0]?.attributes["result"]), /^PERMISSION_DENIED: /);
  await assertNothingLeft(scene);
});

Deno.test("each call that changes something is told in the log: who, what, and how it ended", async () => {
  const scene = serverScene({
    set(request) {
      if (request.text === "bad") throw new RpcError("NOT_FOUND", "there is none");
      return request;
    },
  });
  const client = scene.client({ caller: "CN=ops" });
  await client.call(get, { text: "not told" });
  await client.call(set, { text: "good" });
  await assert.rejects(client.call(set, { text: "bad" }), RpcError);
  const audit = scene.logged("audit");
  assert.deepEqual(audit.map(({ level }) => level), ["info", "info"]);
  assert.deepEqual(audit.map(({ attributes }) => attributes), [
    { who: "CN=ops", call: "Set", arguments: { text: "good" }, result: "OK" },
    { who: "CN=ops", call: "Set", arguments: { text: "bad" }, result: "NOT_FOUND: there is none" },
  ]);
  await assertNothingLeft(scene);
});
