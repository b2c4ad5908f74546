import assert from "node:assert/strict";
import { forSeeds } from "../../tests/seeded.ts";
import { count, isUp, maximum, preset } from "./counter.ts";

/** The counter after each letter of `results`: p for a pass, f for a fail. */
function follow(start: number, results: string, rules: { rise: number; fall: number }): number[] {
  const values: number[] = [];
  let counter = start;
  for (const letter of results) values.push(counter = count(counter, letter === "p", rules));
  return values;
}

Deno.test("the counter moves as HAProxy's does", () => {
  const cases: [rise: number, fall: number, start: number, results: string, expected: number[]][] =
    [
      // Up from 2 on, and 4 at most.
      [2, 3, 1, "p", [4]],
      [2, 3, 1, "f", [0]],
      [2, 3, 0, "pp", [1, 4]],
      [2, 3, 0, "pfpp", [1, 0, 1, 4]],
      [2, 3, 4, "fff", [3, 2, 0]],
      [2, 3, 4, "ffpfff", [3, 2, 4, 3, 2, 0]],
      [2, 3, 4, "ppp", [4, 4, 4]],
      [2, 3, 0, "fff", [0, 0, 0]],
      // One result decides.
      [1, 1, 0, "pfpf", [1, 0, 1, 0]],
      // Slow to come up, quick to go down.
      [5, 1, 0, "ppppp", [1, 2, 3, 4, 5]],
      [5, 1, 5, "f", [0]],
      // Quick to come up, slow to go down.
      [1, 5, 0, "pfffff", [5, 4, 3, 2, 1, 0]],
    ];
  for (const [rise, fall, start, results, expected] of cases) {
    const story = `${results} from ${start}, rise ${rise}, fall ${fall}`;
    assert.deepEqual(follow(start, results, { rise, fall }), expected, story);
  }
});

Deno.test("the preset is one pass short of up", () => {
  forSeeds(50, (random) => {
    const rules = { rise: random.int(1, 9), fall: random.int(1, 9) };
    assert(!isUp(preset(rules), rules));
    assert.equal(count(preset(rules), true, rules), maximum(rules));
    assert.equal(count(preset(rules), false, rules), 0);
  });
});

Deno.test("the counter never leaves 0 … rise + fall - 1", () => {
  forSeeds(50, (random) => {
    const rules = { rise: random.int(1, 9), fall: random.int(1, 9) };
    let counter = preset(rules);
    for (let probe = 0; probe < 200; probe++) {
      counter = count(counter, random.chance(), rules);
      assert(counter >= 0 && counter <= rules.rise + rules.fall - 1);
    }
  });
});
