import assert from "node:assert/strict";
import { pastStreams } from "./past_streams.ts";

Deno.test("the last 512 streams are remembered, with how they ended last", () => {
  const past = pastStreams();
  assert.equal(past.get(1), undefined);
  past.add(1, "reset-here");
  past.add(1, "known");
  assert.equal(past.get(1), "known");
  for (let id = 3; id < 3 + 2 * 511; id += 2) past.add(id, "reset-here");
  assert.equal(past.get(1), "known");
  past.add(9_999, "known");
  assert.deepEqual([1, 3, 9_999].map(past.get), [undefined, "reset-here", "known"]);
});
