import assert from "node:assert/strict";
import { ConnectionError, StreamError } from "./error_code.ts";
import { encodeFrame, flags, preface, resetFrame, windowUpdateFrame } from "./frame.ts";
import { hpackDecoder } from "./hpack/mod.ts";
import {
  all,
  answerHead,
  callHead,
  exchange,
  framesOf,
  greeting,
  headersFrame,
  heard,
  newest,
  numbered,
  pair,
  type Side,
  side,
  together,
  trailers,
} from "./session_testing.ts";

const failsWith = (code: StreamError["code"], isRemote: boolean) => (error: unknown) =>
  error instanceof StreamError && error.code === code && error.isRemote === isRemote;

Deno.test("each end begins with what it has to say of itself", () => {
  const settings = (side: Side) =>
    framesOf(side.session.take(Infinity)).map(({ payload }) => payload.toHex());
  const windows = { stream: 1_000, connection: 100_000 };
  const server = side({ windows, maxConcurrentStreams: 7 });
  assert.deepEqual(settings(server), [], "a server waits until it knows whom it speaks with");
  server.session.receive(preface);
  assert.deepEqual(settings(server), [
    "000300000007" + "0004000003e8" + "000600004000",
    "000086a1",
  ]);
  assert.deepEqual(settings(side({ role: "client" })), [
    "000200000000" + "00040000ffff" + "000600004000",
  ]);
});

Deno.test("a call goes one way and its answer the other, with bytes and trailers", async () => {
  const { client, server } = pair();
  assert.ok(client.session.isEstablished && server.session.isEstablished);
  const call = client.session.open([...callHead, ["x", "1"]]);
  const sent = call.send(numbered(20_000));
  call.end([["x-end", "2"]]);
  exchange(client, server);
  await sent;
  const { stream, head } = newest(server);
  assert.deepEqual(head, [...callHead, ["x", "1"]]);
  assert.deepEqual(await all(stream), numbered(20_000));
  assert.deepEqual(stream.trailers, [["x-end", "2"]]);

  stream.sendHead(answerHead);
  void stream.send(numbered(3));
  stream.end(trailers);
  assert.equal(call.trailers, null);
  exchange(client, server);
  assert.deepEqual(await call.head, answerHead);
  assert.deepEqual(await all(call), numbered(3));
  assert.deepEqual(call.trailers, trailers);
  assert.deepEqual([client.session.streams, server.session.streams], [0, 0]);
  assert.deepEqual([client.session.abandoned, server.session.abandoned], [0, 0]);
});

Deno.test("messages may be nothing but a head, or end without trailers", async () => {
  const { client, server } = pair();
  const calls = [client.session.open(callHead, { isLast: true }), client.session.open(callHead)];
  calls[1]?.end();
  exchange(client, server);
  const [first, second] = server.opened;
  first?.stream.sendHead(answerHead, { isLast: true });
  second?.stream.sendHead(answerHead);
  void second?.stream.send(numbered(1));
  void second?.stream.send(new Uint8Array());
  second?.stream.end();
  exchange(client, server);
  const answers = await Promise.all(calls.map((call) => all(call)));
  assert.deepEqual(answers, [numbered(0), numbered(1)]);
  assert.deepEqual(calls.map(({ trailers }) => trailers), [null, null]);
  assert.deepEqual([client.session.streams, server.session.streams], [0, 0]);
});

Deno.test("a message may be as long as its head announces, in however many pieces", async () => {
  for (const pieces of [[5], [2, 3]]) {
    const { client, server } = pair();
    const call = client.session.open([...callHead, ["content-length", "5"]]);
    for (const length of pieces) void call.send(numbered(length));
    call.end();
    exchange(client, server);
    assert.equal((await all(newest(server).stream)).length, 5);
  }
});

Deno.test("interim answers are passed over", async () => {
  const client = side({ role: "client" });
  const call = client.session.open(callHead, { isLast: true });
  client.session.receive(together(
    encodeFrame("settings", 0),
    headersFrame(1, [[":status", "100"]]),
    headersFrame(1, [[":status", "103"], ["link", "x"]]),
    headersFrame(1, [[":status", "200"]], flags.endHeaders | flags.endStream),
  ));
  assert.deepEqual(await call.head, [[":status", "200"]]);
  assert.equal(await call.receive(), null);
});

