import assert from "node:assert/strict";
import { completed, listed } from "./candidates.ts";

const parsed = (drawn: string) => ({ text: drawn.replace("|", ""), cursor: drawn.indexOf("|") });

const cases: readonly {
  readonly line: string;
  readonly candidates: readonly string[];
  readonly becomes: string | undefined;
  readonly isFinal?: boolean;
}[] = [
  { line: "show ba|", candidates: ["backends"], becomes: "show backends |" },
  { line: "show ba|", candidates: ["backends"], isFinal: false, becomes: "show backends|" },
  { line: "show ba| web1", candidates: ["backends"], becomes: "show backends |web1" },
  { line: "show |", candidates: ["web1", "web2"], becomes: "show web|" },
  { line: "show web|", candidates: ["web1", "web2"], becomes: undefined },
  { line: "show |", candidates: ["a", "b"], becomes: undefined },
  { line: "show W|", candidates: ["web1", "web2"], becomes: undefined },
  { line: "show w|", candidates: ["we\u0301a", "we\u0301b"], becomes: "show we\u0301|" },
  { line: "show x|", candidates: [], becomes: undefined },
  { line: "show x|", candidates: ["x\u001b[2J"], becomes: undefined },
];

for (const { line, candidates, isFinal = true, becomes } of cases) {
  Deno.test(`${line} with ${JSON.stringify(candidates)} becomes ${becomes}`, () => {
    const replaceFrom = 5;
    const result = completed(parsed(line), { replaceFrom, candidates, isFinal });
    assert.deepEqual(result && { ...result }, becomes === undefined ? undefined : parsed(becomes));
  });
}

Deno.test("candidates are listed downwards in columns that fit", () => {
  const names = ["a1", "a2", "a3", "a4", "b100"];
  assert.deepEqual(listed(names, 80), ["a1  a2  a3  a4  b100"]);
  assert.deepEqual(listed(names, 17), ["a1  a3  b100", "a2  a4"]);
  assert.deepEqual(listed(names, 3), names);
  assert.deepEqual(listed([], 80), []);
});

Deno.test("no more than a hundred candidates are listed", () => {
  const names = Array.from({ length: 142 }, (_, index) => `web${index}`);
  const lines = listed(names, 40);
  assert.equal(lines.at(-1), "… and 42 more");
  assert.ok(lines.join().includes("web99") && !lines.join().includes("web100"));
  assert.ok(lines.every((line) => line.length <= 40));
});
