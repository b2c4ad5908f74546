/**
 * The two ends of the control API, each with another end that says what it likes.
 *
 * @module
 */

import assert from "node:assert/strict";
import { virtualClock } from "../../src/clock.ts";
import { preface } from "../../src/http2/frame.ts";
import { answerHead, trailers } from "../../src/http2/session_testing.ts";
import { type PairEnd, transportPair } from "../../src/http2/transport_pair_testing.ts";
import { rpcClient } from "../../src/rpc/client.ts";
import { healthService } from "../../src/rpc/health.ts";
import * as maglev from "../../src/rpc/maglev_pb.ts";
import { reflectionServices } from "../../src/rpc/reflection.ts";
import { startRpcServer } from "../../src/rpc/server.ts";
import { methods, testService } from "../../src/rpc/server_testing.ts";
import { logger } from "../../src/log.ts";
import { RpcError, UnreachableError } from "../../src/rpc/status.ts";
import { callHead, conversation } from "./http2_frames.ts";
import { type FuzzTarget, piecesOf } from "./target.ts";

/** Says all of it, until the other end has enough. */
async function say(end: PairEnd, pieces: Iterable<Uint8Array>): Promise<void> {
  try {
    for (const piece of pieces) await end.write(piece);
  } catch {
    // The other end has closed the connection.
  }
}

/** Reads until the other end closes the connection. */
async function hear(end: PairEnd): Promise<void> {
  try {
    while (await end.read() !== null);
  } catch {
    // It was closed here.
  }
}

const paths = [
  ...["Get", "Set", "Watch", "Chat", "Get", "None"].map((name) => `/test.Test/${name}`),
  "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
  "/grpc.health.v1.Health/Check",
  "/grpc.health.v1.Health/Watch",
];

/** A server of all kinds of services, on a virtual clock. */
function scene() {
  const clock = virtualClock();
  const log = logger({ clock, sink: () => {} });
  const names = ["test.Test"];
  const services = [
    ...[testService(), healthService(names).service],
    ...reflectionServices([maglev], names),
  ];
  const server = startRpcServer({ services, clock, log });
  const connect = () => {
    const [near, far] = transportPair();
    server.accept({ transport: near, caller: "192.0.2.1:5", isReadOnly: false });
    return { near, far };
  };
  return { clock, server, connect };
}
const okHead = [...answerHead, ["content-type", "application/grpc"]] as const;

/** What a client says to a server. Another client is served meanwhile and afterwards. */
export const rpcServer: FuzzTarget = {
  name: "rpc-server",
  corpus: [preface],
  invent: (random) => conversation(random, "client", paths.map(callHead)),
  mostBytes: 60_000,
  tries: 120,
  async run(input, random) {
    const { clock, server, connect } = scene();
    const { near, far } = connect();
    // Half of the others read nothing of what they are told.
    if (random.chance()) void hear(far);
    void say(far, piecesOf(random, input));
    const transport = connect().far;
    const honest = rpcClient({ transport, service: "test.Test", authority: "test", clock });
    const ask = async () => {
      const answer = honest.call(methods.get, { text: "hello" }, { timeoutMs: 1_000 });
      await clock.advance(0);
      assert.deepEqual(await answer, { text: "hello" });
    };
    await ask();
    await clock.advance(9_000);
    await ask();
    // Who says nothing any more is let go.
    await clock.advance(120_000);
    assert.ok(near.isClosed, "the connection stays open");
    assert.equal(server.calls, 0, "calls are left");
    honest.close();
    await server.stop();
    await clock.advance(0);
    assert.deepEqual([server.connections, server.calls, clock.pending], [0, 0, 0]);
  },
};

/** What a server answers to three calls. */
export const rpcClientAnswers: FuzzTarget = {
  name: "rpc-client",
  corpus: [],
  invent: (random) => {
    const heads = [okHead, okHead, trailers, [...okHead, ...trailers]];
    return conversation(random, "server", heads);
  },
  mostBytes: 60_000,
  tries: 200,
  async run(input, random) {
    const clock = virtualClock();
    const [near, far] = transportPair();
    const client = rpcClient({ transport: near, service: "test.Test", authority: "test", clock });
    const options = { timeoutMs: 2_000 };
    const watch = async () => {
      let length = 0;
      for await (const { text } of client.stream(methods.watch, { text: "hello" }, options)) {
        length += text.length;
      }
      return length;
    };
    const outcomes = [
      client.call(methods.get, { text: "a" }, options),
      watch(),
      client.call(methods.get, { text: "b" }, options),
    ].map((call) =>
      call.catch((error) => {
        assert.ok(error instanceof RpcError || error instanceof UnreachableError, error.stack);
        assert.ok(error.message.length < 20_000, "the message is too long");
        return error.code;
      })
    );
    void hear(far);
    void say(far, piecesOf(random, input));
    await clock.advance(2_000);
    const told = await Promise.all(outcomes);
    client.close();
    far.close();
    await clock.advance(2_000);
    assert.equal(clock.pending, 0, "a timer is left");
    return told;
  },
};
