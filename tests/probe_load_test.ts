import assert from "node:assert/strict";
import { systemClock } from "../src/clock.ts";
import { lineWriter } from "../src/line_writer.ts";
import type { ProbeCode } from "../src/health/mod.ts";
import type { Remains } from "./fixtures/load_prober.ts";
import { makeProbes } from "./probe_load.ts";
import { startServer } from "./probed_server.ts";
import { addressOf, canPing, type CheckParts, openTestProber, probeOf } from "./probing.ts";
import { answers } from "./server_behaviours.ts";
import { startFullBacklog, startRefusing } from "./unreachable_ports.ts";

/** 100,000 of each type take minutes. */
const isThorough = Deno.env.get("MAGLEV_TEST_SLOW") === "1";

interface Case {
  readonly type: CheckParts["type"];
  readonly end: ProbeCode;
  readonly perSecond: number;
  readonly isSecure?: boolean;
}

const cases: readonly Case[] = [
  { type: "tcp", end: "L4OK", perSecond: 4_000 },
  { type: "http", end: "L7OK", perSecond: 2_000 },
  { type: "ssl", end: "L6OK", perSecond: 300, isSecure: true },
  { type: "https", end: "L7OK", perSecond: 300, isSecure: true },
  { type: "icmp", end: "L4OK", perSecond: 4_000 },
];

const script = new URL("fixtures/load_prober.ts", import.meta.url).pathname;

for (const { type, end, perSecond, isSecure = false } of cases) {
  const count = isThorough ? 100_000 : perSecond;
  Deno.test({
    name: `${type}: ${count} probes leave neither sockets nor memory behind`,
    ignore: type === "icmp" && !canPing,
    fn: async () => {
      const certificate = isSecure ? "ok" : undefined;
      await using server = await startServer(answers(), { certificate });
      const check = JSON.stringify({ type, port: server.port });
      const { stdout, success } = await new Deno.Command(Deno.execPath(), {
        args: [
          ...["run", "-A", "--quiet", "--no-check", "--v8-flags=--expose-gc", script],
          ...[check, server.address, String(count), String(perSecond)],
        ],
        stderr: "inherit",
      }).output();
      assert.ok(success);
      const text = new TextDecoder().decode(stdout);
      const { ends, heapMB, files }: Remains = JSON.parse(text);
      assert.deepEqual(ends, { [end]: count });
      // Durations are kept by the test itself, 8 bytes each.
      assert.ok(heapMB < 2 + count * 1e-5, text);
      // The runtime opens a few of its own.
      assert.ok(files < 10, text);
      if (isThorough) lineWriter(Deno.stdout)(`${type}: ${text}`);
    },
  });
}

Deno.test("at 1,000 probes a second each ends within 50 ms of its deadline, answered or not", async () => {
  await using silent = await startFullBacklog();
  const prober = openTestProber();
  const probe = probeOf({ type: "tcp", port: silent.port });
  const spec = { address: addressOf(silent.address), probe, timeoutMs: 500, netns: null };
  const { ends, durationsMs } = await makeProbes(prober, spec, { count: 3_000, perSecond: 1_000 });
  await prober.close();
  assert.deepEqual(ends, { L4TOUT: 3_000 });
  const latest = Math.max(...durationsMs);
  assert.ok(latest < 550, `one took ${latest} ms`);
});

Deno.test("a loop that stands still for 3 s fails none of 500 probes", async () => {
  await using silent = await startFullBacklog();
  await using refusing = await startRefusing();
  const prober = openTestProber();
  const specOf = (port: number) => {
    const probe = probeOf({ type: "tcp", port });
    return { address: addressOf(silent.address), probe, timeoutMs: 1_000, netns: null };
  };
  const load = { count: 250, perSecond: 1e12 };
  const both = [silent, refusing].map(({ port }) => makeProbes(prober, specOf(port), load));
  const awakeMs = systemClock.monotonic() + 3_000;
  while (systemClock.monotonic() < awakeMs);
  const outcomes = await Promise.all(both);
  await prober.close();
  assert.deepEqual(outcomes.map(({ ends }) => ends), [{ void: 250 }, { void: 250 }]);
});
