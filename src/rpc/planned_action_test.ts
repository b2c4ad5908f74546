import assert from "node:assert/strict";
import { PlannedAction, PlannedSetting } from "./maglev_pb.ts";
import { plannedAction, plannedSetting, type ShownAction } from "./planned_action.ts";

const address = { family: 4, text: "10.0.0.1" } as const;
const prefix = { address: { family: 4, text: "198.51.100.1" }, length: 32 } as const;
const common = {
  frontend: "www",
  key: { prefix, protocol: "udp", port: 53 },
  why: "web1 is down",
} as const;

Deno.test("each kind of action is shown with what it has", () => {
  const as = { address, backend: "web1" };
  const shownAs = { address: "10.0.0.1", backendName: "web1" };
  const cases: [ShownAction, Partial<PlannedAction>][] = [
    [{ ...common, kind: "vip-add" }, {}],
    [{ ...common, kind: "vip-del", frontend: null }, { frontendName: "" }],
    [{ ...common, kind: "as-add", ...as, weight: 0 }, { ...shownAs, toWeight: 0 }],
    [{ ...common, kind: "as-del", address, flush: true }, { address: "10.0.0.1", flush: true }],
    [{ ...common, kind: "as-weight", ...as, from: 100, to: 0, flush: false }, {
      ...{ ...shownAs, fromWeight: 100, toWeight: 0 },
    }],
  ];
  for (const [action, expected] of cases) {
    const shown = PlannedAction.decode(PlannedAction.encode(plannedAction(action)));
    assert.deepEqual(shown, {
      kind: action.kind,
      frontendName: "www",
      ...{ prefix: "198.51.100.1/32", protocol: 17, port: 53 },
      ...{ address: "", backendName: "", flush: false, why: "web1 is down", ...expected },
    });
  }
});

Deno.test("a setting is shown with what VPP has, where it can tell", () => {
  const change = { name: "flow-timeout", to: "40s", effect: "it holds" };
  const shown = (from: string | null) =>
    PlannedSetting.decode(PlannedSetting.encode(plannedSetting({ ...change, from })));
  assert.deepEqual(shown("1m"), { ...change, from: "1m" });
  assert.deepEqual(shown(null), change);
});
