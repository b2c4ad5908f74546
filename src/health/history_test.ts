import assert from "node:assert/strict";
import { remember } from "./history.ts";

Deno.test("a history keeps the newest items, the newest last", () => {
  const cases: [history: number[], newer: number[], limit: number, expected: number[]][] = [
    [[], [1], 3, [1]],
    [[1, 2], [3], 3, [1, 2, 3]],
    [[1, 2, 3], [4], 3, [2, 3, 4]],
    [[1, 2, 3], [4, 5], 1, [5]],
    // A limit that a reload has lowered holds from the next item on.
    [[1, 2, 3], [4], 2, [3, 4]],
  ];
  for (const [history, newer, limit, expected] of cases) {
    assert.deepEqual(remember(history, newer, limit), expected);
  }
});

Deno.test("a history to which nothing is added stays the same object", () => {
  const history = [1, 2, 3];
  assert.equal(remember(history, [], 3), history);
});
