import assert from "node:assert/strict";
import { address, vipKey } from "../vpp/lb/lb_fixture.ts";
import type { Vip } from "../vpp/lb/mod.ts";
import type { Action } from "./action.ts";
import { runsOf } from "./apply_order.ts";
import type { DesiredVip } from "./desired.ts";
import { flushKey } from "./flush_key.ts";
import type { PlanInput } from "./plan.ts";
import { desiredVip, observedVip, planned } from "./plan_fixture.ts";

/** The runs of a plan, each with its batches, such as `vip-add 80, as-add 10.0.0.1`. */
function runsIn(
  desired: readonly DesiredVip[],
  observed: readonly Vip[],
  input: Partial<PlanInput> = {},
): string[][] {
  const name = (action: Action) =>
    `${action.kind} ${"address" in action ? action.address.text : action.key.port}`;
  return Array.from(
    runsOf(planned(desired, observed, input)),
    ({ batches }) => batches.map((batch) => batch.map(name).join(", ")),
  );
}

Deno.test("the ASes of a new VIP wait until it is there", () => {
  const desired = [desiredVip("www 198.51.100.1 tcp 80", "10.0.0.1 1, 10.0.0.2 2")];
  assert.deepEqual(runsIn(desired, []), [
    ["vip-add 80", "as-add 10.0.0.1, as-add 10.0.0.2"],
  ]);
});

Deno.test("what takes capacity away waits for what adds it, and for nothing else", () => {
  const desired = [desiredVip("www 198.51.100.1 tcp 80", "10.0.0.1 1, 10.0.0.2 2, 10.0.0.3 0")];
  const fresh = [observedVip("198.51.100.1 tcp 80", "10.0.0.2 0, 10.0.0.3 3, 10.0.0.4 4")];
  assert.deepEqual(runsIn(desired, fresh), [
    [
      "as-add 10.0.0.1, as-weight 10.0.0.2",
      "as-weight 10.0.0.3, as-del 10.0.0.4",
    ],
  ]);
  const more = [observedVip("198.51.100.1 tcp 80", "10.0.0.1 1, 10.0.0.2 9, 10.0.0.3 3")];
  assert.deepEqual(runsIn(desired, more), [
    ["as-weight 10.0.0.2, as-weight 10.0.0.3"],
  ]);
});

Deno.test("flows are not cut before the AS that takes them is there, whatever the weight was", () => {
  const vip = "198.51.100.1 tcp 80";
  const pendingFlushes = new Set([flushKey(vipKey(vip), address("10.0.0.2"))]);
  const desired = [desiredVip(`www ${vip}`, "10.0.0.1 1, 10.0.0.2 0")];
  const observed = [observedVip(vip, "10.0.0.2 0")];
  assert.deepEqual(runsIn(desired, observed, { pendingFlushes }), [
    ["as-add 10.0.0.1", "as-weight 10.0.0.2"],
  ]);
});

Deno.test("a VIP that is made anew waits for nothing until its ASes come", () => {
  const desired = [desiredVip("www 198.51.100.1 tcp 80", "10.0.0.1 1", { tableLength: 64 })];
  const observed = [observedVip("198.51.100.1 tcp 80", "10.0.0.1 1")];
  assert.deepEqual(runsIn(desired, observed), [
    ["as-del 10.0.0.1, vip-del 80, vip-add 80", "as-add 10.0.0.1"],
  ]);
});

Deno.test("VIPs that go before others come back are runs of their own", () => {
  const desired = [
    desiredVip("a 198.51.100.1 tcp 80", "2001:db8::1 1"),
    desiredVip("b 198.51.100.1 tcp 443", "2001:db8::1 1"),
  ];
  const observed = [observedVip("198.51.100.1 tcp 80"), observedVip("198.51.100.1 tcp 443")];
  assert.deepEqual(runsIn(desired, observed), [
    ["vip-del 80"],
    ["vip-del 443"],
    ["vip-add 80", "as-add 2001:db8::1"],
    ["vip-add 443", "as-add 2001:db8::1"],
  ]);
});

Deno.test("an empty plan has no runs", () => {
  assert.deepEqual(runsIn([], []), []);
});
