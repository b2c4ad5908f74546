import assert from "node:assert/strict";
import type { Profile, Vip } from "../vpp/lb/mod.ts";
import type { DesiredVip } from "./desired.ts";
import { desiredVip, observedVip, planned } from "./plan_fixture.ts";
import { planImpact } from "./plan_impact.ts";
import { forSeedsAsync, profiles, randomVip } from "./random_vips_fixture.ts";
import { carryOut, simulatedLb } from "./simulated_lb_fixture.ts";

/** The impact of a plan in words: `www 226/1024, 150 needed`. */
function impactOf(
  desired: readonly DesiredVip[],
  observed: readonly Vip[],
  profile: Profile = "weighted",
): string[] {
  const actions = planned(desired, observed, { profile });
  return Array.from(
    planImpact({ actions, observed, profile }),
    ({ frontend, moved }) =>
      `${frontend} ` +
      (moved === null ? "?" : `${moved.moved}/${moved.total}, ${moved.needed} needed`),
  );
}

const www = "www 198.51.100.1 tcp 80";
const vip = "198.51.100.1 tcp 80";

Deno.test("the buckets that a change of weights moves are told, and how many had to", () => {
  // The numbers are the difference of two tables of a real VPP.
  const before = "10.0.0.1 100, 10.0.0.2 50, 10.0.0.10 100";
  const after = "10.0.0.1 50, 10.0.0.2 50, 10.0.0.10 100";
  assert.deepEqual(impactOf([desiredVip(www, after)], [observedVip(vip, before)]), [
    "www 226/1024, 150 needed",
  ]);
});

Deno.test("what is not changed, and what is deleted, has no impact", () => {
  const desired = [desiredVip(www, "10.0.0.1")];
  const observed = [observedVip(vip, "10.0.0.1"), observedVip("198.51.100.2", "10.0.0.1")];
  assert.deepEqual(impactOf(desired, observed), []);
});

Deno.test("an AS without weight moves nothing", () => {
  const desired = [desiredVip(www, "10.0.0.1, 10.0.0.2 0")];
  assert.deepEqual(impactOf(desired, [observedVip(vip, "10.0.0.1, 10.0.0.3 0")]), [
    "www 0/1024, 0 needed",
  ]);
});

Deno.test("in a VIP that is new, or made anew, all buckets move, if there is an AS for them", () => {
  const desired = [
    desiredVip("new 198.51.100.2 tcp 80", "10.0.0.1"),
    desiredVip("empty 198.51.100.3 tcp 80", "10.0.0.1 0"),
    desiredVip(www, "10.0.0.1", { srcIpSticky: true }),
  ];
  assert.deepEqual(impactOf(desired, [observedVip(vip, "10.0.0.1")]), [
    "www 1024/1024, 1024 needed",
    "new 1024/1024, 1024 needed",
    "empty 0/1024, 0 needed",
  ]);
});

Deno.test("a table that cannot be built here is said to be unknown", () => {
  const ases = Array.from({ length: 1001 }, (_, index) => `10.0.${index >> 8}.${index & 255}`);
  const observed = [observedVip(vip, ases.join())];
  assert.deepEqual(impactOf([desiredVip(www, "10.0.0.1")], observed), ["www ?"]);
});

/** How many buckets of a VIP each AS has, and how many nobody. */
function countsOf(vip: Vip | undefined): ReadonlyMap<string, number> {
  const { ases = [], tableLength = 0 } = vip ?? {};
  const taken = ases.reduce((sum, { buckets }) => sum + buckets, 0);
  const counts = ases.map(({ address, buckets }) => [address.text, buckets] as const);
  return new Map([...counts, ["nobody", tableLength - taken]]);
}

for (const profile of profiles) {
  Deno.test(`${profile}: as many buckets are needed as VPP's counts rise by`, () =>
    forSeedsAsync(40, async (random) => {
      const { lb } = simulatedLb(profile);
      const read = () => lb.readVips({ withText: true });
      const [one, other] = [randomVip(random), randomVip(random)];
      await carryOut(lb, planned([one], [], { profile }));
      const observed = await read();
      const actions = planned([{ ...one, ases: other.ases }], observed, { profile });
      const [impact] = planImpact({ actions, observed, profile });
      await carryOut(lb, actions);
      const before = countsOf(observed[0]);
      const gained = countsOf((await read())[0]).entries()
        .map(([owner, buckets]) => Math.max(0, buckets - (before.get(owner) ?? 0)));
      assert.equal(impact?.moved?.needed ?? 0, gained.reduce((sum, buckets) => sum + buckets, 0));
    }));
}
