import assert from "node:assert/strict";
import { virtualClock } from "../../clock.ts";
import { base, buildSegment, headerOf, word } from "./segment_fixture.ts";
import { StatsError } from "./stats_error.ts";
import { copyUndisturbed, openMemory } from "./undisturbed.ts";

function quietSegment() {
  const bytes = buildSegment([]);
  const memory = openMemory(bytes);
  return { bytes, header: headerOf(bytes), memory: () => memory, clock: virtualClock() };
}

Deno.test("a segment at rest is copied once, without a wait", async () => {
  const { memory, clock, header } = quietSegment();
  let passes = 0;
  const copied = await copyUndisturbed(memory, clock, (_, seen) => {
    passes++;
    return seen;
  });
  assert.deepEqual(copied, { epoch: 7n, directory: header[word.directory] });
  assert.deepEqual([passes, clock.pending], [1, 0]);
});

Deno.test("a change that is announced is waited for", async () => {
  const { memory, clock, header } = quietSegment();
  header[word.inProgress] = 1n;
  clock.setTimer(20, () => header.set([8n, 0n], word.epoch));
  const seen: bigint[] = [];
  const copying = copyUndisturbed(memory, clock, (_, { epoch }) => seen.push(epoch));
  await clock.advance(19.5);
  assert.deepEqual(seen, []);
  await clock.advance(1);
  await copying;
  assert.deepEqual(seen, [8n]);
});

const disturbances: [what: string, disturb: (header: BigUint64Array) => void][] = [
  ["was made", (header) => Atomics.add(header, word.epoch, 1n)],
  ["has begun", (header) => header[word.inProgress] = 1n],
];
for (const [what, disturb] of disturbances) {
  Deno.test(`what was copied while a change ${what} is thrown away`, async () => {
    const { memory, clock, header } = quietSegment();
    let passes = 0;
    const copying = copyUndisturbed(memory, clock, () => {
      if (++passes < 3) disturb(header);
      return `copy ${passes}`;
    });
    clock.setTimer(0.5, () => header.set([20n, 0n], word.epoch));
    clock.setTimer(1.5, () => header.set([21n, 0n], word.epoch));
    await clock.advance(2);
    assert.equal(await copying, "copy 3");
  });

  Deno.test(`what made no sense while a change ${what} is forgiven`, async () => {
    const { memory, clock, header } = quietSegment();
    let passes = 0;
    const copying = copyUndisturbed(memory, clock, () => {
      if (++passes > 1) return "sense";
      disturb(header);
      throw new StatsError("bounds", "torn");
    });
    clock.setTimer(0.5, () => header.set([20n, 0n], word.epoch));
    await clock.advance(1);
    assert.equal(await copying, "sense");
  });
}

Deno.test("what makes no sense in a segment at rest is an error, at once", async () => {
  const { memory, clock } = quietSegment();
  const error = new StatsError("bounds", "damaged");
  const copying = copyUndisturbed(memory, clock, () => {
    throw error;
  });
  await assert.rejects(copying, error);
});

Deno.test("a writer that died within a change is given up after a second", async () => {
  const { memory, clock, header } = quietSegment();
  header[word.inProgress] = 1n;
  const copying = copyUndisturbed(memory, clock, () => assert.fail("it read"));
  const refused = assert.rejects(copying, { name: "StatsError", code: "busy" });
  await clock.advance(1_000);
  await refused;
  assert.equal(clock.pending, 0);
});

Deno.test("a writer that never rests is given up after a second", async () => {
  const { memory, clock, header } = quietSegment();
  let passes = 0;
  const copying = copyUndisturbed(memory, clock, () => {
    passes++;
    Atomics.add(header, word.epoch, 1n);
  });
  const refused = assert.rejects(copying, { name: "StatsError", code: "busy" });
  await clock.advance(1_000);
  await refused;
  assert.equal(passes, 1_001);
});

Deno.test("memory of another layout is refused", () => {
  for (const version of [0n, 1n, 3n, 2n ** 63n]) {
    const bytes = buildSegment([]);
    headerOf(bytes)[word.version] = version;
    assert.throws(() => openMemory(bytes), {
      name: "StatsError",
      code: "version",
      message: `VPP's stats segment has layout ${version}, and only 2 is known here`,
    });
  }
});

Deno.test("memory that is smaller than a header is refused", () => {
  for (const size of [0, 8, 63]) {
    assert.throws(() => openMemory(new Uint8Array(size)), { name: "StatsError", code: "bounds" });
  }
});

Deno.test("a pass knows where VPP believes the segment to be", async () => {
  const { memory, clock, bytes } = quietSegment();
  new DataView(bytes.buffer).setUint32(1024 - 8, 5, true);
  const length = await copyUndisturbed(memory, clock, (pass) => pass.length(base + 1024n, 8));
  assert.equal(length, 5);
});
