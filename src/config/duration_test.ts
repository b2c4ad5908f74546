import assert from "node:assert/strict";
import { formatDuration, parseDuration } from "./duration.ts";
import { forSeeds } from "../../tests/seeded.ts";

const ms = 1_000_000;
const s = 1_000 * ms;

Deno.test("durations are read as Go reads them", () => {
  const cases: [string, number][] = [
    ["0", 0],
    ["0s", 0],
    ["-0s", 0],
    ["2s", 2 * s],
    ["+2s", 2 * s],
    ["-1.5s", -1.5 * s],
    ["1.5s", 1.5 * s],
    [".5s", s / 2],
    ["1.s", s],
    ["1m30s", 90 * s],
    ["1h1m1s1ms1us1ns", 3_661 * s + 1_001_001],
    ["1µs", 1_000],
    ["1μs", 1_000],
    ["200ms", 200 * ms],
    ["0.3333333333333333333h", 1_199_999_999_999],
    ["1.9999ns", 1],
    ["2501h", 2_501 * 3_600 * s],
    [`${Number.MAX_SAFE_INTEGER}ns`, Number.MAX_SAFE_INTEGER],
  ];
  for (const [text, value] of cases) assert.deepEqual(parseDuration(text), { value }, text);
});

Deno.test("text that is no duration says what is wrong with it", () => {
  const unit = /without a unit, such as 2(\.5)?s or/;
  const cases: [string, RegExp][] = [
    ["", /not a duration/],
    ["2", unit],
    ["2.5", unit],
    ["s", /not a duration/],
    [".s", /not a duration/],
    ["2 s", /not a duration/],
    ["2sec", /not a duration/],
    ["1d", /not a duration/],
    ["2s\n", /not a duration/],
    ["--2s", /not a duration/],
    ["1e3s", /not a duration/],
    ["2502h", /longer than 104 days/],
    [`${2 ** 53}ns`, /longer than 104 days/],
    ["9".repeat(100) + "h", /longer than 104 days/],
  ];
  for (const [text, problem] of cases) {
    const parsed = parseDuration(text);
    assert.ok("problem" in parsed && problem.test(parsed.problem), `${text}: ${parsed}`);
  }
});

Deno.test("a text that is too long is no duration, and is told so without being read", () => {
  for (const text of ["1s".repeat(1_000_000), "9".repeat(1_000_000), "1".repeat(1_001)]) {
    assert.deepEqual(parseDuration(text), { problem: "not a duration: it is too long" });
  }
  assert.deepEqual(parseDuration(`${"0".repeat(999)}s`), { value: 0 });
});

Deno.test("durations are written as Go writes them", () => {
  const cases: [number, string][] = [
    [0, "0s"],
    [1, "1ns"],
    [999, "999ns"],
    [1_000, "1µs"],
    [1_100, "1.1µs"],
    [1_000_000, "1ms"],
    [1_000_000_000, "1s"],
    [2_200_000, "2.2ms"],
    [500 * ms, "500ms"],
    [3.3 * s, "3.3s"],
    [60 * s, "1m0s"],
    [90 * s, "1m30s"],
    [3_600 * s, "1h0m0s"],
    [3_661 * s + ms, "1h1m1.001s"],
    [-2 * s, "-2s"],
  ];
  for (const [ns, text] of cases) assert.equal(formatDuration(ns), text);
});

Deno.test("a duration that was written is read back the same", () => {
  forSeeds(500, (random) => {
    const ns = Math.floor(random.next() * 10 ** random.int(0, 15)) * random.pick([1, 1, -1]) || 0;
    assert.deepEqual(parseDuration(formatDuration(ns)), { value: ns });
  });
});
