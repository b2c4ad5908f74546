import assert from "node:assert/strict";
import { cString, memory } from "./memory.ts";

Deno.test("memory stays where it is, however small it is and whatever is collected", () => {
  const pieces = Array.from({ length: 1_000 }, (_, index) => memory(1 + index % 64));
  let garbage: object[] = [];
  for (let round = 0; round < 200_000; round++) {
    garbage.push(new Uint8Array(8));
    if (garbage.length > 1_000) garbage = [];
  }
  for (const { bytes, address } of pieces) {
    assert.equal(Deno.UnsafePointer.value(Deno.UnsafePointer.of(bytes)), address);
  }
});

Deno.test("a text for C ends with a NUL, and has no other", () => {
  assert.deepEqual([...cString("é")], [0xc3, 0xa9, 0]);
  assert.deepEqual([...cString("")], [0]);
  assert.throws(() => cString("a\0b"), {
    name: "RangeError",
    message: '"a\\u0000b" contains a NUL',
  });
});
