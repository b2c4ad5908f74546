import assert from "node:assert/strict";
import { allowPingSockets, runScript, testInNamespace } from "./testing.ts";

/** Descriptors belong to the whole process, and so to other tests as well: a process of its own. */
async function checkLeaks(args: readonly string[]): Promise<void> {
  const report = await runScript("failing_calls.ts", ["-A"], args);
  assert(Array.isArray(report) && report.length > 0);
  for (const { name, failed, leaked } of report) {
    assert.equal(failed, 1_000, name);
    // The runtime itself opens a few in its own time.
    assert(leaked < 10, `${name}: ${leaked} descriptors`);
  }
}

Deno.test("1,000 failing calls of each kind leave no descriptor open", () => checkLeaks([]));

testInNamespace("failing calls in a namespace leave no descriptor open", (name) => {
  allowPingSockets(name);
  return checkLeaks([name]);
});
