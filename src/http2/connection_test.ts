import assert from "node:assert/strict";
import { virtualClock } from "../clock.ts";
import type { Transport } from "../transport/transport.ts";
import { type Http2ConnectionOptions, startHttp2 } from "./connection.ts";
import { ConnectionError } from "./error_code.ts";
import { encodeFrame, flags, type Frame, frameTypes, preface, resetFrame } from "./frame.ts";
import {
  answerHead,
  callHead,
  framesOf,
  greeting,
  headersFrame,
  together,
} from "./session_testing.ts";
import type { Http2Stream } from "./stream.ts";
import { transportPair } from "./transport_pair_testing.ts";

const windows = { stream: 65_535, connection: 1_048_576 };
const { endHeaders, endStream } = flags;
const wholeCall = (stream: number) => headersFrame(stream, callHead, endHeaders | endStream);
const ping = encodeFrame("ping", 0, { payload: new Uint8Array(8) });

type Options = Partial<Omit<Http2ConnectionOptions, "clock">> & { readonly capacity?: number };

/** A server, and the other end of its transport for the test. */
function serve({ capacity = 65_536, ...options }: Options = {}) {
  const clock = virtualClock();
  const [near, far] = transportPair({ capacity });
  const streams: Http2Stream[] = [];
  const connection = startHttp2({
    ...{ role: "server", transport: near, clock, windows },
    onStream: (stream) => streams.push(stream),
    ...options,
  });
  let end: ConnectionError | undefined;
  void connection.ended.then((error) => end = error);
  return {
    ...{ clock, near, far, connection, streams },
    /** Says something, and lets the server take it as far as it does. */
    async say(...parts: Uint8Array[]) {
      void far.write(together(...parts)).catch(() => {});
      await clock.advance(0);
    },
    /** What the server said since the last time. */
    async heard(): Promise<Frame[]> {
      const pieces: Uint8Array[] = [];
      await clock.advance(0);
      while (near.unread > 0) {
        pieces.push(await far.read() ?? assert.fail());
        await clock.advance(0);
      }
      return framesOf(together(...pieces));
    },
    get end() {
      return end;
    },
  };
}

const typesOf = (frames: readonly Frame[]) => frames.map(({ type }) => type);
const isPing = ({ type, flags }: Frame) => type === frameTypes.ping && flags === 0;

/** Checks that a connection is over, and that nothing of it is left. */
function assertEnded(scene: ReturnType<typeof serve>, code: ConnectionError["code"]): void {
  assert.equal(scene.end?.code, code, scene.end?.message ?? "");
  assert.equal(scene.connection.streams, 0);
  assert.equal(scene.clock.pending, 0);
}

/** A client and a server over one transport. */
function joinedEnds() {
  const clock = virtualClock();
  const [near, far] = transportPair();
  const streams: Http2Stream[] = [];
  const server = startHttp2({
    ...{ role: "server", transport: near, clock, windows },
    onStream: (stream) => streams.push(stream),
  });
  const client = startHttp2({ role: "client", transport: far, clock, windows });
  return { clock, server, client, streams, near, far };
}

Deno.test("a call goes through, and what is sent in one turn is written at once", async () => {
  const { clock, server, client, streams, near, far } = joinedEnds();
  const call = client.open(callHead);
  void call.send(new Uint8Array(1_000_000));
  call.end();
  await clock.advance(0);
  const [stream] = streams;
  let length = 0;
  while (stream !== undefined) {
    const piece = await stream.receive();
    if (piece === null) break;
    length += piece.length;
  }
  stream?.sendHead(answerHead);
  void stream?.send(new Uint8Array(10));
  stream?.end([["grpc-status", "0"]]);
  assert.deepEqual(await call.head, answerHead);
  assert.equal((await call.receive())?.length, 10);
  assert.equal(await call.receive(), null);
  assert.equal(length, 1_000_000);
  assert.ok(client.isEstablished && server.isEstablished);
  client.close(new ConnectionError("NO_ERROR", "finished"));
  assert.equal((await server.ended).message, "the other end closed the connection");
  assert.equal((await client.ended).message, "finished");
  assert.deepEqual([near.isClosed, far.isClosed, clock.pending], [true, true, 0]);
});

