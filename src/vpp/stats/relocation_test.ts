import assert from "node:assert/strict";
import { type Clock, systemClock } from "../../clock.ts";
import { generationEntries } from "./relocation_fixture.ts";
import { buildSegment } from "./segment_fixture.ts";
import { openStats } from "./stats_reader.ts";

/** Does not wait between attempts, so that as many as possible meet a change. */
const impatientClock: Clock = { ...systemClock, sleep: () => Promise.resolve() };

/** A real second: it takes two threads, and neither is told of the other. */
const durationMs = 1_000;

Deno.test("nothing that moved while it was read is accepted", async () => {
  const built = buildSegment(generationEntries(1));
  const bytes = new Uint8Array(new SharedArrayBuffer(built.length));
  bytes.set(built);
  const stats = openStats({ bytes, unmap: () => {} }, impatientClock);
  const worker = new Worker(new URL("relocation_fixture.ts", import.meta.url), {
    type: "module",
    name: "relocate",
  });
  worker.postMessage(bytes);
  const generations = new Set<number>();
  const endMs = performance.now() + durationMs;
  while (performance.now() < endMs || generations.size < 10) {
    const values = await stats.read({
      "/generation": "scalar",
      "/simple": "simple",
      "/combined": "combined",
      "/names": "names",
    });
    const generation = values["/generation"] ?? assert.fail("absent");
    const length = 1 + generation % 40;
    const last = length - 1;
    const value = 1000 * generation + last;
    assert.deepEqual(values["/simple"].lengths, [length, 0, length]);
    assert.equal(values["/simple"].sum(last), 2 * value);
    assert.deepEqual(values["/combined"].sum(last), { packets: value, bytes: value });
    assert.deepEqual(values["/names"], [`${generation}`, undefined, `${generation}`]);
    generations.add(generation);
    const directory = await stats.directory();
    assert.equal(directory.length, 5);
    const only = directory.find(({ name }) => name.startsWith("/only in "))?.name;
    assert.ok(only && Number(only.slice("/only in ".length)) >= generation);
    await new Promise((resolve) => setImmediate(resolve));
  }
  worker.terminate();
});
