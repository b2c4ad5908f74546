/**
 * Invariant 6: two daemons with one view build equal tables.
 *
 * @module
 */

import { virtualClock } from "../../../src/clock.ts";
import type { Address } from "../../../src/config/mod.ts";
import { applyPlan } from "../../../src/lb/apply.ts";
import { desiredVips, type FrontendInput } from "../../../src/lb/desired.ts";
import { plan } from "../../../src/lb/plan.ts";
import { logger } from "../../../src/log.ts";
import { callerOf } from "../../../src/vpp/lb/lb_fixture.ts";
import { openLb, type Profile } from "../../../src/vpp/lb/mod.ts";
import { createSimulatedVpp } from "../../../src/vpp/sim/simulated_vpp.ts";
import { cliInband } from "../../../src/vpp/wire/mod.ts";
import { readState, type VppState } from "../vpp_state.ts";
import { must } from "../violation.ts";

/** The view that two daemons have. */
export interface View {
  readonly frontends: readonly FrontendInput[];
  readonly addressOf: (backend: string) => Address;
  readonly profile: Profile;
  /** What a daemon has made of its VPP, over all its life. */
  readonly state: VppState;
  /** Makes a plan; to plant a fault. */
  readonly plan?: typeof plan;
}

/**
 * Two daemons fill two empty VPPs, one with its frontends in another order: the VPPs are equal, in the
 * order of their ASes too. And the buckets are those that a daemon has come to in small steps.
 */
export async function checkEqualTables(view: View): Promise<void> {
  const one = await filled(view, view.frontends);
  const other = await filled(view, view.frontends.toReversed());
  must(one.text === other.text, 6, () => `one VPP has\n${one.text}\nand another\n${other.text}`);
  const [fresh, grown] = [bucketsOf(one.state), bucketsOf(view.state)];
  must(fresh === grown, 6, () => `a new VPP has\n${fresh}\nand an old one\n${grown}`);
}

async function filled({ addressOf, profile, ...view }: View, frontends: readonly FrontendInput[]) {
  const vpp = createSimulatedVpp({
    profile,
    now: () => 0,
    random: () => 0,
    stats: new Uint8Array(1024 * 1024),
    bootTime: 0,
  });
  const { lb } = openLb(callerOf(vpp));
  if (lb === null) throw new Error("the simulated VPP cannot be driven");
  const desired = desiredVips(frontends, addressOf);
  const make = view.plan ?? plan;
  const actions = make({ desired, observed: [], scope: { kind: "all" }, profile });
  const clock = virtualClock();
  await applyPlan(lb, actions, { clock, log: logger({ clock, sink: () => {} }), level: "debug" });
  const { reply: text } = vpp.call(cliInband, { cmd: "show lb vips verbose" });
  return { text, state: readState(vpp, profile) };
}

function bucketsOf({ vips }: VppState): string {
  return Array.from(vips, ([key, { ases }]) => {
    const shares = Array.from(ases, ([address, { buckets }]) => `${address} ${buckets}`).sort();
    return `${key}: ${shares.join(", ")}`;
  }).sort().join("\n");
}
