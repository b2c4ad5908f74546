import assert from "node:assert/strict";
import { timestamp } from "./timestamp.ts";

Deno.test("a time has as many digits as there are", () => {
  const cases: [bigint, string | null][] = [
    [0n, null],
    [1n, "1970-01-01T00:00:00.000000001Z"],
    [-1n, "1969-12-31T23:59:59.999999999Z"],
    [1_795_262_400_000_000_000n, "2026-11-21T12:00:00Z"],
    [1_795_262_400_250_000_000n, "2026-11-21T12:00:00.25Z"],
    [1_795_262_400_123_456_000n, "2026-11-21T12:00:00.123456Z"],
    [2n ** 63n - 1n, "2262-04-11T23:47:16.854775807Z"],
  ];
  for (const [ns, text] of cases) assert.equal(timestamp(ns), text);
});
