import assert from "node:assert/strict";
import { Reader } from "./cursor.ts";
import { bytes, fixedString, string } from "./strings.ts";
import { assertWireError, read, written } from "./testing.ts";

Deno.test("a text of fixed length is filled up with NUL", () => {
  assert.equal(written(fixedString(8), "lb"), "6c62000000000000");
  assert.equal(written(fixedString(4), ""), "00000000");
  assert.equal(read(fixedString(8), "6c62000000000000"), "lb");
});

Deno.test("what follows the first NUL does not count", () => {
  assert.equal(read(fixedString(8), "6c62006c62000000"), "lb");
});

Deno.test("a text that fills its field is read, and is not written: VPP wants a NUL", () => {
  assert.equal(read(fixedString(4), "61626364"), "abcd");
  assert.equal(written(fixedString(4), "abc"), "61626300");
  const message = "a text of more than 3 bytes";
  assertWireError(() => written(fixedString(4), "abcd"), "bad-value", message);
});

Deno.test("a text is measured in bytes", () => {
  assert.equal(written(fixedString(4), "é"), "c3a90000");
  const message = "a text of more than 3 bytes";
  assertWireError(() => written(fixedString(4), "éé"), "bad-value", message);
});

Deno.test("a NUL within a text of fixed length is refused", () => {
  assertWireError(() => written(fixedString(8), "a\0b"), "bad-value", "a text with a NUL in it");
});

Deno.test("a text of any length follows its length, without a NUL", () => {
  assert.equal(written(string, "show"), "0000000473686f77");
  assert.equal(written(string, ""), "00000000");
  assert.equal(read(string, "0000000473686f77"), "show");
});

Deno.test("a text that claims more bytes than there are is refused before it is made", () => {
  const message = "claims a text of 4294967295 bytes, 4 bytes left";
  assertWireError(() => read(string, "ffffffff73686f77"), "bad-length", message);
});

Deno.test("bytes that are no UTF-8 are read as what stands for them, and nothing fails", () => {
  assert.equal(read(string, "00000002ff61"), "\ufffda");
  assert.equal(read(fixedString(4), "fffe0000"), "\ufffd\ufffd");
});

Deno.test("plain bytes are a copy", () => {
  const type = bytes(3);
  assert.equal(written(type, Uint8Array.of(1, 2, 3)), "010203");
  assert.deepEqual(read(type, "010203"), Uint8Array.of(1, 2, 3));
  const memory = Uint8Array.of(1, 2, 3);
  const value = type.read(new Reader(memory));
  memory.fill(0);
  assert.deepEqual(value, Uint8Array.of(1, 2, 3));
  assert.equal(type.plain(Uint8Array.of(1, 2, 255)), "0102ff");
  const message = "2 bytes where there must be 3";
  assertWireError(() => written(type, Uint8Array.of(1, 2)), "bad-value", message);
});

Deno.test("the debug log shows the beginning of a long text", () => {
  assert.equal(string.plain("x".repeat(1000)), "x".repeat(1000));
  assert.equal(string.plain("x".repeat(1001)), `${"x".repeat(1000)}…`);
});
