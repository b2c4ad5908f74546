import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { virtualClock } from "../../clock.ts";
import {
  buildSegment,
  type FixtureEntry,
  headerOf,
  readAll,
  word,
  writeDirectory,
} from "./segment_fixture.ts";
import { openStats } from "./stats_reader.ts";

function statsOf(entries: readonly FixtureEntry[]) {
  const bytes = buildSegment(entries);
  const clock = virtualClock();
  let unmapped = 0;
  const stats = openStats({ bytes, unmap: () => unmapped++ }, clock);
  return { bytes, header: headerOf(bytes), clock, stats, unmapped: () => unmapped };
}

/** Replaces the directory as VPP does, elsewhere in memory and counted as a change. */
function replaceDirectory(bytes: Uint8Array, entries: readonly FixtureEntry[]): void {
  const header = headerOf(bytes);
  header[word.directory] = writeDirectory(bytes, entries, 8192);
  Atomics.add(header, word.epoch, 1n);
}

const sample: readonly FixtureEntry[] = [
  { name: "/sys/heartbeat", type: 1, value: 15 },
  { name: "/sys/num_worker_threads", type: 9, value: 2 },
  { name: "first session packet", simple: [[0, 0], [1, 2], [10, 20, 30]] },
  { name: "/net/route/to", combined: [[[1, 100]], [[2, 200], [3, 300]]] },
  { name: "/if/names", names: ["local0", null, "ünï/0"] },
  { name: "/err/lb/second", symlink: [2, 1] },
  { name: "/interfaces/ünï_0/to", symlink: [3, 1] },
];

Deno.test("values of every kind are read by name, and typed by what was wanted", async () => {
  const { stats } = statsOf(sample);
  const values = await stats.read({
    "/sys/heartbeat": "scalar",
    "/sys/num_worker_threads": "scalar",
    "first session packet": "simple",
    "/net/route/to": "combined",
    "/if/names": "names",
  });
  assert.equal(values["/sys/heartbeat"], 15);
  assert.equal(values["/sys/num_worker_threads"], 2);
  assert.deepEqual(values["first session packet"].lengths, [2, 2, 3]);
  assert.deepEqual([0, 1, 2, 3].map(values["first session packet"].sum), [11, 22, 30, 0]);
  assert.deepEqual(values["/net/route/to"].sum(0), { packets: 3, bytes: 300 });
  assert.deepEqual(values["/net/route/to"].at(1, 1), { packets: 3, bytes: 300 });
  assert.deepEqual(values["/if/names"], ["local0", undefined, "ünï/0"]);
});

Deno.test("a symlink is one column, which has index 0 on every thread", async () => {
  const { stats } = statsOf(sample);
  const values = await stats.read({
    "/err/lb/second": "simple",
    "/interfaces/ünï_0/to": "combined",
  });
  assert.deepEqual(values["/err/lb/second"].lengths, [1, 1, 1]);
  assert.deepEqual([0, 1].map(values["/err/lb/second"].sum), [22, 0]);
  assert.deepEqual(values["/interfaces/ünï_0/to"].lengths, [0, 1]);
  assert.deepEqual(values["/interfaces/ünï_0/to"].sum(0), { packets: 3, bytes: 300 });
});

Deno.test("the directory lists what there is, histograms and rings among it", async () => {
  const { stats } = statsOf([
    ...sample,
    { name: "/histogram", type: 7 },
    { name: "/ring", type: 8 },
    { name: "/of the future", type: 10 },
    { name: "/of no future", type: 0xffff_ffff },
    { name: "", type: 5, value: 3 },
    { name: "/removed right now", type: 0 },
  ]);
  assert.deepEqual(await stats.directory(), [
    { name: "/sys/heartbeat", kind: "scalar" },
    { name: "/sys/num_worker_threads", kind: "scalar" },
    { name: "first session packet", kind: "simple" },
    { name: "/net/route/to", kind: "combined" },
    { name: "/if/names", kind: "names" },
    { name: "/err/lb/second", kind: "simple" },
    { name: "/interfaces/ünï_0/to", kind: "combined" },
    { name: "/histogram", kind: "histogram" },
    { name: "/ring", kind: "ring" },
  ]);
});

