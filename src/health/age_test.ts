import assert from "node:assert/strict";
import { describeAge } from "./age.ts";

Deno.test("a span of time is written in the units that matter", () => {
  const second = 1000;
  const minute = 60 * second;
  const hour = 60 * minute;
  const day = 24 * hour;
  const cases: [ms: number, expected: string][] = [
    [-5 * second, "0s"],
    [0, "0s"],
    [999, "0s"],
    [12.9 * second, "12s"],
    [59.999 * second, "59s"],
    [minute, "1m"],
    [41 * minute + 59 * second, "41m"],
    [hour, "1h0m"],
    [3 * hour + 5 * minute, "3h5m"],
    [day - 1, "23h59m"],
    [day, "1d0h"],
    [2 * day + 4 * hour, "2d4h"],
    [400 * day, "400d0h"],
  ];
  for (const [ms, expected] of cases) assert.equal(describeAge(ms), expected);
});
