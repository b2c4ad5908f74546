import assert from "node:assert/strict";
import { countFailures, retryDelayMs, type TryResult } from "./retry_delay.ts";

Deno.test("the delay is 1 s, then doubles up to 5 s, for ever", () => {
  const delays = [1, 2, 3, 4, 5, 1_000, 1e9].map(retryDelayMs);
  assert.deepEqual(delays, [1_000, 2_000, 4_000, 5_000, 5_000, 5_000, 5_000]);
});

Deno.test("after a connection that held, VPP is tried at once", () => {
  assert.equal(retryDelayMs(0), 0);
});

const cases: [result: TryResult, before: number, after: number][] = [
  [{ kind: "failed" }, 0, 1],
  [{ kind: "failed" }, 7, 8],
  [{ kind: "lost", lastedMs: 0 }, 0, 1],
  [{ kind: "lost", lastedMs: 9_999 }, 3, 4],
  [{ kind: "lost", lastedMs: 10_000 }, 3, 0],
  [{ kind: "lost", lastedMs: 1e9 }, 0, 0],
];
Deno.test("what did not hold for 10 s counts as a failure, and what did ends the row of them", () => {
  for (const [result, before, after] of cases) {
    assert.equal(countFailures(before, result), after, JSON.stringify(result));
  }
});
