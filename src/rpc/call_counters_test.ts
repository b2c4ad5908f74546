import assert from "node:assert/strict";
import { countCalls } from "./call_counters.ts";
import { testService } from "./server_testing.ts";

Deno.test("each method has its own counts, from the beginning on", () => {
  const { counts, of } = countCalls([testService()]);
  assert.deepEqual(
    counts.map(({ service, method, type, started }) => [service, method, type, started]),
    [
      ["test.Test", "Get", "unary", 0],
      ["test.Test", "Set", "unary", 0],
      ["test.Test", "Watch", "server_stream", 0],
      ["test.Test", "Chat", "bidi_stream", 0],
    ],
  );
  const counter = of("test.Test", "Set");
  counter.start();
  counter.start();
  counter.receive();
  counter.send();
  counter.end("OK", 0.25);
  counter.end("CANCELLED", 0.5);
  counter.end("OK", 1);
  const [get, set] = counts;
  assert.deepEqual([set?.started, set?.received, set?.sent], [2, 1, 1]);
  assert.deepEqual([...set?.handled ?? []], [["OK", 2], ["CANCELLED", 1]]);
  const observed = set?.durations.counts.reduce((sum, count) => sum + count, 0);
  assert.deepEqual([observed, set?.durations.sum], [3, 1.75]);
  assert.deepEqual([get?.started, get?.handled.size, get?.durations.sum], [0, 0, 0]);
});

Deno.test("there is no counter of what there is not", () => {
  const { of } = countCalls([testService()]);
  assert.throws(() => of("test.Test", "Other"), /test.Test has no method Other/);
  assert.throws(() => of("test.Other", "Get"), /test.Other has no method Get/);
});
