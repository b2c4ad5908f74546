import assert from "node:assert/strict";
import { forSeeds } from "../../tests/seeded.ts";
import { formatTimeout, parseTimeout } from "./timeout.ts";

Deno.test("a timeout is up to eight digits and a unit", () => {
  const cases: [text: string, ms: number | undefined][] = [
    ["1H", 3_600_000],
    ["2M", 120_000],
    ["3S", 3_000],
    ["99999999m", 99_999_999],
    ["500u", 0.5],
    ["0n", 0],
    ["007S", 7_000],
    ["100000000m", undefined],
    ["", undefined],
    ["S", undefined],
    ["1", undefined],
    ["1s", undefined],
    ["1 S", undefined],
    ["-1S", undefined],
    ["1.5S", undefined],
    ["1S\n", undefined],
    ["1SS", undefined],
    ["1constructor", undefined],
  ];
  for (const [text, ms] of cases) assert.equal(parseTimeout(text), ms, JSON.stringify(text));
});

Deno.test("a timeout is written in milliseconds while they fit, and never shorter than it is", () => {
  const cases: [ms: number, text: string][] = [
    [0, "1m"],
    [0.2, "1m"],
    [1_500.1, "1501m"],
    [99_999_999, "99999999m"],
    [100_000_000, "100000S"],
    [100_000_001, "100001S"],
    [1e15, "99999999S"],
  ];
  for (const [ms, text] of cases) assert.equal(formatTimeout(ms), text);
  forSeeds(500, (random) => {
    const ms = random.next() * 10 ** random.int(0, 10);
    const read = parseTimeout(formatTimeout(ms)) ?? assert.fail();
    assert.ok(read >= ms && read <= ms + 1_001, `${ms} became ${read}`);
  });
});
