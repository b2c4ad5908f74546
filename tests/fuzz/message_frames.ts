/**
 * Messages that follow each other in a stream of gRPC.
 *
 * @module
 */

import assert from "node:assert/strict";
import { allowance, frameMessage, readMessages } from "../../src/rpc/message_frames.ts";
import { RpcError } from "../../src/rpc/status.ts";
import { type FuzzTarget, piecesOf } from "./target.ts";

/** How many bytes may be incomplete at a time. */
const most = 100_000;

/** Messages of several sizes, in pieces of any size. */
export const messageFrames: FuzzTarget = {
  name: "message-frames",
  corpus: [],
  invent(random) {
    const one = () => {
      const length = random.pick([0, 0, 1, 5, 100, 1_023, 1_024, 1_025, 5_000]);
      return [...frameMessage(new Uint8Array(length).fill(length))];
    };
    return Uint8Array.from(Array.from({ length: random.int(0, 5) }, one).flat());
  },
  mostBytes: 30_000,
  tries: 500,
  async run(input, random) {
    const pieces = piecesOf(random, input);
    const shared = allowance(most);
    const messages: Uint8Array[] = [];
    let outcome = "the end";
    try {
      const receive = () => Promise.resolve(pieces.next().value ?? null);
      for await (const message of readMessages(receive, shared)) messages.push(message.slice());
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      outcome = error.message;
    }
    assert.ok(shared.take(most) && !shared.take(1), "the allowance is not what it was");
    const whole = messages.flatMap((each) => [...frameMessage(each)]);
    assert.deepEqual(Uint8Array.from(whole), input.subarray(0, whole.length));
    if (outcome === "the end") assert.equal(whole.length, input.length);
    return [messages.length, outcome];
  },
};
