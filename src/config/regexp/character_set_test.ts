import assert from "node:assert/strict";
import { forSeeds, type Random } from "../../../tests/seeded.ts";
import {
  type CharacterSet,
  complement,
  contains,
  everyCharacter,
  rangesOf,
  union,
} from "./character_set.ts";

/** A set of few ranges among the first 30 characters, or among the last ones. */
function randomSet(random: Random): CharacterSet {
  const ranges = Array.from({ length: random.int(0, 4) }, () => {
    const first = random.pick([0, 0x10ffe0]) + random.int(0, 25);
    return [first, first + random.int(0, 6)];
  });
  return union(ranges);
}

const probes = [...Array(40).keys(), ...Array.from({ length: 32 }, (_, index) => 0x10ffe0 + index)];

Deno.test("a union has what any of its sets has, and a complement what its set has not", () => {
  forSeeds(500, (random) => {
    const [one, other] = [randomSet(random), randomSet(random)];
    const [both, rest] = [union([one, other]), complement(one)];
    for (const each of probes) {
      assert.equal(contains(both, each), contains(one, each) || contains(other, each));
      assert.equal(contains(rest, each), !contains(one, each));
    }
  });
});

Deno.test("the ranges of a set ascend and do not touch", () => {
  forSeeds(500, (random) => {
    const set = union([randomSet(random), complement(randomSet(random))]);
    rangesOf(set).forEach(([first, last], index, ranges) => {
      assert.ok(first <= last);
      assert.ok(index === 0 || first > (ranges[index - 1]?.[1] ?? 0) + 1);
    });
    assert.deepEqual(complement(complement(set)), set);
  });
});

Deno.test("nothing is the complement of every character", () => {
  assert.deepEqual(complement(everyCharacter), []);
  assert.deepEqual(complement([]), everyCharacter);
});
