import assert from "node:assert/strict";
import type { BackendHealth, Override, ProbeResult } from "../health/mod.ts";
import { backendInfo, type ShownBackend } from "./backend_info.ts";
import { BackendInfo } from "./maglev_pb.ts";

const result: ProbeResult = {
  ok: false,
  code: "L7STS",
  detail: "status 503",
  started: 1000,
  durationMs: 1.5,
  phases: { connect: 0.25, firstByte: 1 },
};
const pause: Override = { act: "pause", by: "10.0.0.5", at: 2000, under: null };
const health: BackendHealth = {
  name: "web1",
  state: "down",
  since: 1001,
  counter: 0,
  isTrusted: false,
  enabledInFile: true,
  override: null,
  transitions: [{ from: "up", to: "down", at: 1001, cause: { kind: "probe", result } }],
  results: [result],
};
const live: ShownBackend = {
  backend: {
    name: "web1",
    address: { family: 4, text: "10.0.0.1" },
    healthcheck: "http",
    enabled: true,
  },
  rules: { rise: 2, fall: 3, transitionHistory: 5, isStatic: false },
  health,
  frontends: ["www"],
  nextProbeAt: 3000.5,
  isProbing: false,
};

Deno.test("a backend is shown with its probes, its counter and the reasons for its weights", () => {
  const reasons = [
    { kind: "counter", counter: 0, maximum: 4, upAt: 2 },
    { kind: "vpp", frontend: "www", wanted: 0, installed: null, differs: false },
  ] as const;
  const info = backendInfo(live, reasons, 4000);
  assert.deepEqual(BackendInfo.decode(BackendInfo.encode(info)), {
    name: "web1",
    address: "10.0.0.1",
    state: "down",
    transitions: [{
      from: "up",
      to: "down",
      atUnixNs: 1_001_000_000n,
      cause: "probe",
      detail: "L7STS status 503",
    }],
    enabled: true,
    healthcheck: "http",
    sinceUnixNs: 1_001_000_000n,
    results: [{
      ok: false,
      code: "L7STS",
      detail: "status 503",
      startedUnixNs: 1_000_000_000n,
      durationNs: 1_500_000n,
      connectNs: 250_000n,
      firstByteNs: 1_000_000n,
    }],
    counter: { value: 0, maximum: 4, upAt: 2 },
    nextProbeUnixNs: 3_000_500_000n,
    probing: false,
    reasons: [
      { kind: "counter", frontendName: "", text: "counter 0 of 4 (up at 2)" },
      {
        kind: "vpp",
        frontendName: "www",
        text: "www: VPP does not have this backend",
        installed: {
          ...{ wantedWeight: 0, present: false, differs: false },
          ...{ numBuckets: 0, flowTableLength: 0, flows: 0n },
        },
      },
    ],
    frontendNames: ["www"],
    enabledInFile: true,
  });
});

Deno.test("what is out of the ordinary about a backend is shown", () => {
  const cases: [Partial<ShownBackend>, Partial<BackendHealth>, Partial<BackendInfo>][] = [
    [{ nextProbeAt: null, isProbing: true }, {}, { nextProbeUnixNs: 0n, probing: true }],
    [{}, { state: "disabled" }, { enabled: false, enabledInFile: true }],
    [{}, { state: "up", enabledInFile: false }, { enabled: true, enabledInFile: false }],
    [{}, { override: pause }, {
      override: { act: "pause", by: "10.0.0.5", atUnixNs: 2_000_000_000n },
    }],
    [{ backend: { ...live.backend, healthcheck: null } }, {}, { healthcheck: "" }],
  ];
  for (const [liveness, healthiness, expected] of cases) {
    const changed = { ...live, ...liveness, health: { ...health, ...healthiness } };
    assert.partialDeepStrictEqual(backendInfo(changed, [], 0), expected);
  }
});
