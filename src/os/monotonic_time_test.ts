import assert from "node:assert/strict";
import { systemClock } from "../clock.ts";
import { monotonicMicroseconds } from "./monotonic_time.ts";

Deno.test("the monotonic clock goes as ours does, and is no older than the machine", async () => {
  const startMs = systemClock.monotonic();
  const start = monotonicMicroseconds();
  await systemClock.sleep(20);
  const passedMs = Number(monotonicMicroseconds() - start) / 1_000;
  const laterMs = systemClock.monotonic();
  assert.ok(passedMs >= 19 && passedMs <= laterMs - startMs + 1, `${passedMs} ms`);
  // A machine that slept is older than that clock.
  const uptimeSeconds = Number.parseFloat(Deno.readTextFileSync("/proc/uptime"));
  assert.ok(start > 0n && Number(start) / 1e6 <= uptimeSeconds + 1, `${start} µs`);
});
