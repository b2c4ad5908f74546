import assert from "node:assert/strict";
import { storyConfig, testChecker } from "../src/checker/testing.ts";
import { parseDuration } from "../src/config/duration.ts";
import { movedBuckets } from "../src/lb/moved_buckets.ts";
import { buildTable } from "../src/lb/table.ts";
import { entriesOf, repeat } from "../src/lb/table_fixture.ts";
import { seeded } from "./seeded.ts";

const page = Deno.readTextFileSync(new URL("../docs/failover.md", import.meta.url));

/** The rows below a head that begins with these cells. */
function rowsBelow(...head: readonly string[]): readonly (readonly string[])[] {
  const cellsOf = (line: string) => line.slice(1, -1).split("|").map((cell) => cell.trim());
  const lines = page.split("\n");
  const from = lines.findIndex((line) =>
    head.every((cell, index) => cellsOf(line)[index]?.startsWith(cell) ?? false)
  );
  assert.notEqual(from, -1, `no table of ${head}`);
  const rows = lines.slice(from + 2);
  return rows.slice(0, rows.indexOf("")).map(cellsOf);
}

const percent = (share: number) => (share * 100).toFixed(1);

/** The mean share of buckets that move when one of some equal servers dies. */
function movedShare(servers: number, weight: number, length: number): string {
  const owned = (weights: readonly number[]) => {
    const entries = entriesOf(
      weights.map((weight, index) => `10.0.1.${11 + index} ${weight}`).join(),
    );
    return { entries, table: buildTable(entries, length) };
  };
  const weights = repeat(servers, weight);
  const before = owned(weights);
  const moved = weights.map((_, dead) => movedBuckets(before, owned(weights.with(dead, 0))).moved);
  return percent(moved.reduce((sum, each) => sum + each) / servers / length);
}

Deno.test("docs/failover.md tells rightly what moves when a server dies", () => {
  const rows = rowsBelow("servers", "must move");
  assert.ok(rows.length > 4);
  for (const [servers, ...told] of rows) {
    const count = Number(servers);
    const setups = [[100, 1_024], [100, 65_536], [1, 1_024], [1, 65_536]] as const;
    const measured = setups.map(([weight, length]) => movedShare(count, weight, length));
    assert.deepEqual(told, [percent(1 / count), ...measured]);
  }
});

function milliseconds(text = ""): number {
  const parsed = parseDuration(text);
  assert.ok(!("problem" in parsed), text);
  return parsed.value / 1e6;
}

/** How long it takes until a server is down that dies at some time, in ms. */
async function timeToDown(
  [interval = "", fast = "", timeout = "", fall = ""]: readonly string[],
  { isSilent, seed }: { readonly isSilent: boolean; readonly seed: number },
): Promise<number> {
  const config = storyConfig(
    ["interval: 2s, fast-interval: 500ms", `interval: ${interval}, fast-interval: ${fast}`],
    ["timeout: 1s }", `timeout: ${timeout}, fall: ${fall} }`],
  );
  const { checker, clock, prober } = testChecker({ config, seed });
  await clock.advance(20_000 + seeded(seed).next() * milliseconds(interval) * 3);
  const diedMs = clock.monotonic();
  let downMs: number | undefined;
  checker.onChange(() => {
    if (checker.backend("web1")?.health.state === "down") downMs ??= clock.monotonic();
  });
  const answer = { outcome: "fail", afterMs: isSilent ? milliseconds(timeout) : 0 } as const;
  prober.script = ({ address }) => address === "10.0.0.1" ? answer : { outcome: "pass" };
  await clock.advance(60_000);
  checker.stop();
  assert.ok(downMs !== undefined);
  return downMs - diedMs;
}

Deno.test("docs/failover.md tells rightly how fast a server is down", async () => {
  const rows = rowsBelow("interval", "fast-interval");
  assert.ok(rows.length > 3);
  for (const row of rows) {
    for (const [column, isSilent] of [[4, false], [5, true]] as const) {
      const [bestMs = 0, worstMs = 0] = (row[column] ?? "").split(" to ").map(milliseconds);
      const seen: number[] = [];
      for (let seed = 1; seed <= 60; seed++) seen.push(await timeToDown(row, { isSilent, seed }));
      const [least, most] = [Math.min(...seen), Math.max(...seen)];
      const spreadMs = worstMs - bestMs;
      const what = `${row.slice(0, 4)} ${isSilent ? "silent" : "refused"}: ${least} to ${most} ms`;
      assert.ok(least >= 0.9 * bestMs - 10 && least <= bestMs + 0.2 * spreadMs, what);
      assert.ok(most <= 1.1 * worstMs + 10 && most >= worstMs - 0.2 * spreadMs, what);
    }
  }
});
