import assert from "node:assert/strict";
import { bucketBounds, createHistogram } from "./histogram.ts";

Deno.test("a value falls into the first bucket that is not below it", () => {
  const cases: [seconds: number, bucket: number][] = [
    [0, 0],
    [0.001, 0],
    [0.0011, 1],
    [0.05, 5],
    [2.5, 10],
    [2.6, 11],
    [1e9, 11],
  ];
  for (const [seconds, bucket] of cases) {
    const histogram = createHistogram();
    histogram.observe(seconds);
    assert.equal(histogram.counts.indexOf(1), bucket, `${seconds} s`);
    assert.equal(histogram.sum, seconds);
  }
  assert.equal(createHistogram().counts.length, bucketBounds.length + 1);
});
