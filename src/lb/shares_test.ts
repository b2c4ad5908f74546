import assert from "node:assert/strict";
import { forSeeds } from "../../tests/seeded.ts";
import { measuredTables } from "./measured_tables.ts";
import { countBuckets, worstDeviation } from "./shares.ts";
import { buildTable } from "./table.ts";
import { anyEntries, entriesOf, repeat, withWeights } from "./table_fixture.ts";

for (const { name, entries, length, buckets } of measuredTables) {
  Deno.test(`each AS has as many buckets as VPP gave it: ${name}`, () => {
    assert.deepEqual(countBuckets(entries, length), buckets);
  });
}

Deno.test("the counts are those of the table", () => {
  forSeeds(500, (random) => {
    const entries = anyEntries(random);
    const length = 2 ** random.int(0, 12);
    const counts = entries.map(() => 0);
    for (const owner of buildTable(entries, length)) {
      if (owner in counts) counts[owner] = (counts[owner] ?? 0) + 1;
    }
    assert.deepEqual(countBuckets(entries, length), counts);
  });
});

const cases = [
  {
    what: "of 20 ASes in turn 100 and 50, the first of those with 50 has too many",
    entries: withWeights(repeat(10, 100, 50)),
    length: 1024,
    worst: { index: 1, buckets: 50, share: 50 / 1024, wantedShare: 1 / 30, deviation: 0.46484375 },
  },
  {
    what: "the same weights over their common divisor are honoured",
    entries: withWeights(repeat(10, 2, 1)),
    length: 1024,
    worst: { index: 1, buckets: 35, share: 35 / 1024, wantedShare: 1 / 30, deviation: 0.025390625 },
  },
  {
    what: "an AS without a bucket is off by all that it asks for",
    entries: entriesOf("10.0.0.1 100, 10.0.0.2 50, 10.0.0.3 1"),
    length: 2,
    worst: { index: 2, buckets: 0, share: 0, wantedShare: 1 / 151, deviation: 1 },
  },
  {
    what: "one AS has it all",
    entries: withWeights([0, 7, 0]),
    length: 64,
    worst: { index: 1, buckets: 64, share: 1, wantedShare: 1, deviation: 0 },
  },
  { what: "no weight is above 0", entries: withWeights([0, 0]), length: 64, worst: null },
  { what: "there is no AS", entries: [], length: 64, worst: null },
];
for (const { what, entries, length, worst } of cases) {
  Deno.test(`the worst deviation is found: ${what}`, () => {
    assert.deepEqual(worstDeviation(entries, length), worst);
  });
}

Deno.test("no AS is further from its share than the worst", () => {
  forSeeds(200, (random) => {
    const entries = anyEntries(random);
    const length = 2 ** random.int(0, 12);
    const total = entries.reduce((sum, { weight }) => sum + weight, 0);
    const worst = worstDeviation(entries, length);
    countBuckets(entries, length).forEach((buckets, index) => {
      const weight = entries[index]?.weight ?? 0;
      if (weight === 0) return assert.notEqual(worst?.index, index);
      const wanted = length * weight / total;
      const deviation = Math.abs(buckets - wanted) / wanted;
      assert.ok(worst !== null && deviation <= worst.deviation + 1e-12);
      if (index === worst.index) assert.ok(Math.abs(deviation - worst.deviation) < 1e-12);
    });
  });
});

Deno.test("a longer table honours what a short one cannot", () => {
  const entries = withWeights(repeat(20, 100, 50));
  const deviations = [1024, 16384, 65536].map((length) => worstDeviation(entries, length));
  assert.deepEqual(
    deviations.map((worst) => worst !== null && worst.deviation > 0.1),
    [true, false, false],
  );
});

Deno.test("what no table can be built from cannot be counted", () => {
  assert.throws(() => countBuckets([], 3), RangeError);
  assert.throws(() => worstDeviation(withWeights([256]), 64), RangeError);
});
