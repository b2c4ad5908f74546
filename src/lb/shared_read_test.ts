import assert from "node:assert/strict";
import { virtualClock } from "../clock.ts";
import { sharedRead } from "./shared_read.ts";

/** A reading that takes as long as a test wants it to. */
function slowRead(durationMs: number) {
  const clock = virtualClock();
  let count = 0;
  const { read, forget } = sharedRead({
    clock,
    maxAgeMs: 1_000,
    read: async () => {
      const number = ++count;
      await clock.sleep(durationMs);
      if (number === 2) throw new Error("failed");
      return number;
    },
  });
  return { clock, read, forget };
}

Deno.test("all who ask during a reading, however long, are given its result", async () => {
  const { clock, read } = slowRead(3_000);
  const results = [read()];
  await clock.advance(2_900);
  results.push(read());
  await clock.advance(100);
  assert.deepEqual(await Promise.all(results), [1, 1]);
});

Deno.test("a result, and a failure too, is good for so long after it came", async () => {
  const { clock, read } = slowRead(500);
  const first = read();
  await clock.advance(500 + 999);
  assert.equal(await read(), await first);
  await clock.advance(1);
  const failing = assert.rejects(read(), /failed/);
  await clock.advance(500 + 999);
  await failing;
  await assert.rejects(read(), /failed/);
  await clock.advance(1);
  const third = read();
  await clock.advance(500);
  assert.equal(await third, 3);
});

Deno.test("what was read before a change is given to nobody who asks after it", async () => {
  const { clock, read, forget } = slowRead(500);
  const before = read();
  await clock.advance(100);
  forget();
  const after = assert.rejects(read(), /failed/, "the second reading");
  await clock.advance(500);
  assert.equal(await before, 1);
  await after;
});
