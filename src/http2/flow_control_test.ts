import assert from "node:assert/strict";
import { encodeFrame, flags, windowUpdateFrame } from "./frame.ts";
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
  side,
  together,
  trailers,
} from "./session_testing.ts";
import { encodeSettings } from "./settings.ts";
import type { Http2Stream } from "./stream.ts";

Deno.test("never is more sent than the windows allow, and all of it arrives", async () => {
  for (
    const windows of [{ stream: 1_000, connection: 100_000 }, { stream: 9_999, connection: 65_535 }]
  ) {
    const { client, server } = pair({ server: { windows } });
    const calls = [1, 2, 3].map(() => client.session.open(callHead));
    for (const call of calls) {
      void call.send(numbered(50_000));
      call.end(trailers);
    }
    exchange(client, server);
    for (let turn = 0; turn < 3; turn++) exchange(client, server);
    assert.deepEqual(server.opened.map(({ stream }) => stream.trailers), [null, null, null]);
    const pass = () => exchange(client, server);
    const arrived = await Promise.all(server.opened.map(({ stream }) => all(stream, pass)));
    for (const each of arrived) assert.deepEqual(each, numbered(50_000));
    assert.deepEqual(server.opened.map(({ stream }) => stream.trailers), [
      ...[trailers, trailers, trailers],
    ]);
  }
});

Deno.test("streams that nobody reads do not hold up more than the common window", () => {
  const { client } = pair({ server: { windows: { stream: 30_000, connection: 65_535 } } });
  for (let count = 0; count < 4; count++) void client.session.open(callHead).send(numbered(40_000));
  const data = framesOf(client.session.take(Infinity)).filter(({ type }) => type === 0);
  assert.equal(data.reduce((sum, { payload }) => sum + payload.length, 0), 65_535);
  const ofStream = (id: number) =>
    data.filter(({ stream }) => stream === id).reduce(
      (sum, { payload }) => sum + payload.length,
      0,
    );
  for (const id of [1, 3, 5, 7]) assert.ok(ofStream(id) > 0 && ofStream(id) <= 30_000);
});

Deno.test("windows become wider and narrower by settings, also below nothing", async () => {
  const server = side();
  const say = (...parts: Uint8Array[]) => server.session.receive(together(...parts));
  const settings = (initialWindowSize: number) =>
    encodeFrame("settings", 0, { payload: encodeSettings({ initialWindowSize }) });
  say(greeting({ initialWindowSize: 10 }), headersFrame(1, callHead, 5));
  const { stream } = newest(server);
  heard(server);
  const sent = stream.send(numbered(30));
  assert.deepEqual(heard(server), ["data 1 10 bytes"]);
  say(settings(3), windowUpdateFrame(1, 7));
  assert.deepEqual(heard(server), ["settings ack"]);
  say(windowUpdateFrame(1, 1));
  assert.deepEqual(heard(server), ["data 1 1 bytes"]);
  say(settings(100));
  assert.deepEqual(heard(server), ["settings ack", "data 1 19 bytes"]);
  await sent;
});

Deno.test("data waits for the window of the connection too", () => {
  const server = side();
  server.session.receive(together(
    greeting({ initialWindowSize: 200_000 }),
    headersFrame(1, callHead, 5),
  ));
  heard(server);
  void newest(server).stream.send(numbered(65_537));
  assert.equal(heard(server).length, 4);
  server.session.receive(windowUpdateFrame(0, 1));
  assert.deepEqual(heard(server), ["data 1 1 bytes"]);
  server.session.receive(windowUpdateFrame(0, 1));
  assert.deepEqual(heard(server), ["data 1 1 bytes"]);
});

Deno.test("what nobody takes of a stream that is over is given back to the connection", async () => {
  type Ending = (call: Http2Stream, stream: Http2Stream, pass: () => void) => void;
  const asks: Ending = (call, _stream, pass) => {
    void call.send(numbered(60_000));
    call.end();
    pass();
  };
  const answers: Ending = (_call, stream) => {
    stream.sendHead(answerHead);
    void stream.send(numbered(60_000));
    stream.end(trailers);
  };
  const endings: [what: string, ending: Ending][] = [
    ["the request was not looked at", (call, stream, pass) => {
      asks(call, stream, pass);
      stream.sendHead(answerHead, { isLast: true });
    }],
    ["the server reset the stream", (call, stream, pass) => {
      asks(call, stream, pass);
      stream.reset("CANCEL", "enough");
    }],
    ["the client reset the stream", (call, stream, pass) => {
      asks(call, stream, pass);
      call.reset("CANCEL", "enough");
    }],
    ["the answer was not taken", (call, stream) => {
      call.end();
      answers(call, stream, () => {});
    }],
    ["an early answer was not taken", answers],
  ];
  for (const [what, ending] of endings) {
    const { client, server } = pair();
    const pass = () => exchange(client, server);
    for (let count = 0; count < 5; count++) {
      const call = client.session.open(callHead);
      pass();
      ending(call, newest(server).stream, pass);
      pass();
      call.reset("CANCEL", "nobody waits for the rest");
      pass();
      assert.deepEqual([client.session.streams, server.session.streams], [0, 0], what);
    }
    const call = client.session.open(callHead);
    asks(call, call, pass);
    const { stream } = newest(server);
    assert.equal((await all(stream, pass)).length, 60_000, what);
    answers(call, stream, pass);
    pass();
    assert.equal((await all(call, pass)).length, 60_000, what);
  }
});

Deno.test("data that is more than announced is given back too", () => {
  const server = side();
  server.session.receive(greeting());
  const { endHeaders, endStream } = flags;
  for (let id = 1; id < 100; id += 2) {
    server.session.receive(together(
      headersFrame(id, [...callHead, ["content-length", "1"]], endHeaders),
      encodeFrame("data", id, { payload: numbered(16_000) }),
    ));
    assert.ok(heard(server).includes(`rstStream ${id} PROTOCOL_ERROR`));
  }
  server.session.receive(headersFrame(101, callHead, endHeaders | endStream));
  assert.equal(newest(server).stream.id, 101);
});

Deno.test("data that comes late on a stream that was reset here is given back too", () => {
  const server = side();
  server.session.receive(together(greeting(), headersFrame(1, callHead)));
  newest(server).stream.reset("CANCEL", "enough");
  const data = encodeFrame("data", 1, { payload: numbered(16_000) });
  for (let count = 0; count < 100; count++) server.session.receive(data);
  assert.ok(heard(server).includes("windowUpdate +48000"));
});

Deno.test("windows may be as wide as 2^31 - 1", () => {
  const server = side();
  const most = 2 ** 31 - 1 - 65_535;
  server.session.receive(together(
    greeting(),
    headersFrame(1, callHead, flags.endHeaders),
    windowUpdateFrame(1, most),
    windowUpdateFrame(0, most),
  ));
  assert.deepEqual(heard(server).slice(1), ["settings ack"]);
});

Deno.test("padding is given back although nobody can take it", () => {
  const server = side();
  server.session.receive(together(greeting(), headersFrame(1, callHead)));
  const padding = new Uint8Array(256);
  padding[0] = 255;
  const padded = encodeFrame("data", 1, { flags: flags.padded, payload: padding });
  for (let count = 0; count < 1_000; count++) server.session.receive(padded);
  assert.ok(heard(server).some((words) => words.startsWith("windowUpdate 1 ")));
});
