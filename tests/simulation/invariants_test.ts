import assert from "node:assert/strict";
import { checkBound, checkCoalesced } from "./invariants/bounds.ts";
import { watchFlushes } from "./invariants/flushes_are_made.ts";
import { checkRestart } from "./invariants/restart_keeps_weights.ts";
import { checkCounted } from "./invariants/vpp_is_desired.ts";
import { checkQuietTicks } from "./invariants/writes_change.ts";
import type { ModelVip } from "./model.ts";
import { type Invariant, Violation } from "./violation.ts";
import type { VppState } from "./vpp_state.ts";
import type { Write } from "./vpp_write.ts";

const vip = "198.51.100.1/32 tcp 80";
const [up, down] = [stateWith(100), stateWith(0)];
const dumps = new Map([["lb_vip_dump", 1], ["lb_as_v2_dump", 1]]);

/** What is found, and what is not, by the parts of invariants that no planted fault comes to. */
const findings: Readonly<Record<string, readonly [Invariant, () => void]>> = {
  "a tick that writes": [1, () => checkQuietTicks({ counts: dumps, writes: [weight(0)] }, 1)],
  "a tick without a look": [1, () => checkQuietTicks({ counts: new Map(), writes: [] }, 1)],
  "a tick that looks twice": [1, () => {
    checkQuietTicks({ counts: new Map([...dumps, ["lb_vip_dump", 2]]), writes: [] }, 1);
  }],
  "counters of a VIP that is gone": [2, () => checkCounted([vip], [])],
  "a VIP without counters": [2, () => checkCounted([], [vip])],
  "a restart by way of weight 0": [5, () => {
    checkRestart({ before: up, after: up, writes: [weight(0), weight(100)] });
  }],
  "a restart that writes what is so": [5, () => {
    checkRestart({ before: up, after: up, writes: [weight(100)] });
  }],
  "syncs that do not become one": [8, () => checkCoalesced(20, 3)],
  "too many events that wait": [8, () => {
    checkBound("events that wait for a subscriber", 1_025);
  }],
  "a flush that never comes": [9, () => {
    const flushes = watchFlushes();
    flushes.change(vipsWith({ weight: 100, flush: false }));
    flushes.change(vipsWith({ weight: 0, flush: true }));
    flushes.written(weight(0));
    flushes.check(down);
  }],
};

for (const [what, [invariant, check]] of Object.entries(findings)) {
  Deno.test(`invariant ${invariant} finds ${what}`, () => {
    assert.throws(check, (error) => error instanceof Violation && error.invariant === invariant);
  });
}

Deno.test("nothing is found where all is as it must be", () => {
  checkQuietTicks({ counts: dumps, writes: [] }, 1);
  checkQuietTicks({ counts: new Map([["cli_inband", 2]]), writes: [] }, 2);
  checkCounted([vip], [vip]);
  checkRestart({ before: up, after: down, writes: [weight(0)] });
  checkCoalesced(20, 2);
  const flushes = watchFlushes();
  flushes.change(vipsWith({ weight: 100, flush: false }));
  flushes.change(vipsWith({ weight: 0, flush: true }));
  flushes.written(weight(0, true));
  flushes.check(down);
});

function weight(to: number, flush = false): Write {
  return { kind: "as-weight", vip, address: "10.0.0.1", weight: to, flush };
}

function stateWith(weight: number): VppState {
  const ases = new Map([["10.0.0.1", { weight, buckets: 0 }]]);
  const about = { encap: "gre4", isSticky: false, tableLength: 64, ases };
  return { vips: new Map([[vip, about]]), settings: "" };
}

function vipsWith(
  as: { readonly weight: number; readonly flush: boolean },
): ReadonlyMap<string, ModelVip> {
  const about = { encap: "gre4", isSticky: false, tableLength: 64, isKnown: true } as const;
  const ases = new Map([["10.0.0.1", { backend: "web1", ...as }]]);
  return new Map([[vip, { frontend: "www", key: vip, state: "up", ases, ...about }]]);
}