Deno.test("what is not there reads as nothing counted", async () => {
  const { stats } = statsOf([{ name: "", type: 5 }, { name: "/removed right now", type: 0 }]);
  const values = await stats.read({
    "/sys/boottime": "scalar",
    "first session packet": "simple",
    "/net/route/to": "combined",
    "/if/names": "names",
    "/removed right now": "simple",
    "": "simple",
  });
  assert.equal(values["/sys/boottime"], undefined);
  assert.equal(values["first session packet"].sum(1), 0);
  assert.deepEqual(values["/net/route/to"].sum(1), { packets: 0, bytes: 0 });
  assert.deepEqual(values["/if/names"], []);
  assert.equal(values["/removed right now"].sum(0), 0);
  assert.equal(values[""].sum(0), 0);
});

Deno.test("null pointers read as nothing counted, wherever they are", async () => {
  const { stats, header } = statsOf([
    { name: "/simple", simple: null },
    { name: "/simple threads", simple: [null, [5], null, []] },
    { name: "/combined", combined: null },
    { name: "/combined threads", combined: [null, [[5, 500]]] },
    { name: "/names", names: null },
    { name: "/no names", names: [null, null] },
    { name: "/column of null", symlink: [0, 0] },
    { name: "/column", symlink: [1, 0] },
  ]);
  const values = await readAll(stats);
  const lengths = Object.values(values).map((value) =>
    typeof value === "object" && "lengths" in value ? value.lengths : value
  );
  assert.deepEqual(lengths, [
    [],
    [0, 1, 0, 0],
    [],
    [0, 1],
    [],
    [undefined, undefined],
    [],
    [0, 1, 0, 0],
  ]);
  header[word.directory] = 0n;
  assert.deepEqual(await readAll(stats), {});
});

Deno.test("a symlink to nothing, to a symlink or to what has no columns is not there", async () => {
  const { stats } = statsOf([
    { name: "/scalar", type: 1, value: 5 },
    { name: "/names", names: ["a"] },
    { name: "/to itself", symlink: [2, 0] },
    { name: "/ring 1", symlink: [4, 0] },
    { name: "/ring 2", symlink: [3, 0] },
    { name: "/to nothing", symlink: [99, 0] },
    { name: "/to the end of all memory", symlink: [0xffff_ffff, 0xffff_ffff] },
    { name: "/to a scalar", symlink: [0, 0] },
    { name: "/to names", symlink: [1, 0] },
    { name: "/counters", simple: [[1]] },
    { name: "/to a column that is not there", symlink: [9, 0xffff_ffff] },
  ]);
  const names = (await stats.directory()).map(({ name }) => name);
  assert.deepEqual(names, ["/scalar", "/names", "/counters", "/to a column that is not there"]);
  const values = await stats.read({
    "/to itself": "simple",
    "/ring 1": "combined",
    "/to nothing": "simple",
    "/to the end of all memory": "names",
    "/to a scalar": "scalar",
    "/to a column that is not there": "simple",
  });
  assert.equal(values["/to itself"].sum(0), 0);
  assert.equal(values["/ring 1"].sum(0).bytes, 0);
  assert.equal(values["/to a scalar"], undefined);
  assert.deepEqual(values["/to a column that is not there"].lengths, [0]);
});

Deno.test("what is of another kind than wanted is an error that says so", async () => {
  const { stats } = statsOf([...sample, { name: "/ring", type: 8 }, { name: "/new", type: 10 }]);
  const cases = [
    ["first session packet", "combined", "simple"],
    ["/net/route/to", "simple", "combined"],
    ["/interfaces/ünï_0/to", "simple", "combined"],
    ["/sys/heartbeat", "names", "scalar"],
    ["/ring", "simple", "ring"],
    ["/new", "scalar", "unknown"],
  ] as const;
  for (const [name, wanted, kind] of cases) {
    await assert.rejects(stats.read({ [name]: wanted }), {
      name: "StatsError",
      code: "kind",
      message: `VPP's "${name}" is of the kind ${kind}, not ${wanted}`,
    });
  }
});

Deno.test("a directory that cannot be is an error", async () => {
  const { stats, bytes, header } = statsOf(sample);
  const sound = header[word.directory] ?? 0n;
  const place = Number(sound - (header[word.base] ?? 0n));
  const refused = async () => {
    const damaged = { name: "StatsError", code: "bounds" };
    await assert.rejects(stats.directory(), damaged);
    await assert.rejects(stats.read({ "/sys/heartbeat": "scalar" }), damaged);
  };
  for (const pointer of [8n, 2n ** 64n - 8n, header[word.base] ?? 0n]) {
    header[word.directory] = pointer;
    await refused();
  }
  header[word.directory] = sound;
  new DataView(bytes.buffer).setUint32(place - 8, 0xffff_ffff, true);
  await refused();
});

