import assert from "node:assert/strict";
import { forSeeds, type Random } from "../../tests/seeded.ts";
import { ConnectionError } from "./error_code.ts";
import { encodeFrame, type Frame, frameTypes } from "./frame.ts";
import { frameReader } from "./frame_reader.ts";
import { joined } from "./joined.ts";

const types = Object.keys(frameTypes) as (keyof typeof frameTypes)[];

interface Written {
  readonly type: keyof typeof frameTypes;
  readonly flags: number;
  readonly stream: number;
  readonly payload: Uint8Array;
}

function randomFrame(random: Random): Written {
  const length = random.pick([0, 1, 8, 9, 10, 300]);
  return {
    type: random.pick(types),
    flags: random.int(0, 255),
    stream: random.int(0, 2 ** 31 - 1),
    payload: Uint8Array.from({ length }, () => random.int(0, 255)),
  };
}

const bytesOf = ({ type, stream, ...rest }: Written) => encodeFrame(type, stream, rest);
const plain = (frame: Frame) => ({ ...frame, payload: frame.payload.toHex() });

Deno.test("pieces of any size give the same frames", () => {
  forSeeds(300, (random) => {
    const frames = Array.from({ length: random.int(1, 8) }, () => randomFrame(random));
    const pieces = frames.map(bytesOf);
    const bytes = joined(pieces, pieces.reduce((sum, { length }) => sum + length, 0));
    const reader = frameReader(300);
    const largest = random.pick([1, 3, 9, 40, 1_000]);
    const read: Frame[] = [];
    for (let at = 0; at < bytes.length;) {
      const length = random.int(0, largest);
      read.push(...reader.push(bytes.subarray(at, at + length)));
      at += length;
    }
    assert.deepEqual(
      read.map(plain),
      frames.map(({ type, ...rest }) => plain({ type: frameTypes[type], ...rest })),
    );
  });
});

Deno.test("the reserved bit in front of a stream's number means nothing", () => {
  const bytes = encodeFrame("data", 1);
  bytes[5] = 0x80;
  assert.deepEqual([...frameReader(100).push(bytes)].map(({ stream }) => stream), [1]);
});

Deno.test("a frame that is too large is refused as soon as its head is there", () => {
  const bytes = encodeFrame("data", 1, { payload: new Uint8Array(101) });
  const isTooLarge = (error: unknown) =>
    error instanceof ConnectionError && error.code === "FRAME_SIZE_ERROR";
  for (let first = 0; first <= 9; first++) {
    const reader = frameReader(100);
    const push = () => {
      assert.deepEqual([...reader.push(bytes.subarray(0, first))], []);
      return [...reader.push(bytes.subarray(first, 9))];
    };
    assert.throws(push, isTooLarge, `${first} bytes first`);
  }
  assert.equal([...frameReader(101).push(bytes)].length, 1);
});

Deno.test("frames in front of one that is too large are given before it is refused", () => {
  const good = encodeFrame("ping", 0, { payload: new Uint8Array(8) });
  const bad = encodeFrame("data", 1, { payload: new Uint8Array(101) });
  const types: number[] = [];
  assert.throws(() => {
    const bytes = joined([good, bad], good.length + bad.length);
    for (const { type } of frameReader(100).push(bytes)) types.push(type);
  }, ConnectionError);
  assert.deepEqual(types, [frameTypes.ping]);
});
