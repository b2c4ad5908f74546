import assert from "node:assert/strict";
import { runScript } from "./testing.ts";

// In a process of its own: here, other tests open and close descriptors meanwhile.
Deno.test("open descriptors are counted, more than one reading takes, with FFI alone", async () => {
  const report = await runScript("open_descriptors.ts", ["--allow-ffi"]);
  const { before, ...changes } = report as Readonly<Record<string, number>>;
  assert.ok(before !== undefined && before > 2 && before < 200, `${before}`);
  assert.deepEqual(changes, { more: 700, left: 0 });
});
