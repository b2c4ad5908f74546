import assert from "node:assert/strict";
import { address, newVip, vipKey } from "../vpp/lb/lb_fixture.ts";
import { type Action, countActions, describeAction } from "./action.ts";

const about = { frontend: "www", key: vipKey("198.51.100.1 tcp 443"), why: "because" };
const as = { address: address("10.0.0.1"), backend: "web1" };
const vip = newVip("198.51.100.1 tcp 443");

const cases: readonly (readonly [Action, string])[] = [
  [
    { ...about, kind: "vip-add", vip },
    "vip-add www 198.51.100.1/32 tcp 443 gre4 1024: because",
  ],
  [
    { ...about, kind: "vip-add", vip: { ...vip, srcIpSticky: true, tableLength: 64 } },
    "vip-add www 198.51.100.1/32 tcp 443 gre4 64 src-ip-sticky: because",
  ],
  [{ ...about, kind: "vip-del" }, "vip-del www 198.51.100.1/32 tcp 443: because"],
  [
    { ...about, kind: "vip-del", frontend: null },
    "vip-del 198.51.100.1/32 tcp 443: because",
  ],
  [{ ...about, ...as, kind: "as-add", weight: 37 }, "as-add www 10.0.0.1 37: because"],
  [{ ...about, ...as, kind: "as-del", flush: false }, "as-del www 10.0.0.1: because"],
  [
    { ...about, ...as, kind: "as-del", frontend: null, flush: true },
    "as-del 198.51.100.1/32 tcp 443 10.0.0.1 flush: because",
  ],
  [
    { ...about, ...as, kind: "as-weight", from: 100, to: 0, flush: true },
    "as-weight www 10.0.0.1 100 → 0 flush: because",
  ],
  [
    { ...about, ...as, kind: "as-weight", from: 0, to: 50, flush: false },
    "as-weight www 10.0.0.1 0 → 50: because",
  ],
];

Deno.test("an action is one line that says what is done, and why", () => {
  for (const [action, line] of cases) assert.equal(describeAction(action), line);
});

Deno.test("actions are counted by kind", () => {
  assert.deepEqual(countActions(cases.map(([action]) => action)), {
    vipAdded: 2,
    vipRemoved: 2,
    asAdded: 1,
    asRemoved: 2,
    asWeightUpdated: 2,
  });
});
