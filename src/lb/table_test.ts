import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { forSeeds } from "../../tests/seeded.ts";
import { measuredTables } from "./measured_tables.ts";
import { buildTable, noOwner } from "./table.ts";
import { anyEntries, entriesOf, thousandEntries, withWeights } from "./table_fixture.ts";

for (const { name, entries, length, fingerprint } of measuredTables) {
  Deno.test(`each bucket has the owner that VPP gave it: ${name}`, () => {
    const owners = new DataView(new ArrayBuffer(2 * length));
    buildTable(entries, length).forEach((owner, bucket) =>
      owners.setInt16(2 * bucket, owner, true)
    );
    assert.equal(createHash("sha256").update(owners).digest("hex").slice(0, 16), fingerprint);
  });
}

Deno.test("a table of 64 buckets reads as VPP's did", () => {
  const entries = entriesOf(
    "203.0.113.5 100, 203.0.113.55 1, 203.0.113.105 37, 203.0.113.155 100, 203.0.113.205 2",
  );
  assert.equal(
    buildTable(entries, 64).join(""),
    "3232322302222020232330200220013330230333432000432300200230003230",
  );
});

Deno.test("the order in which the entries come does not matter to which owns what", () => {
  forSeeds(200, (random) => {
    const entries = anyEntries(random);
    const length = 2 ** random.int(0, 11);
    const shuffled = random.shuffle(entries);
    const table = buildTable(entries, length);
    buildTable(shuffled, length).forEach((owner, bucket) => {
      assert.equal(shuffled[owner], entries[table[bucket] ?? noOwner]);
    });
  });
});

Deno.test("every bucket has an owner of weight above 0, or none has any", () => {
  forSeeds(200, (random) => {
    const entries = anyEntries(random);
    const serves = entries.some(({ weight }) => weight > 0);
    for (const owner of buildTable(entries, 2 ** random.int(0, 11))) {
      if (serves) assert.ok((entries[owner]?.weight ?? 0) > 0);
      else assert.equal(owner, noOwner);
    }
  });
});

Deno.test("entries of weight 0 change nothing", () => {
  forSeeds(100, (random) => {
    const entries = anyEntries(random);
    const serving = entries.filter(({ weight }) => weight > 0);
    const owners = [...buildTable(entries, 256)].map((owner) => entries[owner]);
    assert.deepEqual(owners, [...buildTable(serving, 256)].map((owner) => serving[owner]));
  });
});

Deno.test("an address may lie anywhere in a larger buffer", () => {
  const [entry] = withWeights([100]);
  assert.ok(entry);
  const buffer = new Uint8Array(40);
  buffer.set(entry.address, 13);
  const other = entriesOf("10.9.9.9 60");
  const elsewhere = { address: buffer.subarray(13, 29), weight: 100 };
  assert.deepEqual(buildTable([elsewhere, ...other], 64), buildTable([entry, ...other], 64));
});

for (const length of [0, -1, -2, 3, 1.5, 2.0000001, 1000, 65535, 131072, 2 ** 32, NaN, Infinity]) {
  Deno.test(`a length of ${length} is refused`, () => {
    assert.throws(() => buildTable([], length), {
      name: "RangeError",
      message: `a table's length is a power of two up to 65536, not ${length}`,
    });
  });
}

for (const weight of [-1, 256, 0.5, NaN, Infinity]) {
  Deno.test(`a weight of ${weight} is refused`, () => {
    assert.throws(() => buildTable(withWeights([weight]), 64), {
      name: "RangeError",
      message: `a weight is a whole number from 0 to 255, not ${weight}`,
    });
  });
}

Deno.test("a weight of 255, more than is meant, is taken as VPP takes it", () => {
  const owners = buildTable(withWeights([255, 1]), 256);
  assert.equal(owners.filter((owner) => owner === 0).length, 255);
});

const refused = [
  {
    what: "an address of 4 bytes",
    entries: [{ address: new Uint8Array(4), weight: 1 }],
    message: "an address has 16 bytes, not 4",
  },
  {
    what: "an address of 17 bytes",
    entries: [{ address: new Uint8Array(17), weight: 1 }],
    message: "an address has 16 bytes, not 17",
  },
  {
    what: "an address that is there twice, even with weight 0",
    entries: [...withWeights([100, 50]), ...withWeights([0])],
    message: "the address 0000000000000000000000000a010001 is there twice",
  },
  {
    what: "more entries than a VIP may have",
    entries: [...thousandEntries(), ...withWeights([0])],
    message: "a VIP has at most 1000 ASes, not 1001",
  },
];
for (const { what, entries, message } of refused) {
  Deno.test(`${what} is refused`, () => {
    assert.throws(() => buildTable(entries, 64), { name: "RangeError", message });
  });
}
