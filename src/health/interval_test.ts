import assert from "node:assert/strict";
import { chooseInterval } from "./interval.ts";
import { probed, unprobed } from "./testing.ts";
import type { BackendState } from "./transition.ts";

const intervals = { interval: 2000, fastInterval: 500, downInterval: 10_000 };

Deno.test("doubt is probed fast, certainty at its own pace, and what is held not at all", () => {
  // Rise 2 and fall 3: the counter is up from 2 on, and 4 at most.
  const cases: [state: BackendState, counter: number, expected: number | null][] = [
    ["unknown", 1, 500],
    ["up", 4, 2000],
    ["up", 3, 500],
    ["up", 2, 500],
    ["down", 1, 500],
    ["down", 0, 10_000],
    ["paused", 4, null],
    ["disabled", 1, null],
    ["removed", 0, null],
  ];
  for (const [state, counter, expected] of cases) {
    const chosen = chooseInterval({ state, counter }, probed(), intervals);
    assert.equal(chosen, expected, `${state} with ${counter}`);
  }
});

Deno.test("an unknown backend is probed fast even where its counter begins at 0", () => {
  const rules = probed({ rise: 1, fall: 1 });
  assert.equal(chooseInterval({ state: "unknown", counter: 0 }, rules, intervals), 500);
});

Deno.test("a static backend is never probed", () => {
  assert.equal(chooseInterval({ state: "up", counter: 1 }, unprobed, intervals), null);
});
