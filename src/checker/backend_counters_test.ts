import assert from "node:assert/strict";
import type { ProbeResult } from "../health/mod.ts";
import { countBackend } from "./backend_counters.ts";

const passed: ProbeResult = {
  ok: true,
  code: "L7OK",
  detail: "status 200",
  started: 0,
  durationMs: 3,
  phases: {},
};

Deno.test("probes are counted by result and code, and only what happened is there", () => {
  const counters = countBackend();
  assert.deepEqual(counters.probes(), []);
  counters.countResult(passed);
  counters.countResult(passed);
  counters.countResult({ ...passed, ok: false, code: "L7STS", durationMs: 40 });
  counters.countVoid();
  assert.deepEqual(counters.probes(), [
    { result: "success", code: "L7OK", count: 2 },
    { result: "failure", code: "L7STS", count: 1 },
    { result: "void", code: "", count: 1 },
  ]);
  assert.deepEqual(counters.durations.counts, [0, 0, 2, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
  assert.equal(counters.durations.sum.toFixed(6), "0.046000");
});

Deno.test("transitions are counted by where they come from and lead to", () => {
  const counters = countBackend();
  counters.countTransition({ from: "unknown", to: "up" });
  counters.countTransition({ from: "up", to: "down" });
  counters.countTransition({ from: "down", to: "up" });
  counters.countTransition({ from: "up", to: "down" });
  assert.deepEqual(counters.transitions(), [
    { from: "unknown", to: "up", count: 1 },
    { from: "up", to: "down", count: 2 },
    { from: "down", to: "up", count: 1 },
  ]);
});