Deno.test("entries are found where they moved", async () => {
  const { stats, bytes } = statsOf(sample);
  const read = async () => {
    const values = await stats.read({ "/sys/heartbeat": "scalar", "/if/names": "names" });
    return [values["/sys/heartbeat"], values["/if/names"].length];
  };
  assert.deepEqual(await read(), [15, 3]);
  replaceDirectory(bytes, [{ name: "/if/names", names: ["a"] }]);
  assert.deepEqual(await read(), [undefined, 1]);
  replaceDirectory(bytes, [
    { name: "first session packet", simple: [[1]] },
    { name: "/if/names", names: ["a", "b"] },
    { name: "/sys/heartbeat", type: 1, value: 16 },
  ]);
  assert.deepEqual(await read(), [16, 2]);
});

Deno.test("an entry renamed without a change of epoch is not taken for the old one", async () => {
  const { stats, bytes, header } = statsOf(sample);
  const wanted = { "first session packet": "simple" } as const;
  assert.equal((await stats.read(wanted))["first session packet"].sum(0), 11);
  const other = sample.map((entry) => ({ ...entry, name: entry.name.replace("first", "third") }));
  header[word.directory] = writeDirectory(bytes, other, 64);
  assert.equal((await stats.read(wanted))["first session packet"].sum(0), 0);
  header[word.directory] = writeDirectory(bytes, sample, 64);
  Atomics.add(header, word.epoch, 1n);
  assert.equal((await stats.read(wanted))["first session packet"].sum(0), 11);
});

Deno.test("what was read stays as it was when VPP goes on counting", async () => {
  const { stats, bytes } = statsOf(sample);
  const values = await stats.read({ "first session packet": "simple", "/if/names": "names" });
  bytes.fill(0xff);
  assert.equal(values["first session packet"].sum(0), 11);
  assert.deepEqual(values["/if/names"], ["local0", undefined, "ünï/0"]);
});

Deno.test("a reader that was closed reads no more, and gives the memory back once", async () => {
  const { stats, unmapped } = statsOf(sample);
  stats.close();
  stats.close();
  assert.equal(unmapped(), 1);
  const closed = { name: "StatsError", code: "closed" };
  await assert.rejects(stats.directory(), closed);
  await assert.rejects(stats.read({ "/sys/heartbeat": "scalar" }), closed);
});

Deno.test("a reader that is closed while it waits does not look again", async () => {
  const { stats, header, clock } = statsOf(sample);
  header[word.inProgress] = 1n;
  const reading = assert.rejects(stats.directory(), { name: "StatsError", code: "closed" });
  await clock.advance(10);
  stats.close();
  await clock.advance(1);
  await reading;
});

Deno.test("a segment that cannot be opened is still its caller's", () => {
  const bytes = buildSegment(sample);
  headerOf(bytes)[word.version] = 1n;
  const unmap = () => assert.fail("it was unmapped");
  assert.throws(() => openStats({ bytes, unmap }, virtualClock()), { code: "version" });
});

Deno.test("memory may come as a Buffer, and lie anywhere in a larger one", async () => {
  const larger = Buffer.alloc(64 * 1024);
  const segment = larger.subarray(4096, 4096 + 16 * 1024);
  segment.set(buildSegment(sample));
  const stats = openStats({ bytes: segment, unmap: () => {} }, virtualClock());
  const values = await stats.read({ "first session packet": "simple", "/sys/heartbeat": "scalar" });
  segment.fill(0xff);
  assert.equal(values["first session packet"].sum(0), 11);
  assert.equal(values["/sys/heartbeat"], 15);
});

Deno.test("any name will do", async () => {
  const names = ["__proto__", "constructor", "7", "x".repeat(127)];
  const { stats } = statsOf(names.map((name, value) => ({ name, type: 1, value })));
  assert.deepEqual(Object.entries(await readAll(stats)).sort(), [
    ["7", 2],
    ["__proto__", 0],
    ["constructor", 1],
    ["x".repeat(127), 3],
  ]);
});
