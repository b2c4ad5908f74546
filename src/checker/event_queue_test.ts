import assert from "node:assert/strict";
import { forSeeds } from "../../tests/seeded.ts";
import type { Event } from "./event.ts";
import { type EventQueue, eventQueue } from "./event_queue.ts";

function event(sequence: number): Event {
  const place = { frontend: "www", pool: "primary", backend: "web1" };
  return { kind: "weight", sequence, at: 1000 + sequence, place, from: 1, to: 2, by: "me" };
}

/** Takes events, and tells their numbers; those that are lost as `lost count/number`. */
function take(queue: EventQueue, most = Infinity): readonly (number | string)[] {
  const taken: (number | string)[] = [];
  while (taken.length < most) {
    const event = queue.shift();
    if (event === undefined) break;
    const { kind, sequence } = event;
    taken.push(kind === "lost" ? `lost ${event.count}/${sequence}` : sequence);
  }
  return taken;
}

Deno.test("a queue that is not full loses nothing", () => {
  const queue = eventQueue(3);
  assert.equal(queue.isEmpty, true);
  for (const sequence of [1, 2, 3]) assert.equal(queue.push(event(sequence)), true);
  assert.deepEqual(take(queue), [1, 2, 3]);
  assert.equal(queue.isEmpty, true);
});

Deno.test("a full queue loses the oldest, and says so once, in their place", () => {
  const queue = eventQueue(3);
  for (const sequence of [1, 2, 3]) queue.push(event(sequence));
  for (const sequence of [4, 5]) assert.equal(queue.push(event(sequence)), false);
  assert.deepEqual(queue.shift(), { kind: "lost", count: 2, sequence: 2, at: 1002 });
  assert.deepEqual(take(queue), [3, 4, 5]);
});

Deno.test("what is lost later is told later", () => {
  const queue = eventQueue(2);
  for (const sequence of [1, 2, 3]) queue.push(event(sequence));
  assert.deepEqual(take(queue, 2), ["lost 1/1", 2]);
  for (const sequence of [4, 5]) queue.push(event(sequence));
  assert.deepEqual(take(queue), ["lost 1/3", 4, 5]);
});

Deno.test("a queue that was cleared has lost nothing", () => {
  const queue = eventQueue(1);
  for (const sequence of [1, 2]) queue.push(event(sequence));
  queue.clear();
  assert.deepEqual(take(queue), []);
  queue.push(event(3));
  assert.deepEqual(take(queue), [3]);
});

Deno.test("each event is taken, or counted among the lost ones that stand in its place", () => {
  forSeeds(100, (random) => {
    const queue = eventQueue(random.int(1, 8));
    let pushed = 0;
    let told = 0;
    for (let turn = 0; turn < 500; turn++) {
      if (random.chance(0.6)) {
        queue.push(event(++pushed));
        continue;
      }
      const taken = queue.shift();
      if (taken === undefined) {
        assert.equal(told, pushed);
        continue;
      }
      told += taken.kind === "lost" ? taken.count : 1;
      assert.equal(taken.sequence, told);
      assert.equal(taken.at, 1000 + told);
    }
  });
});