Deno.test("nothing is sent on a message that is at its end", async () => {
  const { client } = pair();
  const call = client.session.open(callHead, { isLast: true });
  heard(client);
  call.sendHead(callHead);
  call.end();
  await assert.rejects(call.send(numbered(1)), /at its end/);
  assert.deepEqual(heard(client), []);
});

Deno.test("a head that is larger than a frame is continued", () => {
  const { client } = pair();
  client.session.open([...callHead, ["x", "é".repeat(40_000)]], { isLast: true });
  const frames = framesOf(client.session.take(Infinity));
  assert.deepEqual(frames.map(({ type, flags }) => [type, flags]), [[1, 1], [9, 0], [9, 4]]);
  const block = together(...frames.map(({ payload }) => payload));
  const decoder = hpackDecoder({ maxTableSize: 0, maxListSize: 100_000 });
  assert.equal(decoder.decode(block).headers.at(-1)?.[1].length, 40_000);
});

Deno.test("a server may answer before the request's end; the rest is passed over", async () => {
  const { client, server } = pair();
  const call = client.session.open(callHead);
  void call.send(numbered(100));
  exchange(client, server);
  const { stream } = newest(server);
  stream.sendHead(answerHead, { isLast: true });
  const rest = call.send(numbered(100));
  client.session.take(0);
  const late = encodeFrame("data", 1, { payload: numbered(100) });
  assert.deepEqual(heard(server), ["headers 1 end", "rstStream 1 NO_ERROR"]);
  server.session.receive(late);
  server.session.receive(resetFrame(1, "CANCEL"));
  assert.deepEqual(heard(server), []);
  assert.equal(server.session.streams, 0);
  await assert.rejects(stream.receive(), failsWith("CANCEL", false));
  void rest;
});

Deno.test("an answer that came before the request's end is kept, although the rest is not wanted", async () => {
  const { client, server } = pair();
  const call = client.session.open(callHead);
  const sent = call.send(numbered(100_000));
  exchange(client, server);
  const { stream } = newest(server);
  stream.sendHead(answerHead);
  void stream.send(numbered(10));
  stream.end(trailers);
  exchange(client, server);
  await assert.rejects(sent, failsWith("NO_ERROR", true));
  assert.deepEqual(await call.head, answerHead);
  assert.deepEqual(await all(call), numbered(10));
  assert.deepEqual(call.trailers, trailers);
  await assert.rejects(call.send(numbered(1)), /at its end/);
  assert.deepEqual([client.session.streams, server.session.streams], [0, 0]);
});

Deno.test("a reset ends a stream at both ends, whoever sends it", async () => {
  for (const byClient of [true, false]) {
    const { client, server } = pair();
    const call = client.session.open(callHead);
    void call.send(numbered(1_000));
    exchange(client, server);
    const { stream } = newest(server);
    const [own, other] = byClient ? [call, stream] : [stream, call];
    const seen: Error[] = [];
    other.onFailure((error) => seen.push(error));
    const waiting = assert.rejects(own.send(numbered(100_000)), failsWith("CANCEL", false));
    own.reset("CANCEL", "enough");
    own.reset("CANCEL", "enough");
    exchange(client, server);
    await waiting;
    await assert.rejects(own.receive(), failsWith("CANCEL", false));
    await assert.rejects(other.receive(), failsWith("CANCEL", true));
    await assert.rejects(other.send(numbered(1)), failsWith("CANCEL", true));
    await assert.rejects(call.head, StreamError);
    other.onFailure((error) => seen.push(error));
    assert.equal(seen.length, 2);
    own.end(trailers);
    other.sendHead(answerHead);
    exchange(client, server);
    assert.deepEqual([client.session.streams, server.session.streams], [0, 0]);
    const abandoned = [client.session.abandoned, server.session.abandoned];
    assert.deepEqual(abandoned, byClient ? [0, 1] : [1, 0]);
  }
});

Deno.test("a reset of a stream that is over is harmless", () => {
  const { client, server } = pair();
  const call = client.session.open(callHead, { isLast: true });
  exchange(client, server);
  newest(server).stream.sendHead(answerHead, { isLast: true });
  exchange(client, server);
  call.reset("CANCEL", "enough");
  newest(server).stream.reset("CANCEL", "enough");
  assert.deepEqual([...heard(client), ...heard(server)], []);
});

