import assert from "node:assert/strict";
import type { Random } from "../../tests/seeded.ts";
import { type LbClient, type Profile, type Vip, vipKeyText } from "../vpp/lb/mod.ts";
import type { DesiredVip } from "./desired.ts";
import { mirrorAll, mirrorSome } from "./mirror.ts";
import { desiredVip, linesOf, observedVip, planned } from "./plan_fixture.ts";
import {
  forSeedsAsync,
  meddle,
  profiles,
  randomDesired,
  randomVip,
} from "./random_vips_fixture.ts";
import { carryOut, simulatedLb } from "./simulated_lb_fixture.ts";

/**
 * What a mirror has to tell, in an order of its own. With weights all that are wanted are there, and
 * nobody asks who lingers.
 */
function told(vips: readonly Vip[], profile: Profile): readonly string[] {
  return vips.map((vip) => {
    const ases = vip.ases.map(({ address, weight }) => `${address.text} ${weight}`).sort();
    const lingering = profile === "weighted"
      ? []
      : vip.lingering.map(({ address }) => address.text).sort();
    return `${vipKeyText(vip)} ${vip.encap} ${vip.tableLength}: ${ases} (${lingering})`;
  }).sort();
}

const read = (lb: LbClient) => lb.readVips({ withText: true });

/** The same VIPs of the same families, of which some have other ASes, weights or settings. */
function changed(random: Random, desired: readonly DesiredVip[]): readonly DesiredVip[] {
  return desired.map((vip) => {
    if (random.chance(0.3)) return vip;
    const { srcIpSticky, tableLength, ases } = randomVip(random, {
      family: vip.encap === "gre4" ? 4 : 6,
    });
    return { ...vip, srcIpSticky, tableLength, ases };
  });
}

async function use(random: Random, profile: Profile) {
  const vpp = simulatedLb(profile);
  await carryOut(vpp.lb, planned(randomDesired(random), [], { profile }));
  await meddle(random, vpp);
  return vpp;
}

for (const profile of profiles) {
  Deno.test(`${profile}: after a plan for everything VPP has what the mirror says`, () =>
    forSeedsAsync(60, async (random) => {
      const { lb } = await use(random, profile);
      const observed = await read(lb);
      const desired = randomDesired(random);
      await carryOut(lb, planned(desired, observed, { profile }));
      assert.deepEqual(
        told(mirrorAll(observed, desired, profile), profile),
        told(await read(lb), profile),
      );
    }));

  Deno.test(`${profile}: after plans from the mirror, each for some VIPs, VPP has what it says`, () =>
    forSeedsAsync(60, async (random) => {
      const { lb } = await use(random, profile);
      let mirror = await read(lb);
      let desired = randomDesired(random);
      for (let turn = 0; turn < 4; turn++) {
        const some = desired.filter(() => random.chance());
        for (const { frontend } of some) {
          const input = { profile, scope: { kind: "vip", frontend } } as const;
          await carryOut(lb, planned(desired, mirror, input));
        }
        mirror = mirrorSome(mirror, some, profile);
        assert.deepEqual(told(mirror, profile), told(await read(lb), profile));
        desired = changed(random, desired);
      }
    }));
}

Deno.test("without weights, one that was deleted while it drained is known to linger", () => {
  const www = "www 198.51.100.1 tcp 80";
  const before = [observedVip("198.51.100.1 tcp 80", "10.0.0.1, 10.0.0.2")];
  const desired = [desiredVip(www, "10.0.0.1 0, 10.0.0.2")];
  const pendingFlushes = new Set(["198.51.100.1/32 tcp 80 10.0.0.1"]);
  for (
    const mirror of [
      mirrorAll(before, desired, "classic"),
      mirrorSome(before, desired, "classic"),
    ]
  ) {
    const actions = planned(desired, mirror, { profile: "classic", pendingFlushes });
    assert.deepEqual(linesOf(actions), ["as-weight www 10.0.0.1 0 → 0 flush: web1 is down"]);
  }
});

Deno.test("a VIP that a plan for it alone leaves as it is stays as it was read", () => {
  const before = [
    observedVip("198.51.100.1 tcp 80", "2001:db8::7", { encap: "gre6" }),
    observedVip("198.51.100.2"),
  ];
  const desired = [
    desiredVip("a 198.51.100.1 tcp 80", "10.0.0.1"),
    desiredVip("b 198.51.100.2 tcp 80", "10.0.0.1"),
  ];
  assert.deepEqual(mirrorSome(before, desired, "weighted"), before);
});
