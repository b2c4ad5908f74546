import assert from "node:assert/strict";
import { forSeeds } from "../tests/seeded.ts";
import { type HeapTimer, type TimerHeap, timerHeap } from "./timer_heap.ts";

function takeAll(heap: TimerHeap): HeapTimer[] {
  const taken: HeapTimer[] = [];
  for (let first = heap.first(); first !== undefined; first = heap.first()) {
    heap.remove(first);
    taken.push(first);
  }
  return taken;
}

const nothing = () => {};

Deno.test("timers come off by due time, and in the order of adding where that is the same", () => {
  const heap = timerHeap();
  for (const dueMs of [5, 1, 5, 3, 1]) heap.add(dueMs, nothing);
  assert.equal(heap.size, 5);
  const places = takeAll(heap).map(({ dueMs, order }) => [dueMs, order]);
  assert.deepEqual(places, [[1, 1], [1, 4], [3, 3], [5, 0], [5, 2]]);
  assert.equal(heap.size, 0);
});

Deno.test("a timer can be removed twice, and after it came off", () => {
  const heap = timerHeap();
  const [early, late] = [heap.add(1, nothing), heap.add(2, nothing)];
  heap.remove(early);
  heap.remove(early);
  assert.deepEqual(takeAll(heap), [late]);
  heap.remove(late);
  assert.equal(heap.size, 0);
});

Deno.test("whatever is added and removed, the rest comes off in order", () => {
  forSeeds(200, (random) => {
    const heap = timerHeap();
    let kept: HeapTimer[] = [];
    for (let turn = 0; turn < 200; turn++) {
      if (kept.length > 0 && random.chance(0.4)) {
        const gone = random.pick(kept);
        heap.remove(gone);
        kept = kept.filter((timer) => timer !== gone);
      } else {
        kept.push(heap.add(random.int(0, 50), nothing));
      }
    }
    kept.sort((a, b) => a.dueMs - b.dueMs || a.order - b.order);
    assert.deepEqual(takeAll(heap), kept);
  });
});
