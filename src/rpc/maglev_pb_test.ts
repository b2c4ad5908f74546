import assert from "node:assert/strict";
import * as generated from "./maglev_pb.ts";

Deno.test("fields of others keep their numbers below 100, and ours come after", () => {
  const numbers = Array.from(generated.BackendInfo.fields.values(), ({ number }) => number);
  assert.deepEqual(numbers.slice(0, 7), [1, 2, 3, 4, 5, 6, 100]);
  assert.equal(generated.serviceName, "maglev.Maglev");
  assert.equal(Object.keys(generated.methods).length, 20);
  assert.deepEqual(
    Object.values(generated.methods).filter(({ type }) => type !== "unary").map(({ name }) => name),
    ["WatchEvents"],
  );
});
