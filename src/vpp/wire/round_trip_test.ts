/**
 * Any values through any message and back.
 *
 * @module
 */

import assert from "node:assert/strict";
import { forSeeds } from "../../../tests/seeded.ts";
import { decode, decodeHeader, encode, messageId } from "./codec.ts";
import { frameHeaderBytes, FrameReader } from "./frame.ts";
import { messages } from "./registry.ts";
import { randomValue } from "./testing.ts";

for (const message of messages) {
  Deno.test(`any values come through unchanged: ${message.name}`, () => {
    forSeeds(100, (random) => {
      const fields = randomValue(random, message.body);
      const header = { id: random.int(0, 0xffff), clientIndex: 0x80000001, context: 0xffffffff };
      const frame = encode(message, fields, header);
      assert(frame.length >= frameHeaderBytes + message.body.size);

      const bytes = frame.subarray(frameHeaderBytes);
      assert.deepEqual(decode(message, bytes), fields);
      assert.equal(messageId(bytes), header.id);
      const { clientIndex, context } = decodeHeader(message, bytes);
      assert.equal(clientIndex, message.header.includes("clientIndex") ? header.clientIndex : 0);
      assert.equal(context, message.header.includes("context") ? header.context : 0);
    });
  });
}

Deno.test("any messages in any chunks come out whole and in order", () => {
  forSeeds(200, (random) => {
    const frames = Array.from({ length: random.int(1, 20) }, () => {
      const message = random.pick(messages);
      const header = { id: random.int(0, 0xffff), clientIndex: 0, context: 0 };
      return encode(message, randomValue(random, message.body), header);
    });
    const stream = new Uint8Array(frames.flatMap((frame) => [...frame]));
    const reader = new FrameReader();
    const seen: string[] = [];
    const longest = random.pick([1, 17, 100, 4096]);
    for (let at = 0; at < stream.length;) {
      const size = random.int(1, longest);
      for (const each of reader.read(stream.subarray(at, at + size))) seen.push(each.toHex());
      at += size;
    }
    assert.deepEqual(seen, frames.map((frame) => frame.subarray(frameHeaderBytes).toHex()));
  });
});