Deno.test("who does not begin within 10 seconds is cut off, even with a byte now and then", async () => {
  for (const withBytes of [false, true]) {
    const scene = serve();
    for (let second = 0; second < 10; second++) {
      assert.equal(scene.end, undefined);
      if (withBytes) await scene.say(preface.subarray(second, second + 1));
      await scene.clock.advance(1_000);
    }
    assertEnded(scene, "SETTINGS_TIMEOUT");
    assert.ok(scene.near.isClosed);
  }
});

Deno.test("after 60 seconds of silence a sign of life is asked for, and after 80 it is over", async () => {
  const scene = serve();
  await scene.say(greeting());
  await scene.clock.advance(59_999);
  assert.equal((await scene.heard()).filter(isPing).length, 0);
  await scene.clock.advance(1);
  assert.equal((await scene.heard()).filter(isPing).length, 1);
  await scene.clock.advance(19_999);
  assert.equal(scene.end, undefined);
  await scene.clock.advance(1);
  assertEnded(scene, "SETTINGS_TIMEOUT");
});

Deno.test("who gives a sign of life may be silent for ever", async () => {
  const { clock, server, client } = joinedEnds();
  await clock.advance(3_600_000);
  assert.ok(server.isEstablished && client.isEstablished);
  client.open(callHead);
  await clock.advance(0);
  assert.equal(server.streams, 1);
  client.close(new ConnectionError("NO_ERROR", "finished"));
  await clock.advance(0);
  assert.equal(clock.pending, 0);
});

Deno.test("of one who does not read, nothing is read once 16 KiB of replies wait", async () => {
  const floods: [what: string, said: (id: number) => Uint8Array][] = [
    ["pings", () => ping],
    ["settings", () => encodeFrame("settings", 0)],
    ["streams that are wrong", (id) => headersFrame(id, [], endHeaders | endStream)],
    ["calls that are answered at once", wholeCall],
    ["calls that are reset at once", wholeCall],
  ];
  for (const [what, said] of floods) {
    const answers = what.endsWith("reset at once")
      ? (stream: Http2Stream) => stream.reset("REFUSED_STREAM", "no")
      : (stream: Http2Stream) =>
        stream.sendHead([...answerHead, ["x", "y".repeat(100)]], { isLast: true });
    const scene = serve({ capacity: 0, onStream: answers });
    await scene.say(greeting());
    for (let count = 0; count < 40; count++) {
      const part = Array.from({ length: 100 }, (_, index) => said(1 + 2 * (100 * count + index)));
      void scene.far.write(together(...part)).catch(() => {});
    }
    await scene.clock.advance(20_000);
    assert.ok(scene.far.unread > 15_000, `${what}: ${scene.far.unread} bytes are left unread`);
    await scene.heard();
    await scene.clock.advance(20_000);
    await scene.heard();
    assert.equal(scene.far.unread, 0, `${what}: it goes on when the other end reads`);
    assert.equal(scene.end, undefined, what);
    scene.connection.close(new ConnectionError("NO_ERROR", "enough"));
    await scene.clock.advance(0);
    assertEnded(scene, "NO_ERROR");
  }
});

Deno.test("5,000 abandoned streams are read slowly, and nothing is lost", async () => {
  const scene = serve();
  await scene.say(greeting());
  const pairOf = (id: number) => together(wholeCall(id), resetFrame(id, "CANCEL"));
  for (let count = 0; count < 100; count++) {
    const part = Array.from({ length: 50 }, (_, index) => pairOf(1 + 2 * (50 * count + index)));
    void scene.far.write(together(...part));
  }
  void scene.far.write(wholeCall(20_001));
  await scene.clock.advance(0);
  assert.ok(
    scene.streams.length >= 1_000 && scene.streams.length < 1_100,
    `${scene.streams.length}`,
  );
  await scene.clock.advance(1_000);
  assert.ok(scene.streams.length < 2_200, `${scene.streams.length}`);
  await scene.clock.advance(4_000);
  assert.equal(scene.streams.length, 5_001);
  assert.deepEqual([scene.connection.streams, scene.streams.at(-1)?.id], [1, 20_001]);
  scene.connection.close(new ConnectionError("NO_ERROR", "enough"));
  await scene.clock.advance(0);
  assertEnded(scene, "NO_ERROR");
});

Deno.test("a connection that ends while it reads slowly leaves no timer", async () => {
  const scene = serve();
  const flood = Array.from({ length: 3_000 }, (_, index) => 1 + 2 * index)
    .map((id) => together(wholeCall(id), resetFrame(id, "CANCEL")));
  await scene.say(greeting(), ...flood);
  assert.equal(scene.clock.pending, 2);
  scene.connection.close(new ConnectionError("NO_ERROR", "enough"));
  await scene.clock.advance(0);
  assert.equal(scene.end?.code, "NO_ERROR");
  assert.equal(scene.clock.pending, 0);
});

