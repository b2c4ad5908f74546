import assert from "node:assert/strict";
import { forSeeds } from "../../../tests/seeded.ts";
import { readSegment, sumOf } from "./stats_fixture.ts";
import { createStatsSegment } from "./stats_segment.ts";
import { testedVpp, vipOf } from "./testing.ts";

function emptySegment(bytes = 1 << 16) {
  const memory = new Uint8Array(bytes);
  return { memory, segment: createStatsSegment({ memory, base: 0x7f0000000000n }) };
}

Deno.test("an empty segment has version 2, an epoch and no entries", () => {
  const { memory } = emptySegment();
  const { epoch, inProgress, entries } = readSegment(memory);
  assert.deepEqual([epoch, inProgress, entries.size], [1n, 0n, 0]);
});

Deno.test("what was added is read again", () => {
  const { memory, segment } = emptySegment();
  segment.addScalar("/sys/one").set(7);
  segment.addGauge("/sys/two").set(8);
  const simple = segment.addSimple("a name with spaces", 2);
  simple.validate(2);
  simple.add(1, 2, [5]);
  simple.add(0, 2, [4]);
  const combined = segment.addCombined("/net/both", 2);
  combined.validate(1);
  combined.add(1, 1, [3, 300]);
  combined.add(1, 1, [2 ** 40, 2 ** 50]);
  const names = segment.addNames("/names");
  names.set(2, "two");
  names.set(0, "zero");
  names.set(0, "zero, but with a much longer name than before, which has to go elsewhere");
  segment.addSymlink("/link", combined, 1);
  segment.addSimple("never validated", 2);
  assert.deepEqual(Object.fromEntries(readSegment(memory).entries), {
    "/sys/one": 7,
    "/sys/two": 8,
    "a name with spaces": [[0, 0, 4], [0, 0, 5]],
    "/net/both": [[[0, 0], [0, 0]], [[0, 0], [2 ** 40 + 3, 2 ** 50 + 300]]],
    "/names": [
      "zero, but with a much longer name than before, which has to go elsewhere",
      null,
      "two",
    ],
    "/link": [[[0, 0]], [[2 ** 40 + 3, 2 ** 50 + 300]]],
    "never validated": [],
  });
  assert.equal(simple.total(2), 9);
});

Deno.test("a structural change ends with another epoch, a counter and spare room do not", () => {
  const { memory, segment } = emptySegment();
  const epoch = () => Number(readSegment(memory).epoch);
  const counters = segment.addSimple("counters", 2);
  assert.equal(epoch(), 2);
  counters.validate(0);
  assert.equal(epoch(), 3);
  counters.add(1, 0, [1]);
  counters.clear(0);
  assert.equal(epoch(), 3);
  const epochs = Array.from({ length: 100 }, (_, index) => {
    counters.validate(index);
    return epoch();
  });
  assert.ok((epochs.at(-1) ?? 0) < 10, "vectors grow by half at least, not by one");
  assert.equal(new Set(epochs).size, (epochs.at(-1) ?? 0) - 3 + 1);
});

Deno.test("vectors that grow and move keep their counters, whatever else is added meanwhile", () => {
  forSeeds(20, (random) => {
    const { memory, segment } = emptySegment(1 << 20);
    const expected = new Map<string, number[]>();
    const entries = new Map<string, ReturnType<typeof segment.addSimple>>();
    for (let step = 0; step < 300; step++) {
      if (entries.size === 0 || random.chance(0.1)) {
        const name = `counter ${entries.size}`;
        entries.set(name, segment.addSimple(name, 2));
        expected.set(name, []);
      }
      const [name, entry] = random.pick([...entries]);
      const counts = expected.get(name) ?? [];
      const index = random.int(0, counts.length + 3);
      entry.validate(index);
      const amount = random.int(0, 2 ** 31);
      entry.add(random.int(0, 1), index, [amount]);
      while (counts.length <= index) counts.push(0);
      counts[index] = (counts[index] ?? 0) + amount;
    }
    const read = readSegment(memory);
    for (const [name, counts] of expected) {
      for (const [index, count] of counts.entries()) {
        assert.equal(sumOf(read, name, index)[0], count, `${name} ${index}`);
      }
    }
  });
});

Deno.test("a segment that is full is the end of VPP", () => {
  const { segment } = emptySegment(1 << 13);
  assert.throws(() => segment.addSimple("large", 2).validate(1000), {
    name: "VppCrash",
    message: "the stats segment is full",
  });
});

Deno.test("the first three entries are fixed, and LB counters appear with the first VIP", () => {
  const { cli, stats, wait } = testedVpp("weighted");
  const names = () => [...readSegment(stats).entries.keys()];
  assert.deepEqual(names().slice(0, 3), [
    "/sys/heartbeat",
    "/sys/last_stats_clear",
    "/sys/boottime",
  ]);
  assert(!names().includes("first session packet"));
  cli("lb vip 198.51.100.1/32 encap gre4");
  assert.deepEqual(names().slice(-4), [
    "packet from existing sessions",
    "first session packet",
    "untracked packet",
    "no server configured",
  ]);
  wait(25);
  const { entries } = readSegment(stats);
  assert.equal(entries.get("/sys/heartbeat"), 3);
  assert.equal(entries.get("/sys/last_update"), 25);
  assert.equal(entries.get("/sys/boottime"), 1_795_218_712);
  assert.equal(entries.get("/sys/num_worker_threads"), 1);
  assert.deepEqual(entries.get("/if/names"), ["local0", "simulated0"]);
});

Deno.test("clearing the interfaces sets their counters to 0, under both names", () => {
  const { vpp, cli, stats, wait } = testedVpp("weighted");
  cli("lb vip 198.51.100.1/32 encap gre4");
  vpp.offerTraffic(vipOf("198.51.100.1/32"), {
    newFlowsPerSecond: 1,
    packetsPerFlowPerSecond: 1,
    flowSeconds: 1,
    packetBytes: 100,
    clients: 1,
  });
  wait(3);
  const received = () => {
    const segment = readSegment(stats);
    return [sumOf(segment, "/if/rx", 1), sumOf(segment, "/interfaces/simulated0/rx", 0)];
  };
  assert.deepEqual(received(), [[3, 300], [3, 300]]);
  assert.equal(cli("clear interfaces"), "");
  assert.deepEqual(received(), [[0, 0], [0, 0]]);
});
