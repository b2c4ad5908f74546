/**
 * The stream of frames that comes from VPP.
 *
 * @module
 */

import assert from "node:assert/strict";
import {
  decode,
  describe,
  encode,
  FrameReader,
  type Message,
  messageId,
  messages,
  WireError,
} from "../../src/vpp/wire/mod.ts";
import { recording } from "../../src/vpp/wire/recording_fixture.ts";
import { randomValue } from "../../src/vpp/wire/testing.ts";
import { type FuzzTarget, orError, piecesOf } from "./target.ts";

const header = { id: 1, clientIndex: 2, context: 3 };

/** What a message is read as, whatever it says it is: its text, or why it is none. */
function readAs(message: Message<unknown>, bytes: Uint8Array): string {
  const fields = orError(WireError, () => decode(message, bytes));
  if (fields instanceof WireError) {
    assert.ok(fields.message.length < 1_000, "the error is too long");
    return fields.code;
  }
  const text = describe(message, fields);
  assert.ok(text.length < 10_000, "the text is too long");
  // What was read can be written, and is read as the same again.
  const written = encode(message, fields, header).subarray(16);
  assert.deepEqual(decode(message, written), fields);
  return text;
}

const frames = recording.filter(({ isToVpp }) => !isToVpp).map(({ frame }) => frame);

/** Frames of any message, in pieces of any size. */
export const vppFrames: FuzzTarget = {
  name: "vpp-frames",
  corpus: frames,
  invent(random) {
    const count = random.int(1, 4);
    const some = Array.from({ length: count }, () => {
      const message = random.pick(messages);
      const id = random.int(0, messages.length - 1);
      return encode(message, randomValue(random, message.body), { ...header, id });
    });
    return Uint8Array.from(some.flatMap((each) => [...each]));
  },
  tries: 500,
  run(input, random) {
    const reader = new FrameReader();
    const read: string[] = [];
    const failure = orError(WireError, () => {
      for (const piece of piecesOf(random, input)) {
        for (const bytes of reader.read(piece)) {
          const id = orError(WireError, () => messageId(bytes));
          if (id instanceof WireError) {
            read.push(id.code);
            continue;
          }
          const message = messages[id % messages.length];
          if (message !== undefined) read.push(readAs(message, bytes));
        }
      }
    });
    return [...read, failure instanceof WireError ? failure.code : "more may come"];
  },
};
