import assert from "node:assert/strict";
import { isFinal, nextSteps, rowElements, tokensOf } from "./row.ts";

/** What may come next, and `.` where a line may end. */
function nextAfter(row: string, line: string): string {
  let elements = rowElements(row);
  for (const word of line.split(" ").filter((word) => word !== "")) {
    const step = nextSteps(elements).find(({ token }) => token.text === word);
    assert.ok(step, `${word} in ${row}`);
    elements = step.rest;
  }
  const texts = nextSteps(elements).map(({ token }) => token.text);
  return [...texts, ...isFinal(elements) ? ["."] : []].join(" ");
}

Deno.test("what is left of a row says what may come next", () => {
  const cases: [string, string, string][] = [
    ["a b", "", "a"],
    ["a b", "a b", "."],
    ["a <x>", "a", "<x>"],
    ["a [<x>]", "a", "<x> ."],
    ["a [<x>]", "a <x>", "."],
    ["a <x>...", "a <x>", "<x> ."],
    ["a [<x>...]", "a <x> <x>", "<x> ."],
    ["a b|c|d", "a", "b c d"],
    ["a b|c|d", "a c", "."],
    ["a [b] [c]", "a c", "b ."],
    ["a [b] [c] d", "a", "b c d"],
    ["a [b] [c] d", "a c", "b d"],
    ["a [b] [c] d [e]", "a d", "e ."],
    ["a [b <x>] [c]", "a b", "<x>"],
    ["a [b <x>] [c]", "a b <x>", "c ."],
    ["a [b [c <x>]] [d]", "a", "b d ."],
    ["a [b [c <x>]] [d]", "a b", "c d ."],
    ["a [b [c <x>]] [d]", "a b d", "c ."],
    ["a [b [c <x>]] [d]", "a b d c", "<x>"],
  ];
  for (const [row, line, next] of cases) {
    assert.equal(nextAfter(row, line), next, `${row}: ${line}`);
  }
});

Deno.test("a command is told of slots, and of words that might as well not be there", () => {
  const told = tokensOf(rowElements("a <x> b|c [d [e <y>]]"))
    .map(({ after, text, isTold }) => `${after}:${text}${isTold ? "!" : ""}`);
  assert.deepEqual(told, [":a", "a:<x>!", "a:b!", "a:c!", "a:d!", "d:e!", "e:<y>!"]);
});
