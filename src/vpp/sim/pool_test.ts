import assert from "node:assert/strict";
import { forSeeds } from "../../../tests/seeded.ts";
import { createPool } from "./pool.ts";

Deno.test("the place that was freed last is taken first, then new ones", () => {
  const pool = createPool<string>();
  const add = (text: string) => {
    let place = -1;
    pool.add((index) => {
      place = index;
      return text;
    });
    return place;
  };
  assert.deepEqual(["a", "b", "c", "d"].map(add), [0, 1, 2, 3]);
  pool.remove(1);
  pool.remove(3);
  pool.remove(0);
  assert.deepEqual([...pool], ["c"]);
  assert.deepEqual(["e", "f", "g", "h"].map(add), [0, 3, 1, 4]);
  assert.deepEqual([...pool], ["e", "g", "c", "f", "h"]);
});

Deno.test("what a place held before is left there", () => {
  const pool = createPool<string>();
  pool.add(() => "a");
  pool.remove(0);
  assert.equal(pool.at(0), undefined);
  pool.add((_, leftover) => `after ${leftover}`);
  assert.equal(pool.at(0), "after a");
});

Deno.test("what is not there cannot be removed", () => {
  const pool = createPool<string>();
  assert.throws(() => pool.remove(0), { name: "RangeError", message: "nothing is at 0" });
});

Deno.test("a pool has what was added and not removed, in the order of the indices", () => {
  forSeeds(20, (random) => {
    const pool = createPool<number>();
    const expected = new Map<number, number>();
    for (let step = 0; step < 200; step++) {
      const [index] = expected.size > 0 ? random.pick([...expected]) : [];
      if (index !== undefined && random.chance(0.45)) {
        pool.remove(index);
        expected.delete(index);
      } else {
        pool.add((index) => {
          expected.set(index, step);
          return step;
        });
      }
      assert.equal(pool.size, expected.size);
      assert.deepEqual([...pool.entries()], [...expected].sort(([a], [b]) => a - b));
    }
  });
});
