import assert from "node:assert/strict";
import { forSeeds } from "../../tests/seeded.ts";
import { receiveWindow } from "./receive_window.ts";

Deno.test("what fits is taken, to the byte, and not one more", () => {
  const window = receiveWindow(100, () => {});
  assert.deepEqual([window.take(60), window.take(40), window.take(0)], [true, true, true]);
  assert.equal(window.take(1), false);
});

Deno.test("the other end is told when half of the window is free", () => {
  const told: number[] = [];
  const window = receiveWindow(100, (increment) => told.push(increment));
  window.take(100);
  for (const length of [0, 49, 1, 30, 20]) window.giveBack(length);
  assert.deepEqual(told, [50, 50]);
  assert.deepEqual([window.take(100), window.take(1)], [true, false]);
});

Deno.test("a window of nothing is never told of", () => {
  const window = receiveWindow(0, () => assert.fail());
  assert.deepEqual([window.take(0), window.take(1)], [true, false]);
  window.giveBack(0);
});

Deno.test("who takes what was told is never refused, and never sees more than the window", () => {
  forSeeds(100, (random) => {
    const size = random.int(1, 1_000);
    let allowed = size;
    let held = 0;
    const window = receiveWindow(size, (increment) => allowed += increment);
    for (let step = 0; step < 100; step++) {
      if (random.chance()) {
        const length = random.int(0, allowed);
        assert.ok(window.take(length));
        allowed -= length;
        held += length;
      } else {
        const length = random.int(0, held);
        window.giveBack(length);
        held -= length;
      }
      assert.ok(held + allowed <= size);
    }
    window.giveBack(held);
    assert.ok(allowed > size / 2, "the window closes although all was given back");
  });
});
