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
  assert.deepEqual(await half.receive(), bytes(1));
  assert.deepEqual([half.length, taken], [2, [1]]);
  assert.deepEqual(await half.receive(), bytes(2, 3));
  assert.deepEqual([await half.receive(), await half.receive()], [null, null]);
  assert.deepEqual([half.length, taken], [0, [1, 2]]);
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
