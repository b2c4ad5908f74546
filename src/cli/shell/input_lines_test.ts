import assert from "node:assert/strict";
import { inputLines, longestLine } from "./input_lines.ts";

/** What is read of an input that comes in these parts. */
async function linesOf(...parts: readonly (string | Uint8Array)[]): Promise<unknown[]> {
  const encoder = new TextEncoder();
  const rest = parts.map((part) => typeof part === "string" ? encoder.encode(part) : part);
  const lines = await Array.fromAsync(inputLines(() => Promise.resolve(rest.shift() ?? null)));
  return lines.map((line) => "text" in line ? line.text : { problem: line.problem });
}

const tooLong = { problem: "a line of more than 65536 characters is not read" };

Deno.test("lines are the same however they come", async () => {
  assert.deepEqual(await linesOf(), []);
  assert.deepEqual(await linesOf("a\nb\n"), ["a", "b"]);
  assert.deepEqual(await linesOf("a", "\r", "\n\n", "b"), ["a", "", "b"]);
  const bytes = new TextEncoder().encode("ü\nx");
  assert.deepEqual(await linesOf(bytes.subarray(0, 1), bytes.subarray(1)), ["ü", "x"]);
});

Deno.test("a line that is too long is refused whole, and the next one is read", async () => {
  const long = "x".repeat(1_048_576);
  assert.deepEqual(await linesOf(`${long}\nnext\n`), [tooLong, "next"]);
  assert.deepEqual(await linesOf(long, long, "x\nnext"), [tooLong, "next"]);
  assert.deepEqual(await linesOf("a\n", long), ["a", tooLong]);
  assert.deepEqual(await linesOf("x".repeat(longestLine)), ["x".repeat(longestLine)]);
});

Deno.test("bytes that are no text are read as marks in their place", async () => {
  assert.deepEqual(await linesOf(Uint8Array.of(0xff, 0x00, 0x0a, 0x61)), ["\ufffd\u0000", "a"]);
});
