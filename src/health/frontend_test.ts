import assert from "node:assert/strict";
import { frontendState } from "./frontend.ts";
import { effectiveWeights } from "./pools.ts";
import { frontendOf, statesOf } from "./testing.ts";
import type { BackendState } from "./transition.ts";

Deno.test("a frontend is up with weight, unknown with nothing known, and else down", () => {
  const cases: [primary: BackendState, spare: BackendState, sorry: BackendState, string][] = [
    ["up", "up", "up", "up"],
    ["up", "down", "unknown", "up"],
    ["down", "down", "up", "up"],
    ["unknown", "unknown", "unknown", "unknown"],
    ["unknown", "unknown", "down", "down"],
    ["unknown", "paused", "unknown", "down"],
    ["disabled", "disabled", "disabled", "down"],
    ["down", "paused", "disabled", "down"],
  ];
  const frontend = frontendOf([["primary", "spare"], ["sorry"]]);
  for (const [primary, spare, sorry, expected] of cases) {
    const weights = effectiveWeights(frontend, statesOf({ primary, spare, sorry }));
    assert.equal(frontendState(weights), expected, `${primary}, ${spare}, ${sorry}`);
  }
});

Deno.test("a frontend whose active pool has no weight is down, even if a later pool is up", () => {
  const frontend = frontendOf([["primary"], ["sorry"]], { weights: { primary: 0 } });
  const weights = effectiveWeights(frontend, statesOf({ primary: "up", sorry: "up" }));
  assert.equal(frontendState(weights), "down");
});
