import assert from "node:assert/strict";
import { createHistogram } from "../histogram.ts";
import { watchProgress } from "./progress.ts";

function setUp(backend: { readonly isProbed: boolean }) {
  const lag = createHistogram();
  const check = { intervalNs: 5e9, downIntervalNs: 20e9, timeoutNs: 1e9 };
  const probed = { ...{ check, isProbing: false }, nextProbeAt: backend.isProbed ? 1 : null };
  const isAlive = watchProgress({
    backends: () => [probed, { check: null, isProbing: false, nextProbeAt: null }],
    counters: { lag },
  });
  return { lag, calls: (count: number) => Array.from({ length: count }, isAlive) };
}

Deno.test("probes stand still when none starts for twice the longest wait and then some", () => {
  const { lag, calls } = setUp({ isProbed: true });
  assert.ok(calls(52).every((isAlive) => isAlive));
  assert.deepEqual(calls(3), [false, false, false]);
  lag.observe(0.001);
  assert.ok(calls(53).every((isAlive) => isAlive));
  assert.deepEqual(calls(1), [false]);
});

Deno.test("where nothing is probed nothing stands still", () => {
  const { calls } = setUp({ isProbed: false });
  assert.ok(calls(1_000).every((isAlive) => isAlive));
});
