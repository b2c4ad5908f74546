import assert from "node:assert/strict";
import { forSeeds } from "../../tests/seeded.ts";
import { movedBuckets, type OwnedTable } from "./moved_buckets.ts";
import { countBuckets } from "./shares.ts";
import { buildTable } from "./table.ts";
import type { TableEntry } from "./table_entries.ts";
import { anyEntries, entriesOf, repeat, withWeights } from "./table_fixture.ts";

function owned(entries: readonly TableEntry[], length: number): OwnedTable {
  return { entries, table: buildTable(entries, length) };
}

/** The numbers of the first four are also the difference of two tables read from a real VPP. */
const cases = [
  {
    what: "a weight lowered from 100 to 50",
    before: owned(entriesOf("10.0.0.10 100, 10.0.0.2 50, 10.0.0.1 100"), 1024),
    after: owned(entriesOf("10.0.0.10 100, 10.0.0.2 50, 10.0.0.1 50"), 1024),
    moved: { total: 1024, moved: 226, needed: 150, bystanders: 76 },
  },
  {
    what: "a weight set to 0",
    before: owned(entriesOf("2001:db8::1 100, 2001:db8::2 50, 2001:db8::3 25"), 1024),
    after: owned(entriesOf("2001:db8::1 100, 2001:db8::2 50, 2001:db8::3 0"), 1024),
    moved: { total: 1024, moved: 182, needed: 150, bystanders: 32 },
  },
  {
    what: "a fifth AS",
    before: owned(withWeights([100, 50, 100, 50]), 1024),
    after: owned(withWeights([100, 50, 100, 50, 100]), 1024),
    moved: { total: 1024, moved: 371, needed: 244, bystanders: 127 },
  },
  {
    what: "one of 40 ASes less",
    before: owned(withWeights(repeat(40, 100)), 65536),
    after: owned(withWeights(repeat(40, 100)).toSpliced(6, 1), 65536),
    moved: { total: 65536, moved: 5366, needed: 1639, bystanders: 3727 },
  },
  {
    what: "the first AS",
    before: owned([], 64),
    after: owned(withWeights([100, 100]), 64),
    moved: { total: 64, moved: 64, needed: 64, bystanders: 0 },
  },
  {
    what: "the last weight above 0 gone",
    before: owned(withWeights([100, 0]), 64),
    after: owned(withWeights([0, 0]), 64),
    moved: { total: 64, moved: 64, needed: 64, bystanders: 0 },
  },
  {
    what: "no owner before and after",
    before: owned([], 64),
    after: owned(withWeights([0]), 64),
    moved: { total: 64, moved: 0, needed: 0, bystanders: 0 },
  },
  {
    what: "one AS in the place of another",
    before: owned(entriesOf("10.0.0.1 100"), 64),
    after: owned(entriesOf("10.0.0.2 100"), 64),
    moved: { total: 64, moved: 64, needed: 64, bystanders: 0 },
  },
  {
    what: "another length",
    before: owned(withWeights([100, 100]), 64),
    after: owned(withWeights([100, 100]), 128),
    moved: { total: 128, moved: 128, needed: 128, bystanders: 0 },
  },
];
for (const { what, before, after, moved } of cases) {
  Deno.test(`the moved buckets are counted: ${what}`, () => {
    assert.deepEqual(movedBuckets(before, after), moved);
  });
}

Deno.test("nothing moves when the same entries come in another order", () => {
  forSeeds(100, (random) => {
    const entries = anyEntries(random);
    const before = owned(entries, 256);
    const after = owned(random.shuffle(entries), 256);
    assert.equal(movedBuckets(before, after).moved, 0);
  });
});

Deno.test("needed is what the ASes that lose buckets lose, either way round", () => {
  forSeeds(200, (random) => {
    const length = 2 ** random.int(0, 10);
    const entries = anyEntries(random).filter(({ weight }) => weight > 0);
    const changed = entries.map((entry) => ({ ...entry, weight: random.int(1, 100) }));
    const counts = countBuckets(changed, length);
    const losses = countBuckets(entries, length).map((buckets, index) =>
      Math.max(0, buckets - (counts[index] ?? 0))
    );
    const there = movedBuckets(owned(entries, length), owned(changed, length));
    assert.equal(there.needed, losses.reduce((sum, loss) => sum + loss, 0));
    assert.ok(there.bystanders >= 0);
    assert.deepEqual(movedBuckets(owned(changed, length), owned(entries, length)), there);
  });
});
