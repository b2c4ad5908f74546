import assert from "node:assert/strict";
import { runSeed } from "./simulation/run_seed.ts";

/** How many runs; `./scripts/deno task simulate` does as many as are wanted. */
const seeds = 300;

Deno.test(`${seeds} simulated runs keep every invariant`, async () => {
  for (let seed = 1; seed <= seeds; seed++) {
    const { error, lines } = await runSeed(seed);
    if (error === null) continue;
    const log = lines.join("\n");
    const repeat = `./scripts/deno task simulate --seeds ${seed}`;
    throw new Error(`seed ${seed} failed; repeat it with ${repeat}\n${log}`, { cause: error });
  }
});

Deno.test("a seed draws the same run each time, to the byte", async () => {
  for (const seed of [3, 4, 5, 6]) {
    const [once, again] = [await runSeed(seed), await runSeed(seed)];
    assert.equal(once.error, null);
    assert.equal(once.lines.join("\n"), again.lines.join("\n"));
    assert.ok(once.lines.length > 50);
  }
});
