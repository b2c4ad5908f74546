import assert from "node:assert/strict";
import { virtualClock } from "../clock.ts";
import type { ProbeOutcome } from "../probe/mod.ts";
import { type ProbeGate, probeGate } from "./probe_gate.ts";
import { type ProbingOptions, startProbing } from "./probing.ts";

const passed: ProbeOutcome = {
  kind: "result",
  result: { ok: true, code: "L4OK", detail: "connected", started: 0, durationMs: 1, phases: {} },
};
const delayed: ProbeOutcome = { kind: "void", reason: "on purpose" };

/** Probing whose probes end when the test says so. */
function probeByHand(gate: ProbeGate = probeGate(), onOutcome: () => void = () => {}) {
  const clock = virtualClock();
  const seen = {
    starts: 0,
    cancels: 0,
    lagsMs: [] as number[],
    dones: [] as ProbingOptions["onOutcome"][],
  };
  const probing = startProbing({
    clock,
    gate,
    prepared: {
      start(done) {
        seen.starts++;
        seen.dones.push(done);
        return { cancel: () => void seen.cancels++ };
      },
    },
    firstDueMs: 10,
    onStart: (lagMs) => void seen.lagsMs.push(lagMs),
    onOutcome,
    chooseWaitMs: () => 100,
  });
  return {
    clock,
    gate,
    probing,
    seen,
    end: (outcome: ProbeOutcome) => seen.dones.shift()?.(outcome),
  };
}

Deno.test("the first probe starts when it is due, and the next a wait after it", async () => {
  const { clock, probing, seen, end } = probeByHand();
  assert.deepEqual([probing.dueMs, probing.isInFlight], [10, false]);
  await clock.advance(10);
  assert.deepEqual([probing.dueMs, probing.isInFlight, seen.starts], [null, true, 1]);
  await clock.advance(30);
  assert.equal(clock.pending, 0);
  end(passed);
  assert.deepEqual([probing.dueMs, probing.isInFlight, seen.starts], [110, false, 1]);
  await clock.advance(70);
  assert.equal(seen.starts, 2);
});

Deno.test("a void probe is repeated at once, or 100 ms after its start", async () => {
  const { clock, probing, seen, end } = probeByHand();
  await clock.advance(10);
  for (let turn = 1; turn <= 20; turn++) {
    assert.equal(seen.starts, turn);
    const startedMs = clock.monotonic();
    await clock.advance(turn % 2 === 0 ? 700 : 30);
    end(delayed);
    const dueMs = startedMs + (turn % 2 === 0 ? 700 : 100);
    assert.deepEqual([seen.starts, probing.dueMs, clock.pending], [turn, dueMs, 1]);
    await clock.advance(dueMs - clock.monotonic());
  }
});

Deno.test("the repetition of a void probe waits in the order of all others", async () => {
  const { clock, gate, seen, end } = probeByHand(probeGate(1));
  await clock.advance(10);
  const order: string[] = [];
  gate.enter(() => order.push("another"));
  end(delayed);
  assert.deepEqual(order, ["another"]);
  await clock.advance(105);
  assert.equal(seen.starts, 1);
  gate.leave();
  assert.equal(seen.starts, 2);
  assert.deepEqual(seen.lagsMs, [0, 5]);
});

Deno.test("stopping leaves no timer, no place at the gate and no probe behind", async () => {
  const due = probeByHand();
  due.probing.stop();
  due.probing.stop();
  assert.equal(due.clock.pending, 0);

  const gate = probeGate(1);
  gate.enter(() => {});
  const waiting = probeByHand(gate);
  await waiting.clock.advance(10);
  assert.equal(gate.waiting, 1);
  waiting.probing.stop();
  gate.leave();
  assert.deepEqual([gate.inFlight, gate.waiting, waiting.seen.starts], [0, 0, 0]);

  const inFlight = probeByHand(gate);
  await inFlight.clock.advance(10);
  inFlight.probing.stop();
  inFlight.probing.stop();
  assert.deepEqual([gate.inFlight, inFlight.seen.cancels], [0, 1]);
  assert.equal(inFlight.probing.isInFlight, false);
});

Deno.test("who hears of an outcome may stop the probing", async () => {
  const gate = probeGate(1);
  const { clock, probing, seen, end } = probeByHand(gate, () => probing.stop());
  await clock.advance(10);
  end(passed);
  await clock.advance(1000);
  assert.deepEqual([seen.starts, seen.cancels, gate.inFlight, clock.pending], [1, 0, 0, 0]);
});