Deno.test("what was read when the connection ended opens no stream", async () => {
  const read = Promise.withResolvers<Uint8Array | null>();
  const transport: Transport = {
    read: () => read.promise,
    write: () => Promise.resolve(),
    close: () => {},
  };
  const scene = serve({ transport });
  read.resolve(together(greeting(), wholeCall(1)));
  scene.connection.close(new ConnectionError("NO_ERROR", "enough"));
  await scene.clock.advance(0);
  assert.deepEqual(scene.streams, []);
});

Deno.test("a goodbye lets the streams finish that are open, and then the connection ends", async () => {
  const scene = serve();
  await scene.say(greeting(), wholeCall(1), wholeCall(3), headersFrame(5, callHead));
  scene.connection.goAway("shutting down");
  await scene.say(wholeCall(7));
  const [first, second] = scene.streams;
  first?.sendHead(answerHead, { isLast: true });
  second?.sendHead(answerHead);
  await scene.clock.advance(0);
  assert.deepEqual([scene.end, scene.connection.streams], [undefined, 2]);
  void second?.send(new Uint8Array(5));
  second?.end();
  await scene.say(resetFrame(5, "CANCEL"));
  assert.deepEqual(typesOf(await scene.heard()), [4, 8, 4, 7, 1, 1, 0]);
  assert.equal(scene.end?.message, "goodbye");
  assertEnded(scene, "NO_ERROR");
});

Deno.test("a goodbye ends a connection without streams at once", async () => {
  const scene = serve();
  scene.connection.goAway("shutting down");
  await scene.clock.advance(0);
  assertEnded(scene, "NO_ERROR");
});

Deno.test("the other end is told what it did wrong, if it reads within a second", async () => {
  const scene = serve();
  await scene.say(greeting(), wholeCall(1), encodeFrame("data", 0));
  assert.deepEqual(typesOf(await scene.heard()), [4, 8, 4, 7]);
  assertEnded(scene, "PROTOCOL_ERROR");
  await assert.rejects(scene.streams[0]?.receive() ?? assert.fail(), ConnectionError);

  const deaf = serve({ capacity: 0 });
  await deaf.say(greeting(), encodeFrame("data", 0));
  await deaf.clock.advance(999);
  assert.equal(deaf.end, undefined);
  await deaf.clock.advance(1);
  assertEnded(deaf, "PROTOCOL_ERROR");
});

Deno.test("to close twice is to close once", async () => {
  const scene = serve();
  await scene.say(greeting(), headersFrame(1, callHead));
  const failure = assert.rejects(scene.streams[0]?.receive() ?? assert.fail(), /first/);
  for (const text of ["first", "second"]) {
    scene.connection.close(new ConnectionError("CANCEL", text));
  }
  scene.connection.goAway("third");
  await scene.clock.advance(0);
  await failure;
  assert.equal(scene.end?.message, "first");
  assertEnded(scene, "CANCEL");
});

Deno.test("the end of the other end is the end", async () => {
  const scene = serve();
  await scene.say(greeting(), wholeCall(1));
  scene.far.close();
  await scene.clock.advance(0);
  assertEnded(scene, "NO_ERROR");
});

Deno.test("a transport that breaks ends the connection, and says how it broke", async () => {
  const cause = new Error("connection reset by peer");
  const broken: [what: string, methods: Partial<Transport>][] = [
    ["read", { read: () => Promise.reject(cause) }],
    ["write", { write: () => Promise.reject(cause) }],
    ["a text", { write: () => Promise.reject(cause.message) }],
  ];
  for (const [what, methods] of broken) {
    const [near, far] = transportPair();
    void far.write(greeting());
    const scene = serve({ transport: { ...near, ...methods } });
    await scene.clock.advance(0);
    assert.equal(scene.end?.message, cause.message, what);
    assertEnded(scene, "INTERNAL_ERROR");
  }
});

Deno.test("a connection that is over opens streams that fail at once", async () => {
  const { clock, client, server } = joinedEnds();
  await clock.advance(0);
  server.goAway("shutting down");
  await clock.advance(0);
  assert.ok(client.isRemoteClosing);
  await assert.rejects(client.open(callHead).head, /closed the connection/);
});
