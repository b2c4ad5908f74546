import assert from "node:assert/strict";
import { systemClock, virtualClock } from "../clock.ts";
import { socketFiles, waitForSocketFiles } from "./socket_files.ts";

/** Runs a test with two paths in a folder of its own, where there is nothing yet. */
async function withPaths(test: (one: string, two: string) => Promise<void> | void): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(`${folder}/one`, `${folder}/two`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("files that are made, replaced, opened up or removed make a difference", async () => {
  await withPaths(async (one, two) => {
    const words = [socketFiles([one, two])];
    const steps = [
      () => Deno.writeTextFileSync(one, ""),
      () => Deno.writeTextFileSync(two, ""),
      () => Deno.chmodSync(one, 0o600),
      () => {
        Deno.removeSync(two);
        Deno.writeTextFileSync(two, "");
      },
      () => Deno.removeSync(one),
    ];
    for (const step of steps) {
      // The kernel's time stamps are only as fine as its ticks.
      await systemClock.sleep(20);
      step();
      words.push(socketFiles([one, two]));
      assert.equal(words.at(-1), socketFiles([one, two]));
    }
    assert.equal(new Set(words).size, steps.length + 1);
  });
});

Deno.test("files that stay as they are are waited for as long as it was said", async () => {
  await withPaths(async (...paths) => {
    const clock = virtualClock();
    const { signal } = new AbortController();
    const before = socketFiles(paths);
    for (const delayMs of [0, 1, 250, 1_000, 1_001]) {
      const startMs = clock.monotonic();
      const waiting = waitForSocketFiles({ paths, before, delayMs, clock, signal });
      const ended = waiting.then(() => clock.monotonic());
      await clock.advance(5_000);
      assert.equal(await waiting, false);
      assert.equal(await ended - startMs, delayMs);
    }
    assert.equal(clock.pending, 0);
  });
});

Deno.test("a file that is made ends the wait within a quarter of a second", async () => {
  await withPaths(async (...paths) => {
    const clock = virtualClock();
    const { signal } = new AbortController();
    const before = socketFiles(paths);
    const waiting = waitForSocketFiles({ paths, before, delayMs: 5_000, clock, signal });
    await clock.advance(1_100);
    Deno.writeTextFileSync(paths[1], "");
    await clock.advance(150);
    assert.equal(clock.pending, 0);
    assert.equal(await waiting, true);
    // What changed during the try is noticed as well, though not at once.
    const again = waitForSocketFiles({ paths, before, delayMs: 5_000, clock, signal });
    assert.equal(clock.pending, 1);
    await clock.advance(250);
    assert.equal(await again, true);
  });
});

Deno.test("the wait ends when it is given up", async () => {
  const clock = virtualClock();
  const over = new AbortController();
  const paths = ["/nowhere/one", "/nowhere/two"];
  const { signal } = over;
  const options = { paths, before: socketFiles(paths), delayMs: 5_000, clock, signal };
  const waiting = assert.rejects(waitForSocketFiles(options), { name: "AbortError" });
  await clock.advance(600);
  over.abort();
  await waiting;
  assert.equal(clock.pending, 0);
});
