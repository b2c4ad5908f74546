import assert from "node:assert/strict";
import { runScript } from "./testing.ts";

Deno.test("a look at a socket is not disturbed by the signals that come meanwhile", async () => {
  const { looks, seen } = await runScript("interrupted_looks.ts") as Record<string, number>;
  assert.ok(Number(looks) > 1_000, `${looks} looks`);
  assert.equal(seen, 0);
});
