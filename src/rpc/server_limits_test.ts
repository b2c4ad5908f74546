import assert from "node:assert/strict";
import { encodeFrame, flags, resetFrame } from "../http2/frame.ts";
import { type Header, startHttp2 } from "../http2/mod.ts";
import { greeting, headersFrame, together } from "../http2/session_testing.ts";
import { frameMessage, largestMessage } from "./message_frames.ts";
import {
  assertNothingLeft,
  isCallError,
  methods,
  type Note,
  serverScene,
  watched,
} from "./server_testing.ts";
import { statusCodes } from "./status.ts";

const { get, watch } = methods;
const windows = { stream: 65_535, connection: 65_535 };
const callHead: readonly Header[] = [
  ...[[":method", "POST"], [":scheme", "http"], [":path", "/test.Test/Get"]] as const,
  ["content-type", "application/grpc"],
];

Deno.test("of too many connections the oldest idle one gives way", async () => {
  const scene = serverScene({ get: () => new Promise(() => {}) });
  const clients = Array.from({ length: 64 }, () => scene.client());
  const [first, second, third] = clients;
  void first?.call(get, { text: "" }).catch(() => {});
  await scene.clock.advance(0);
  scene.client();
  await scene.clock.advance(0);
  assert.deepEqual([first, second, third].map((each) => each?.near.isClosed), [false, true, false]);
  assert.equal(scene.server.connections, 64);
  scene.client();
  assert.ok(third?.near.isClosed);
  assert.deepEqual(scene.logged("api-connection-refused"), []);
  const stopped = scene.server.stop();
  await scene.clock.advance(5_000);
  await stopped;
  assert.equal(scene.clock.pending, 0);
});

Deno.test("where all connections are busy, a new one is refused and logged, until one is free", async () => {
  const scene = serverScene({ get: () => new Promise(() => {}) });
  const clients = Array.from({ length: 64 }, () => scene.client());
  for (const client of clients) void client.call(get, { text: "" }).catch(() => {});
  await scene.clock.advance(0);
  const refused = scene.client({ caller: "192.0.2.9:1" });
  assert.ok(refused.near.isClosed);
  const [record] = scene.logged("api-connection-refused");
  assert.deepEqual(record?.attributes, { caller: "192.0.2.9:1", connections: 64 });
  await assert.rejects(refused.call(get, { text: "" }), isCallError("UNREACHABLE", /./));
  clients[0]?.close();
  await scene.clock.advance(0);
  assert.equal(scene.server.connections, 63);
  const { near } = scene.client();
  await scene.clock.advance(0);
  assert.deepEqual([near.isClosed, scene.server.connections], [false, 64]);
  const stopped = scene.server.stop();
  await scene.clock.advance(5_000);
  await stopped;
});

Deno.test("calls whose streams are over count as long as they run", async () => {
  const scene = serverScene({ get: () => new Promise(() => {}) });
  const { far } = scene.connect();
  const { endHeaders } = flags;
  const calls = Array.from({ length: 600 }, (_, index) => 1 + 2 * index).map((id) =>
    together(headersFrame(id, callHead, endHeaders), resetFrame(id, "CANCEL"))
  );
  void far.write(together(greeting(), ...calls));
  await scene.clock.advance(0);
  assert.equal(scene.server.counts[0]?.started, 512);
  assert.equal(scene.server.counts[0]?.handled.get("CANCELLED"), 512);
  assert.equal(scene.server.calls, 0);
  await assertNothingLeft(scene);
});

/** Connects, calls so often, and takes no answer. Gives the server's end. */
async function hoard({ connect, clock }: ReturnType<typeof serverScene>, count: number) {
  const { near, far } = connect();
  const payload = frameMessage(new Uint8Array());
  const calls = Array.from({ length: count }, (_, index) => 1 + 2 * index).map((id) =>
    together(
      headersFrame(id, callHead, flags.endHeaders),
      encodeFrame("data", id, { flags: flags.endStream, payload }),
    )
  );
  void far.write(together(greeting({ initialWindowSize: 0 }), ...calls));
  await clock.advance(0);
  return near;
}

Deno.test("of one connection 16 answers are made at a time, until some are taken", async () => {
  let made = 0;
  const scene = serverScene({
    get: () => {
      made++;
      return { text: "x" };
    },
  });
  const near = await hoard(scene, 100);
  assert.deepEqual([made, near.isClosed], [16, false]);
  // Others have turns of their own.
  assert.deepEqual((await scene.client().call(get, { text: "" })).text, "x");
  const stopped = scene.server.stop();
  await scene.clock.advance(5_000);
  await stopped;
  assert.equal(scene.clock.pending, 0);
});

