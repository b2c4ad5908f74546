import assert from "node:assert/strict";
import { forSeeds } from "../../tests/seeded.ts";
import { probeGate } from "./probe_gate.ts";

Deno.test("those beyond the limit wait, and start in the order in which they came", () => {
  const gate = probeGate(2);
  const started: string[] = [];
  for (const name of ["a", "b", "c", "d"]) gate.enter(() => started.push(name));
  assert.deepEqual(started, ["a", "b"]);
  assert.deepEqual([gate.inFlight, gate.waiting], [2, 2]);
  gate.leave();
  assert.deepEqual(started, ["a", "b", "c"]);
  gate.leave();
  gate.leave();
  gate.leave();
  assert.deepEqual(started, ["a", "b", "c", "d"]);
  assert.deepEqual([gate.inFlight, gate.waiting], [0, 0]);
});

Deno.test("one that withdraws is passed over, and waits last when it comes back", () => {
  const gate = probeGate(1);
  const started: string[] = [];
  const entrants = ["a", "b", "c"].map((name) => () => void started.push(name));
  for (const start of entrants) gate.enter(start);
  const [a = () => {}, b = () => {}] = entrants;
  gate.withdraw(a);
  gate.withdraw(b);
  gate.enter(b);
  gate.leave();
  gate.leave();
  assert.deepEqual(started, ["a", "c", "b"]);
});

Deno.test("whatever comes and goes, nobody is passed by, and no room is left empty", () => {
  forSeeds(50, (random) => {
    const limit = random.int(1, 4);
    const gate = probeGate(limit);
    const started: number[] = [];
    let queue: { readonly number: number; readonly start: () => void }[] = [];
    let inFlight = 0;
    for (let number = 0; number < 500; number++) {
      if (random.chance(0.5)) {
        const start = () => void started.push(number);
        gate.enter(start);
        if (inFlight < limit) inFlight++;
        else queue.push({ number, start });
      } else if (random.chance(0.2) && queue.length > 0) {
        const leaver = random.pick(queue);
        gate.withdraw(leaver.start);
        queue = queue.filter((each) => each !== leaver);
      } else if (inFlight > 0) {
        gate.leave();
        const next = queue.shift();
        if (next === undefined) inFlight--;
        else assert.equal(started.at(-1), next.number);
      }
      assert.deepEqual([gate.inFlight, gate.waiting], [inFlight, queue.length]);
    }
  });
});
