import assert from "node:assert/strict";
import { inbound } from "./inbound.ts";

const bytes = (...values: number[]) => new Uint8Array(values);

function scene() {
  const taken: number[] = [];
  return { half: inbound((length) => taken.push(length)), taken };
}

Deno.test("what comes is given in order, and counted when it is taken", async () => {
  const { half, taken } = scene();
  half.push(bytes(1));
  half.push(bytes());
  half.push(bytes(2, 3));
  half.end();
  assert.deepEqual([half.length, taken], [3, []]);
  assert.deepEqual(await half.receive(), bytes(1, 2, 3));
  assert.deepEqual([await half.receive(), await half.receive()], [null, null]);
  assert.deepEqual([half.length, taken], [0, [3]]);
});

Deno.test("who waits gets what comes, the end, or the error", async () => {
  const { half } = scene();
  const piece = half.receive();
  half.push(bytes(1));
  assert.deepEqual(await piece, bytes(1));
  const end = half.receive();
  half.end();
  assert.equal(await end, null);

  const failing = scene().half;
  const rejected = assert.rejects(failing.receive(), /broken/);
  failing.fail(new Error("broken"));
  await rejected;
});

Deno.test("two cannot wait at a time", () => {
  const { half } = scene();
  void half.receive();
  assert.throws(() => half.receive(), /somebody receives already/);
});

Deno.test("after a failure nothing is left, and the first error is told to everybody", async () => {
  const { half, taken } = scene();
  half.push(bytes(1));
  half.end();
  half.fail(new Error("first"));
  half.fail(new Error("second"));
  half.push(bytes(2));
  half.end();
  assert.equal(half.length, 0);
  for (let count = 0; count < 2; count++) await assert.rejects(half.receive(), /first/);
  assert.deepEqual(taken, []);
});

Deno.test("nothing comes behind the end", async () => {
  const { half } = scene();
  half.end();
  half.push(bytes(1));
  assert.deepEqual([await half.receive(), half.length], [null, 0]);
});

Deno.test("small pieces that wait are put together, and none of their bytes is lost", async () => {
  let taken = 0;
  const half = inbound((length) => taken += length);
  const sent = Array.from({ length: 5_000 }, (_, index) => index % 251);
  for (const byte of sent) half.push(new Uint8Array([byte]));
  half.push(new Uint8Array(3_000));
  half.end();
  assert.equal(half.length, 8_000);
  const pieces: Uint8Array[] = [];
  for (let piece = await half.receive(); piece !== null; piece = await half.receive()) {
    pieces.push(piece);
  }
  assert.ok(pieces.length <= 6, `${pieces.length} pieces`);
  const bytes = pieces.flatMap((piece) => [...piece]);
  assert.deepEqual(bytes.slice(0, 5_000), sent);
  assert.deepEqual([bytes.length, taken, half.length], [8_000, 8_000, 0]);
});

Deno.test("what waits does not keep the memory that it came in", async () => {
  const half = inbound(() => {});
  half.push(new Uint8Array(65_536).subarray(0, 10));
  const piece = await half.receive();
  assert.ok(piece !== null && piece.buffer.byteLength <= 1_024);
});
