import assert from "node:assert/strict";
import { describeReason } from "./describe_reason.ts";
import type { Installed, Reason, WeightReason } from "./explain.ts";
import { epoch, fail, pass } from "./testing.ts";

const now = epoch + 41 * 60_000;
const place = { frontend: "www", pool: "primary", backend: "web1" };
const weight: WeightReason = {
  kind: "weight",
  ...place,
  state: "up",
  weight: 100,
  override: null,
  effective: 100,
  obstacle: null,
  flush: false,
};
const override = { ...place, weight: 0, inFile: 100, by: "alice", at: epoch };
const status = { ...fail(), code: "L7STS" as const, detail: "status 503, wanted 200-204" };
const has: Installed = { weight: 100, buckets: 512, tableLength: 1024, flows: 7 };

function check(cases: readonly [Reason, string][]): void {
  for (const [reason, line] of cases) assert.equal(describeReason(reason, now), line);
}

Deno.test("the line about probes shows what the newest of them found", () => {
  check([
    [{ kind: "probes", run: [pass()] }, "last probe passed: L7OK status 200"],
    [{ kind: "probes", run: [fail()] }, "last probe failed: L4CON connect: connection refused"],
    [{ kind: "probes", run: [{ ...pass(), detail: "" }] }, "last probe passed: L7OK"],
    [
      { kind: "probes", run: [status, status] },
      "last 2 probes failed: L7STS status 503, wanted 200-204",
    ],
    [
      { kind: "probes", run: [fail(), fail(), status] },
      "last 3 probes failed, the newest with L7STS status 503, wanted 200-204",
    ],
  ]);
});

Deno.test("the line about the state says for how long, and who or what led to it", () => {
  const since = epoch;
  check([
    [
      { kind: "state", state: "down", since, cause: { kind: "probe", result: fail() } },
      "down for 41m",
    ],
    [{ kind: "state", state: "up", since, cause: { kind: "start" } }, "up for 41m"],
    [{ kind: "state", state: "unknown", since, cause: null }, "unknown for 41m"],
    [
      {
        kind: "state",
        state: "unknown",
        since,
        cause: { kind: "operator", act: "resume", by: "alice" },
      },
      "unknown for 41m, resumed by alice",
    ],
    [
      {
        kind: "state",
        state: "unknown",
        since,
        cause: { kind: "config", change: "health check changed" },
      },
      "unknown for 41m, after a reload: health check changed",
    ],
    [
      { kind: "state", state: "removed", since, cause: { kind: "config", change: "removed" } },
      "removed from the file 41m ago",
    ],
  ]);
});

Deno.test("the line about an override says who did what, and when", () => {
  const by = { by: "alice", at: epoch, under: null };
  check([
    [{ kind: "override", override: { ...by, act: "pause" } }, "paused by alice 41m ago"],
    [{ kind: "override", override: { ...by, act: "disable" } }, "disabled by alice 41m ago"],
    [
      { kind: "override", override: { ...by, act: "enable" } },
      "enabled by alice 41m ago, although the file says enabled: false",
    ],
  ]);
});

Deno.test("the line about the weight says what makes it so, and whose weight it is", () => {
  const zero = { ...weight, effective: 0 };
  check([
    [weight, "www: effective weight 100, as the file says"],
    [
      { ...weight, weight: 50, effective: 50, override: { ...override, weight: 50 } },
      "www: effective weight 50, set by alice 41m ago, the file says 100",
    ],
    [{ ...zero, weight: 0 }, "www: effective weight 0, as the file says"],
    [
      { ...zero, weight: 0, override },
      "www: effective weight 0, set by alice 41m ago, the file says 100",
    ],
    [
      { ...zero, weight: 0, state: "down", obstacle: "state" },
      "www: effective weight 0, as the file says; " +
      "backend is down, flows drain (flush-on-down: false)",
    ],
    [
      { ...zero, state: "down", obstacle: "state", flush: true },
      "www: effective weight 0 instead of 100: " +
      "backend is down, flows are flushed (flush-on-down: true)",
    ],
    [
      { ...zero, state: "disabled", obstacle: "state", flush: true },
      "www: effective weight 0 instead of 100: backend is disabled, flows are flushed",
    ],
    [
      { ...zero, obstacle: "pool" },
      'www: effective weight 0 instead of 100: pool "primary" is not active, flows drain',
    ],
  ]);
});

Deno.test("the line about VPP gives weight, share and flows, and says what else is wanted", () => {
  const lines: [wanted: number, Installed | null, string][] = [
    [100, has, "VPP has weight 100, 50 % of the buckets, 7 flows"],
    [0, has, "VPP has weight 100, 50 % of the buckets, 7 flows — differs, weight 0 is wanted"],
    [0, null, "VPP does not have this backend"],
    [100, null, "VPP does not have this backend — differs, weight 100 is wanted"],
    [100, { ...has, buckets: 3 }, "VPP has weight 100, under 1 % of the buckets, 7 flows"],
    [0, { ...has, weight: 0, buckets: 0 }, "VPP has weight 0, no buckets, 7 flows left"],
    [0, { ...has, weight: 0, buckets: 0, flows: 0 }, "VPP has weight 0, no buckets, 0 flows"],
    [50, { ...has, weight: null }, "VPP has it without a weight, 50 % of the buckets, 7 flows"],
  ];
  check(lines.map(([wanted, installed, line]) => {
    const differs = line.includes("differs");
    return [{ kind: "vpp", frontend: "www", wanted, installed, differs }, `www: ${line}`];
  }));
});
