import assert from "node:assert/strict";
import { printable } from "./printable.ts";

Deno.test("a message moves no cursor, takes one line, and is not longer than anybody reads", () => {
  const cases: [string, string][] = [
    ["plain ü \u{1f600}", "plain ü \u{1f600}"],
    ["a\nb\u001b[2J\u0007\u009b", "a\\u000ab\\u001b[2J\\u0007\\u009b"],
    ["\u202eevil\u2066", "\\u202eevil\\u2066"],
    ["x".repeat(2_000), `${"x".repeat(1_000)}…`],
  ];
  for (const [message, shown] of cases) assert.equal(printable(message), shown);
});