Deno.test("what comes late on a stream that was reset here is passed over", () => {
  const server = side();
  server.session.receive(together(greeting(), headersFrame(1, callHead)));
  newest(server).stream.reset("CANCEL", "enough");
  heard(server);
  server.session.receive(together(
    encodeFrame("data", 1, { payload: numbered(10) }),
    headersFrame(1, trailers, flags.endHeaders | flags.endStream),
    windowUpdateFrame(1, 10),
    resetFrame(1, "CANCEL"),
  ));
  assert.deepEqual(heard(server), []);
});

Deno.test("streams over the limit are refused until one is over", async () => {
  const { client, server } = pair({ server: { maxConcurrentStreams: 2 } });
  const calls = [1, 2, 3].map(() => client.session.open(callHead, { isLast: true }));
  exchange(client, server);
  assert.equal(server.session.streams, 2);
  const [first, , third] = calls;
  await assert.rejects(third?.head ?? assert.fail(), failsWith("REFUSED_STREAM", true));
  first?.reset("CANCEL", "enough");
  client.session.open(callHead);
  exchange(client, server);
  assert.deepEqual(server.opened.map(({ stream }) => stream.id), [1, 3, 7]);
});

Deno.test("after its goodbye a server takes no more streams, and those that are open go on", async () => {
  const { client, server } = pair();
  const first = client.session.open(callHead);
  exchange(client, server);
  const second = client.session.open(callHead);
  server.session.goAway("NO_ERROR", "shutting down");
  exchange(client, server);
  server.session.goAway("NO_ERROR", "shutting down");
  assert.deepEqual(heard(server), []);
  assert.ok(client.session.isRemoteClosing);
  await assert.rejects(second.head, failsWith("REFUSED_STREAM", true));
  assert.equal(server.opened.length, 1);
  void first.send(numbered(3));
  first.end();
  exchange(client, server);
  const { stream } = newest(server);
  assert.deepEqual(await all(stream), numbered(3));
  stream.sendHead(answerHead, { isLast: true });
  exchange(client, server);
  assert.deepEqual(await first.head, answerHead);
  assert.deepEqual([client.session.streams, server.session.streams], [0, 0]);
});

Deno.test("after the goodbye of the other end a stream that is opened fails at once", async () => {
  const { client, server } = pair();
  server.session.goAway("NO_ERROR", "shutting down");
  exchange(client, server);
  const call = client.session.open(callHead);
  await assert.rejects(call.head, failsWith("REFUSED_STREAM", true));
  assert.deepEqual([heard(client), client.session.streams], [[], 0]);
});

Deno.test("a client's goodbye refuses nothing that it opened", () => {
  const { client, server } = pair();
  client.session.open(callHead);
  client.session.goAway("NO_ERROR", "that was it");
  exchange(client, server);
  assert.ok(server.session.isRemoteClosing);
  assert.deepEqual([client.session.streams, server.session.streams], [1, 1]);
});

Deno.test("a session that failed has no streams, and takes none", async () => {
  const { client, server } = pair();
  const calls = [1, 2].map(() => client.session.open(callHead));
  exchange(client, server);
  const error = new ConnectionError("NO_ERROR", "gone");
  const failures = calls.map((call) => assert.rejects(call.receive(), error));
  client.session.fail(error);
  await Promise.all(failures);
  assert.equal(client.session.streams, 0);
  const later = client.session.open(callHead);
  await assert.rejects(later.head, error);
  assert.equal(client.session.streams, 0);
});

Deno.test("each stream of a session that failed hears of it once, whatever the others do", () => {
  const { client } = pair();
  const calls = [1, 2].map(() => client.session.open(callHead));
  const heardOf: string[] = [];
  for (const call of calls) {
    call.onFailure(({ message }) => {
      heardOf.push(message);
      for (const each of calls) each.reset("CANCEL", "one is enough");
    });
  }
  client.session.fail(new ConnectionError("NO_ERROR", "gone"));
  assert.deepEqual(heardOf, ["gone", "one is enough"]);
});

Deno.test("pings are answered, and asked", () => {
  const { client, server } = pair();
  client.session.ping();
  server.session.receive(client.session.take(Infinity));
  assert.equal(server.session.replies, 17);
  assert.deepEqual(heard(server), ["ping ack"]);
  assert.equal(server.session.replies, 0);
});