Deno.test("of those who take no answers, who holds most is cut when it is too much in all", async () => {
  const scene = serverScene({ get: () => ({ text: "x".repeat(4_000_000) }) });
  const [first, second] = [await hoard(scene, 16), await hoard(scene, 4)];
  assert.deepEqual([first.isClosed, second.isClosed], [true, false]);
  assert.match(
    String(scene.logged("api-connection-failed")[0]?.attributes.error),
    /does not take its answers/,
  );
  const stopped = scene.server.stop();
  await scene.clock.advance(5_000);
  await stopped;
  assert.equal(scene.clock.pending, 0);
});

Deno.test("a server that stops ends streams at once, and lets other calls finish", async () => {
  const answer = Promise.withResolvers<Note>();
  const scene = serverScene({
    get: () => answer.promise,
    async *watch() {
      yield await Promise.resolve({ text: "first" });
      await new Promise(() => {});
    },
  });
  const [client, idle] = [scene.client(), scene.client()];
  const stream = watched(Array.fromAsync(client.stream(watch, { text: "" })));
  const call = watched(client.call(get, { text: "" }));
  await scene.clock.advance(0);
  assert.deepEqual([scene.server.connections, scene.server.calls], [2, 2]);

  const stopped = watched(scene.server.stop().then(() => "stopped"));
  await scene.clock.advance(0);
  assert.ok(isCallError("UNAVAILABLE", "shutting down")(stream.error));
  assert.deepEqual([idle.near.isClosed, client.near.isClosed], [true, false]);
  const late = watched(client.call(get, { text: "" }));
  const newcomer = scene.client();
  await scene.clock.advance(1_000);
  assert.ok(newcomer.near.isClosed);
  assert.ok(isCallError("UNREACHABLE", /takes no more streams/)(late.error));
  assert.deepEqual([stopped, call], [{}, {}]);

  answer.resolve({ text: "just in time" });
  await scene.clock.advance(0);
  assert.deepEqual([call.value, stopped.value], [{ text: "just in time" }, "stopped"]);
  assert.deepEqual(scene.logged("api-connection-refused"), []);
  await assertNothingLeft(scene);
});

Deno.test("a call that does not finish within 5 seconds of a stop is cut", async () => {
  let isAborted = false;
  const scene = serverScene({
    get: (_request, { signal }) => {
      signal.addEventListener("abort", () => isAborted = true);
      return new Promise(() => {});
    },
  });
  const call = watched(scene.client().call(get, { text: "" }));
  await scene.clock.advance(0);
  const stopped = watched(scene.server.stop().then(() => "stopped"));
  await scene.clock.advance(4_999);
  assert.deepEqual([stopped, isAborted, call], [{}, false, {}]);
  await scene.clock.advance(1);
  assert.deepEqual([stopped.value, isAborted], ["stopped", true]);
  assert.ok(isCallError("UNREACHABLE", /closed the connection/)(call.error));
  assert.deepEqual([scene.server.connections, scene.server.calls, scene.clock.pending], [0, 0, 0]);
});

Deno.test("a stream that begins while the server stops ends at once", async () => {
  const scene = serverScene({
    async *watch() {
      yield await new Promise<Note>(() => {});
    },
  });
  const client = scene.client();
  await scene.clock.advance(0);
  const stream = watched(Array.fromAsync(client.stream(watch, { text: "" })));
  const stopped = scene.server.stop();
  await scene.clock.advance(0);
  assert.ok(isCallError("UNREACHABLE", /./)(stream.error), String(stream.error));
  await stopped;
  await assertNothingLeft(scene);
});

Deno.test("what several clients have not finished is bounded in all", async () => {
  const scene = serverScene();
  const ends: ReturnType<typeof watched>[] = [];
  const message = frameMessage(new Uint8Array(largestMessage)).subarray(0, largestMessage);
  for (let count = 0; count < 17; count++) {
    const { clock, connect } = scene;
    const connection = startHttp2({ role: "client", transport: connect().far, clock, windows });
    const stream = connection.open(callHead);
    void stream.send(message);
    ends.push(watched(stream.head));
    await scene.clock.advance(0);
  }
  const refused = ends.filter(({ value }) => value !== undefined);
  assert.equal(refused.length, 1);
  const head = new Map(refused[0]?.value as readonly Header[]);
  assert.equal(statusCodes[Number(head.get("grpc-status"))], "RESOURCE_EXHAUSTED");
  const stopped = scene.server.stop();
  await scene.clock.advance(5_000);
  await stopped;
});
