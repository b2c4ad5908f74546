import assert from "node:assert/strict";
import type { Random } from "../../tests/seeded.ts";
import type { LbClient, Vip } from "../vpp/lb/mod.ts";
import { vipKeyText } from "../vpp/lb/mod.ts";
import { type Action, countActions } from "./action.ts";
import type { DesiredVip } from "./desired.ts";
import type { Scope } from "./plan.ts";
import { linesOf, planned } from "./plan_fixture.ts";
import {
  failover,
  forSeedsAsync,
  meddle,
  profiles,
  randomDesired,
  shapesIn,
  shapesOf,
} from "./random_vips_fixture.ts";
import { carryOut, type SimulatedLb, simulatedLb } from "./simulated_lb_fixture.ts";

/** Gives VPP what should have been once, then does what others may have done to it since. */
async function use(
  random: Random,
  vpp: SimulatedLb,
  desired = randomDesired(random),
): Promise<readonly Vip[]> {
  const { lb } = vpp;
  await carryOut(lb, planned(desired, [], { profile: lb.profile }));
  await meddle(random, vpp);
  return await lb.readVips({ withText: true });
}

const isUsable = ({ ases }: Vip) => ases.some(({ buckets }) => buckets > 0);

/** The VIPs that have a usable AS and shall have one, those apart that are made anew. */
function kept(
  desired: readonly DesiredVip[],
  observed: readonly Vip[],
  actions: readonly Action[],
) {
  const usable = new Set(observed.filter(isUsable).map(vipKeyText));
  const deleted = new Set(
    actions.filter(({ kind }) => kind === "vip-del").map(({ key }) => vipKeyText(key)),
  );
  return desired.filter(({ ases }) => ases.some(({ weight }) => weight > 0))
    .map(vipKeyText).filter((name) => usable.has(name) && !deleted.has(name));
}

for (const profile of profiles) {
  const read = (lb: LbClient) => lb.readVips({ withText: true });

  Deno.test(`${profile}: after a plan VPP has what it should, and a second plan is empty`, () =>
    forSeedsAsync(60, async (random) => {
      const vpp = simulatedLb(profile);
      const observed = await use(random, vpp);
      const desired = randomDesired(random);
      await carryOut(vpp.lb, planned(desired, observed, { profile }));
      assert.deepEqual(await shapesIn(vpp.lb), shapesOf(desired, profile));
      assert.deepEqual(planned(desired, await read(vpp.lb), { profile }), []);
    }));

  Deno.test(`${profile}: no action leaves a VIP without a usable AS that had one and shall have one`, () =>
    forSeedsAsync(40, async (random) => {
      const vpp = simulatedLb(profile);
      const before = failover(random, randomDesired(random));
      const observed = await use(random, vpp, before);
      const desired = random.chance() ? failover(random, before) : randomDesired(random);
      const actions = planned(desired, observed, { profile });
      const names = kept(desired, observed, actions);
      for (const action of actions) {
        await carryOut(vpp.lb, [action]);
        const usable = new Set((await read(vpp.lb)).filter(isUsable).map(vipKeyText));
        assert.deepEqual(names.filter((name) => !usable.has(name)), [], linesOf([action])[0] ?? "");
      }
      assert.deepEqual(await shapesIn(vpp.lb), shapesOf(desired, profile));
    }));

  Deno.test(`${profile}: the order of the inputs decides nothing`, () =>
    forSeedsAsync(60, async (random) => {
      const observed = await use(random, simulatedLb(profile));
      const desired = randomDesired(random);
      const shuffle = <T extends { readonly ases: readonly unknown[] }>(vips: readonly T[]) =>
        random.shuffle(vips).map((vip) => ({ ...vip, ases: random.shuffle(vip.ases) }));
      assert.deepEqual(
        planned(shuffle(desired) as DesiredVip[], shuffle(observed) as Vip[], { profile }),
        planned(desired, observed, { profile }),
      );
    }));

  Deno.test(`${profile}: plans for one VIP each delete no VIP, are never refused, and end`, () =>
    forSeedsAsync(60, async (random) => {
      const vpp = simulatedLb(profile);
      await use(random, vpp);
      const desired = randomDesired(random);
      for (const { frontend } of random.shuffle(desired)) {
        const scope: Scope = { kind: "vip", frontend };
        const observed = await read(vpp.lb);
        const actions = planned(desired, observed, { profile, scope });
        assert.ok(actions.every((action) => action.frontend === frontend));
        assert.equal(countActions(actions).vipRemoved, 0);
        await carryOut(vpp.lb, actions);
        assert.deepEqual(planned(desired, await read(vpp.lb), { profile, scope }), []);
      }
      await carryOut(vpp.lb, planned(desired, await read(vpp.lb), { profile }));
      assert.deepEqual(await shapesIn(vpp.lb), shapesOf(desired, profile));
    }));
}
