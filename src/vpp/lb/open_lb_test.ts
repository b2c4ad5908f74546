import assert from "node:assert/strict";
import { simulatedApi } from "./lb_fixture.ts";
import { openLb } from "./open_lb.ts";
import { weightedMessages } from "./weighted.ts";

Deno.test("the message table decides which way a VPP is driven", () => {
  const weights = ["lb_add_del_as_v2", "lb_as_set_weight", "lb_as_v2_dump"];
  assert.equal(openLb(simulatedApi("weighted")).lb?.profile, "weighted");
  assert.equal(openLb(simulatedApi("classic")).lb?.profile, "classic");
  assert.equal(openLb(simulatedApi("weighted", weights)).lb?.profile, "classic");
});

Deno.test("of a plugin that is not loaded one line is said, not one for each message", () => {
  const plugin = weightedMessages.map(({ name }) => name).filter((name) => name.startsWith("lb_"));
  const withoutPlugin = openLb(simulatedApi("weighted", plugin));
  assert.ok(withoutPlugin.lb === null);
  assert.deepEqual(withoutPlugin.findings.map(({ text }) => text), [
    "VPP's lb plugin is not loaded: is lb_plugin.so installed, and enabled in startup.conf?",
  ]);
});

Deno.test("a VPP that fits neither way is told what it lacks", () => {
  const withoutOne = openLb(simulatedApi("classic", ["lb_conf"]));
  assert.ok(withoutOne.lb === null);
  assert.ok(withoutOne.findings.some(({ text }) => /^VPP has no message lb_conf: /.test(text)));

  const withoutCommands = openLb(simulatedApi("classic", ["cli_inband"]));
  assert.ok(withoutCommands.lb === null);

  const foreign = openLb({
    ...simulatedApi("weighted"),
    check: () => [{ kind: "other-layout", message: "lb_as_set_weight", text: "other fields" }],
  });
  assert.ok(foreign.lb === null, "a message with other fields is no reason to fall back");
});
