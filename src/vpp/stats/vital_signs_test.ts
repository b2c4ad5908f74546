import assert from "node:assert/strict";
import { virtualClock } from "../../clock.ts";
import { buildSegment } from "./segment_fixture.ts";
import { openStats } from "./stats_reader.ts";
import { feelPulse, isSilent, type Pulse, vitalSigns } from "./vital_signs.ts";

function signs(bootTime: number, heartbeat: number) {
  return { "/sys/boottime": bootTime, "/sys/heartbeat": heartbeat };
}

Deno.test("a heart that beats every 10 s is not silent", () => {
  let pulse: Pulse | null = null;
  for (let second = 0; second < 300; second += 5) {
    pulse = feelPulse(pulse, signs(1795218712, Math.floor(second / 10)), second * 1000);
    assert.equal(isSilent(pulse, second * 1000), false);
  }
});

Deno.test("a heart that does not beat for over 30 s is silent, until it beats again", () => {
  let pulse = feelPulse(null, signs(1795218712, 15), 0);
  pulse = feelPulse(pulse, signs(1795218712, 15), 30_000);
  assert.equal(isSilent(pulse, 30_000), false);
  assert.equal(isSilent(pulse, 30_001), true);
  pulse = feelPulse(pulse, signs(1795218712, 16), 31_000);
  assert.deepEqual(pulse, { bootTime: 1795218712, heartbeat: 16, beatMs: 31_000 });
  assert.equal(isSilent(pulse, 31_000), false);
});

Deno.test("another VPP is told by when it started, even if its heart beat as often", () => {
  const before = feelPulse(null, signs(1795218712, 15), 0);
  const after = feelPulse(before, signs(1795219000, 15), 5_000);
  assert.notEqual(after.bootTime, before.bootTime);
  assert.equal(after.beatMs, 5_000);
});

Deno.test("the signs are read along with counters", async () => {
  const bytes = buildSegment([
    { name: "/sys/heartbeat", type: 1, value: 15 },
    { name: "/sys/last_stats_clear", type: 1 },
    { name: "/sys/boottime", type: 1, value: 1795218712 },
    { name: "no server configured", simple: [[0, 3]] },
  ]);
  const stats = openStats({ bytes, unmap: () => {} }, virtualClock());
  const values = await stats.read({ ...vitalSigns, "no server configured": "simple" });
  assert.equal(values["no server configured"].sum(1), 3);
  assert.deepEqual(feelPulse(null, values, 42), {
    bootTime: 1795218712,
    heartbeat: 15,
    beatMs: 42,
  });
});
