import assert from "node:assert/strict";
import { forSeeds } from "../../tests/seeded.ts";
import { jitter, nextDue, spreadFirst } from "./schedule.ts";

Deno.test("a wait is within 10 % of its interval, both ends reached", () => {
  const cases: [drawn: number, waitMs: number][] = [[0, 1800], [0.25, 1900], [0.5, 2000], [
    1,
    2200,
  ]];
  for (const [drawn, waitMs] of cases) assert.equal(Math.round(jitter(2000, drawn)), waitMs);
});

Deno.test("the next probe is due a wait after the last start, but never in the past", () => {
  const cases: [startedMs: number, waitMs: number, nowMs: number, dueMs: number][] = [
    [1000, 2000, 1100, 3000],
    [1000, 2000, 3000, 3000],
    [1000, 2000, 3500, 3500],
  ];
  for (const [startedMs, waitMs, nowMs, dueMs] of cases) {
    assert.equal(nextDue({ startedMs, waitMs, nowMs }), dueMs);
  }
});

Deno.test("first probes get even slots of their interval, or of a second", () => {
  const cases: [intervalsMs: number[], delaysMs: number[]][] = [
    [[], []],
    [[5000], [0]],
    [[5000, 5000, 5000, 5000], [0, 250, 500, 750]],
    [[2000, 5000, 1000, 60000], [0, 250, 500, 750]],
    [[200, 200, 200, 200], [0, 50, 100, 150]],
    // Backends with different spans do not all begin at the same moment.
    [[100, 200, 400, 800], [0, 50, 200, 600]],
    // A few short spans among long ones do not crowd into a part of theirs.
    [[1000, 1000, 100, 100], [0, 500, 25, 75]],
  ];
  for (const [intervalsMs, delaysMs] of cases) {
    assert.deepEqual(spreadFirst(intervalsMs), delaysMs, `${intervalsMs}`);
  }
});

Deno.test("no millisecond of a spread is more crowded than it has to be", () => {
  forSeeds(50, (random) => {
    const intervalMs = random.int(50, 2000);
    const count = random.int(1, 10_000);
    const spanMs = Math.min(intervalMs, 1000);
    const perMs = new Map<number, number>();
    for (const delayMs of spreadFirst(new Array(count).fill(intervalMs))) {
      assert.ok(delayMs >= 0 && delayMs < spanMs);
      perMs.set(Math.floor(delayMs), (perMs.get(Math.floor(delayMs)) ?? 0) + 1);
    }
    assert.ok(Math.max(...perMs.values()) <= Math.ceil(count / spanMs) + 1);
  });
});
