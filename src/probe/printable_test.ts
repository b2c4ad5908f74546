import assert from "node:assert/strict";
import { printable, quoted } from "./printable.ts";

Deno.test("what is printable stays, and what is not is written as an escape", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["plain text, 100 %", "plain text, 100 %"],
    ["ütf-8 ✓", "ütf-8 ✓"],
    ["a\tb\r\nc", "a\\tb\\r\\nc"],
    ["\x1b[31mred\x07", "\\x1b[31mred\\x07"],
    ["back\\slash", "back\\\\slash"],
    ["\u{202e}desrever", "\\u{202e}desrever"],
    ["no\u{a0}break", "no\\xa0break"],
    ["x".repeat(61), `${"x".repeat(60)}…`],
    ["😀".repeat(61), `${"😀".repeat(60)}…`],
    ["", ""],
  ];
  for (const [text, expected] of cases) assert.equal(printable(text), expected);
});

Deno.test("bytes are quoted as text, as far as they are text", () => {
  assert.equal(quoted(new TextEncoder().encode('say "ü"')), '"say \\"ü\\""');
  assert.equal(quoted(Uint8Array.of(104, 105, 0xff, 0)), '"hi�\\x00"');
  assert.equal(quoted(new Uint8Array(100_000)).length, 2 + 4 * 60 + 1);
});
