import assert from "node:assert/strict";
import { virtualClock } from "../clock.ts";
import { watchLoop } from "./loop_watch.ts";

Deno.test("a loop that runs never stood still", async () => {
  const clock = virtualClock();
  const loop = watchLoop(clock);
  const end = loop.begin();
  await clock.advance(10_000);
  assert.equal(loop.longestStandstillMs(0), 0);
  end();
  assert.equal(clock.pending, 0);
});

Deno.test("a standstill is known at once, and remembered by those who lived through it", async () => {
  const clock = virtualClock();
  const loop = watchLoop(clock);
  const end = loop.begin();
  await clock.advance(1_000);
  clock.stall(300);
  assert.equal(loop.longestStandstillMs(900), 290, "it may have begun right after a beat");
  await clock.advance(0);
  await clock.advance(500);
  clock.stall(80);
  await clock.advance(100);
  assert.equal(loop.longestStandstillMs(900), 290);
  assert.equal(loop.longestStandstillMs(1_290), 290, "it ended at 1,300");
  assert.equal(loop.longestStandstillMs(1_310), 70);
  assert.equal(loop.longestStandstillMs(1_990), 0);
  end();
});

Deno.test("nobody watches a loop that nothing waits for", async () => {
  const clock = virtualClock();
  const loop = watchLoop(clock);
  const [first, second] = [loop.begin(), loop.begin()];
  first();
  first();
  assert.equal(clock.pending, 1, "the second still waits");
  second();
  assert.equal(clock.pending, 0);
  clock.stall(5_000);
  const third = loop.begin();
  await clock.advance(100);
  assert.equal(loop.longestStandstillMs(0), 0, "nobody was there to suffer from it");
  third();
});

Deno.test("of many standstills the latest are remembered", async () => {
  const clock = virtualClock();
  const loop = watchLoop(clock);
  const end = loop.begin();
  for (let count = 0; count < 1_000; count++) {
    clock.stall(count === 0 ? 5_000 : 50);
    await clock.advance(20);
  }
  assert.equal(loop.longestStandstillMs(0), 40);
  end();
});
