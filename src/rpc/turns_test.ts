import assert from "node:assert/strict";
import { turns } from "./turns.ts";

Deno.test("who comes when all turns are taken waits until one is free, in order", async () => {
  const two = turns(2);
  const entered: number[] = [];
  for (let each = 1; each <= 5; each++) void two.enter().then(() => entered.push(each));
  await Promise.resolve();
  assert.deepEqual(entered, [1, 2]);
  two.leave();
  await Promise.resolve();
  assert.deepEqual(entered, [1, 2, 3]);
  two.leave();
  two.leave();
  await Promise.resolve();
  assert.deepEqual(entered, [1, 2, 3, 4, 5]);
  two.leave();
  two.leave();
  void two.enter().then(() => entered.push(6));
  await Promise.resolve();
  assert.equal(entered.at(-1), 6);
});
