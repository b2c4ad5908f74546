import assert from "node:assert/strict";
import { ConnectionError } from "./error_code.ts";
import { flags, type Frame } from "./frame.ts";
import { headerBlocks } from "./header_block.ts";

const frame = (stream: number, bits: number): Frame => ({
  ...{ type: 1, stream, flags: bits, payload: new Uint8Array() },
});
const { endStream, endHeaders } = flags;

Deno.test("a block of one frame is complete at once", () => {
  const blocks = headerBlocks();
  const bytes = new Uint8Array([1, 2]);
  const block = blocks.add(frame(3, endHeaders), bytes);
  assert.deepEqual(block, { stream: 3, isLast: false, bytes });
  assert.equal(blocks.open, null);
});

Deno.test("a block of many frames is given with the last, and ends what the first said", () => {
  const blocks = headerBlocks();
  for (const stream of [1, 3]) {
    assert.equal(blocks.add(frame(stream, endStream), new Uint8Array([1])), undefined);
    assert.equal(blocks.open, stream);
    assert.equal(blocks.add(frame(stream, 0), new Uint8Array()), undefined);
    const block = blocks.add(frame(stream, endHeaders), new Uint8Array([2, 3]));
    assert.deepEqual(block, { stream, isLast: true, bytes: new Uint8Array([1, 2, 3]) });
    assert.equal(blocks.open, null);
  }
});

Deno.test("a block has at most 32 KiB, and 16 frames", () => {
  const isTooLong = (error: unknown) =>
    error instanceof ConnectionError && error.code === "ENHANCE_YOUR_CALM";
  const cases: [size: number, most: number][] = [[0, 16], [1, 16], [16_384, 2], [32_768, 1]];
  for (const [size, most] of cases) {
    const blocks = headerBlocks();
    const add = () => blocks.add(frame(1, 0), new Uint8Array(size));
    for (let count = 0; count < most; count++) assert.equal(add(), undefined);
    assert.throws(add, isTooLong, `${most} of ${size} bytes`);
  }
});
