import assert from "node:assert/strict";
import type { Cause, ProbeResult } from "../health/mod.ts";
import { transitionRecord } from "./transition_record.ts";

const result: ProbeResult = {
  ...{ ok: true, code: "L4OK", detail: "", started: 0, durationMs: 1, phases: {} },
};

Deno.test("a transition says what led to it", () => {
  const cases: [Cause | null | undefined, cause: string, detail: string][] = [
    [undefined, "", ""],
    [null, "", ""],
    [{ kind: "start" }, "start", ""],
    [{ kind: "probe", result }, "probe", "L4OK"],
    [{ kind: "operator", act: "pause", by: "::1" }, "operator", "pause by ::1"],
    [{ kind: "config", change: "address changed" }, "config", "address changed"],
  ];
  for (const [given, cause, detail] of cases) {
    const transition = {
      from: "unknown",
      to: "up",
      at: 5,
      ...(given === undefined ? {} : { cause: given }),
    };
    assert.deepEqual(transitionRecord(transition), {
      ...{ from: "unknown", to: "up", atUnixNs: 5_000_000n, cause, detail },
    });
  }
});
