import assert from "node:assert/strict";
import { forSeeds } from "../../tests/seeded.ts";
import { randomStream } from "./random_stream.ts";

function take(count: number, draw: () => number): readonly number[] {
  return Array.from({ length: count }, draw);
}

Deno.test("a seed gives the same numbers again, and another seed others", () => {
  assert.deepEqual(take(5, randomStream(0.3)), take(5, randomStream(0.3)));
  assert.notDeepEqual(take(5, randomStream(0.3)), take(5, randomStream(0.31)));
});

Deno.test("every tenth of the range is drawn as often as the others", () => {
  forSeeds(20, (random) => {
    const tenths = new Array<number>(10).fill(0);
    for (const drawn of take(10_000, randomStream(random.next()))) {
      assert.ok(drawn >= 0 && drawn < 1);
      const tenth = Math.floor(10 * drawn);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    for (const count of tenths) assert.ok(count > 850 && count < 1150, `${tenths}`);
  });
});
