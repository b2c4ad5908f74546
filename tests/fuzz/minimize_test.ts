import assert from "node:assert/strict";
import { minimized } from "./minimize.ts";
import { bytesOf, textOf } from "./target.ts";

Deno.test("of an input that fails, what makes it fail is left", async () => {
  const input = bytesOf("x".repeat(500) + "7" + "y".repeat(300) + "9" + "z".repeat(200));
  const fails = (bytes: Uint8Array) => Promise.resolve(/7.*9/.test(textOf(bytes)));
  assert.equal(textOf(await minimized(input, fails)), "79");
  const isLong = (bytes: Uint8Array) => Promise.resolve(bytes.length > 10);
  assert.equal(textOf(await minimized(input, isLong)), "a".repeat(11));
});
