import assert from "node:assert/strict";
import { checkText, type Finding } from "../config/mod.ts";
import type { CheckOutcome } from "./config_file.ts";
import { testService } from "./testing.ts";

const right = `
maglev:
  healthchecks: { idle: { type: icmp } }
  backends: { web1: { address: 10.0.0.1 } }
  frontends: { www: { address: 198.51.100.1, pools: [{ name: a, backends: { web1: {} } }] } }
  vpp: { lb: { ipv4-src-address: 192.0.2.10, ipv6-src-address: 2001:db8::10 } }
`;

function outcomeOf(text: string): CheckOutcome {
  const result = checkText(text);
  if (!result.ok) return { kind: "wrong-file", result };
  return { kind: "right", warnings: result.warnings };
}

function serviceOf(outcome: CheckOutcome) {
  const reloaded = outcome.kind === "right" ? { ...outcome, kind: "reloaded" as const } : outcome;
  const check = () => Promise.resolve(outcome);
  return testService({ file: { check, reload: () => Promise.resolve(reloaded) } });
}

Deno.test("a right file is ok, with its warnings", async () => {
  const { call } = await serviceOf(outcomeOf(right));
  const checked = await call("CheckConfig", {});
  const [finding] = checked.findings;
  assert.deepEqual([checked.ok, checked.parseError, checked.semanticError], [true, "", ""]);
  assert.deepEqual(finding, {
    ...{ file: "maglev.yaml", line: 3, column: 19, path: "healthchecks.idle" },
    ...{ message: finding?.message ?? "", severity: "warning" },
  });
  assert.deepEqual(checked.warnings, [
    `maglev.yaml:3:19: warning: healthchecks.idle: ${finding?.message}`,
  ]);
  assert.deepEqual(await call("ReloadConfig", {}), { ...checked, reloadError: "" });
});

Deno.test("a file without structure is a parse error, with all that is wrong", async () => {
  const { call } = await serviceOf(outcomeOf("maglev:\n  backend: {}\n  vpp: 1\n"));
  const checked = await call("CheckConfig", {});
  assert.deepEqual([checked.ok, checked.semanticError, checked.warnings], [false, "", []]);
  assert.match(checked.parseError, /^maglev\.yaml:2:3: backend: .*\nmaglev\.yaml:3:8: vpp: /);
  assert.deepEqual(checked.findings.map(({ line, severity }) => [line, severity]).slice(0, 2), [
    [2, "error"],
    [3, "error"],
  ]);
  assert.deepEqual(await call("ReloadConfig", {}), { ...checked, reloadError: "" });
});

Deno.test("a file without sense is a semantic error", async () => {
  const { call } = await serviceOf(outcomeOf(right.replace("web1: {} }", "web2: {} }")));
  const checked = await call("CheckConfig", {});
  assert.deepEqual([checked.ok, checked.parseError], [false, ""]);
  assert.match(checked.semanticError, /^maglev\.yaml:5:\d+: .*did you mean web1\?/);
  assert.deepEqual(await call("ReloadConfig", {}), { ...checked, reloadError: "" });
});

Deno.test("a file that cannot be read is a parse error without a place", async () => {
  const message = "cannot be read: there is no such file";
  const finding: Finding = { stage: "structure", place: null, path: [], message };
  const findings = { shown: [finding], more: 0 };
  const { call } = await serviceOf({
    kind: "wrong-file",
    result: { stage: "structure", findings },
  });
  const { parseError, findings: [told] } = await call("ReloadConfig", {});
  assert.equal(parseError, "maglev.yaml: cannot be read: there is no such file");
  assert.deepEqual([told?.line, told?.column, told?.path], [0, 0, ""]);
});

Deno.test("what the process may not do is no matter of the file", async () => {
  const reason = "backend web1, health check ping: CAP_NET_RAW is missing";
  const { call } = await serviceOf({ kind: "refused", reason });
  const checked = await call("CheckConfig", {});
  assert.deepEqual([checked.ok, checked.semanticError], [false, reason]);
  const { ok, semanticError, reloadError } = await call("ReloadConfig", {});
  assert.deepEqual([ok, semanticError, reloadError], [false, "", reason]);
});
