import assert from "node:assert/strict";
import { forSeeds } from "../../tests/seeded.ts";
import { allowance, frameMessage, largestMessage, readMessages } from "./message_frames.ts";
import { RpcError } from "./status.ts";

const bytes = (...values: number[]) => new Uint8Array(values);

/** Reads all messages of some pieces. */
async function read(pieces: readonly Uint8Array[], kept = allowance(1_000)): Promise<Uint8Array[]> {
  const left = [...pieces];
  const receive = () => Promise.resolve(left.shift() ?? null);
  const messages: Uint8Array[] = [];
  for await (const message of readMessages(receive, kept)) messages.push(message.slice());
  return messages;
}

const isCallError = (code: string) => (error: unknown) =>
  error instanceof RpcError && error.code === code;

Deno.test("a message has five bytes in front", () => {
  assert.deepEqual(frameMessage(bytes(7, 8)), bytes(0, 0, 0, 0, 2, 7, 8));
  assert.deepEqual(frameMessage(bytes()), bytes(0, 0, 0, 0, 0));
});

Deno.test("pieces of any size give the same messages, and hold nothing when they are read", async () => {
  const runs: Promise<void>[] = [];
  forSeeds(200, (random) => {
    const messages = Array.from(
      { length: random.int(0, 6) },
      () => Uint8Array.from({ length: random.pick([0, 0, 1, 5, 200]) }, () => random.int(0, 255)),
    );
    const stream = messages.flatMap((each) => [...frameMessage(each)]);
    const most = random.pick([1, 4, 50, 2_000]);
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < stream.length;) {
      const length = random.int(0, most);
      pieces.push(new Uint8Array(stream.slice(at, at + length)));
      at += length;
    }
    const kept = allowance(200);
    runs.push(
      read(pieces, kept).then((seen) => {
        assert.deepEqual(seen, messages);
        assert.equal(kept.take(200), true);
      }),
    );
  });
  await Promise.all(runs);
});

Deno.test("messages that cannot be taken are refused, and leave nothing behind", async () => {
  const tooLarge = new Uint8Array(5);
  new DataView(tooLarge.buffer).setUint32(1, largestMessage + 1);
  const cases: [what: string, pieces: Uint8Array[], code: string][] = [
    ["compressed", [bytes(1, 0, 0, 0, 0)], "UNIMPLEMENTED"],
    ["with unknown flags", [bytes(2, 0, 0, 0, 0)], "UNIMPLEMENTED"],
    ["too large", [tooLarge], "RESOURCE_EXHAUSTED"],
    ["half a head", [bytes(0, 0)], "INVALID_ARGUMENT"],
    ["a head alone", [bytes(0, 0, 0, 0, 1)], "INVALID_ARGUMENT"],
    ["half a message", [bytes(0, 0, 0, 0, 3), bytes(1, 2)], "INVALID_ARGUMENT"],
    [
      "more than the allowance, in parts",
      [bytes(0, 0, 0, 8, 0), ...[1, 2, 3].map(() => new Uint8Array(400))],
      "RESOURCE_EXHAUSTED",
    ],
  ];
  for (const [what, pieces, code] of cases) {
    const kept = allowance(1_000);
    await assert.rejects(read(pieces, kept), isCallError(code), what);
    assert.equal(kept.take(1_000), true, what);
  }
});

Deno.test("a message of the largest size is taken", async () => {
  const [message] = await read(
    [frameMessage(new Uint8Array(largestMessage))],
    allowance(largestMessage),
  );
  assert.equal(message?.length, largestMessage);
});

Deno.test("who stops reading, and whose stream fails, gives back what was held", async () => {
  const kept = allowance(10);
  const pieces = [frameMessage(new Uint8Array(10)), null];
  for await (const _ of readMessages(() => Promise.resolve(pieces.shift() ?? null), kept)) break;
  assert.equal(kept.take(10), true);
  kept.giveBack(10);

  const parts = [bytes(0, 0, 0, 0, 9, 1, 2)];
  const receive = () => {
    const part = parts.shift();
    return part === undefined ? Promise.reject(new Error("broken")) : Promise.resolve(part);
  };
  await assert.rejects(Array.fromAsync(readMessages(receive, kept)), /broken/);
  assert.equal(kept.take(10), true);
});

Deno.test("an allowance is shared to the byte", () => {
  const kept = allowance(10);
  assert.deepEqual([kept.take(6), kept.take(5), kept.take(4), kept.take(1)], [
    ...[true, false, true, false],
  ]);
  kept.giveBack(4);
  assert.equal(kept.take(4), true);
});

/** Gives bytes in pieces of a size, and then the end. */
function inPieces(bytes: Uint8Array, size: number) {
  let at = 0;
  return () => {
    const piece = bytes.subarray(at, at + size);
    at += size;
    return Promise.resolve(piece.length === 0 ? null : piece);
  };
}

Deno.test("what is announced takes no memory, and what is short needs no allowance", async () => {
  const none = allowance(0);
  const begun = frameMessage(new Uint8Array(1_024)).subarray(0, 1_000);
  await assert.rejects(Array.fromAsync(readMessages(inPieces(begun, 10), none)), {
    message: "the last message is not complete",
  });
  const long = frameMessage(new Uint8Array(5_000));
  await assert.rejects(Array.fromAsync(readMessages(inPieces(long, 100), none)), {
    message: "too many large messages at once",
  });
  assert.equal((await Array.fromAsync(readMessages(inPieces(long, long.length), none))).length, 1);
});
