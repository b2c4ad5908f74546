/**
 * Random VIPs, wanted and in a simulated VPP, for properties of plans.
 *
 * @module
 */

import { forSeeds, type Random } from "../../tests/seeded.ts";
import { address, vipKey } from "../vpp/lb/lb_fixture.ts";
import { type LbClient, LbError, type Profile, type VipKey, vipKeyText } from "../vpp/lb/mod.ts";
import type { DesiredAs, DesiredVip } from "./desired.ts";
import type { SimulatedLb } from "./simulated_lb_fixture.ts";

/** The profiles. */
export const profiles: readonly Profile[] = ["weighted", "classic"];

/** As `forSeeds`, for what takes turns of the loop. */
export async function forSeedsAsync(
  count: number,
  check: (random: Random) => Promise<void>,
): Promise<void> {
  const runs: { readonly random: Random; readonly seed: number }[] = [];
  forSeeds(count, (random, seed) => runs.push({ random, seed }));
  for (const { random, seed } of runs) {
    await check(random).catch((cause) => {
      throw new Error(`seed ${seed} fails; repeat it with MAGLEV_SEED=${seed}`, { cause });
    });
  }
}

const hosts = ["198.51.100.2", "198.51.100.10", "2001:db8::2", "2001:db8::10"];
const services = ["tcp 80", "tcp 443", "udp 443"];

/** The addresses of up to six backends of either family. */
function backends(random: Random, family: 4 | 6): string[] {
  const base = family === 4 ? "10.0.0." : "2001:db8:9::";
  return random.shuffle([1, 2, 3, 4, 9, 10]).slice(0, random.int(0, 6)).map((end) => base + end);
}

/** VIPs that a configuration can ask for, each of a frontend of its own, in no order. */
export function randomDesired(random: Random): readonly DesiredVip[] {
  const vips = hosts.filter(() => random.chance(0.8)).flatMap((host) => {
    const family = random.pick([4, 4, 4, 6] as const);
    const ports = random.chance(0.3) ? [""] : services.filter(() => random.chance(0.7));
    return ports.map((service) => randomVip(random, { key: `${host} ${service}`.trim(), family }));
  });
  return random.shuffle(vips);
}

/** One VIP, with backends of IPv4 unless told otherwise. */
export function randomVip(
  random: Random,
  { key = "198.51.100.1 tcp 80", family = 4 }: {
    readonly key?: string;
    readonly family?: 4 | 6;
  } = {},
): DesiredVip {
  return {
    frontend: key.replaceAll(" ", "-"),
    ...vipKey(key),
    encap: family === 4 ? "gre4" : "gre6",
    srcIpSticky: random.chance(0.1),
    tableLength: random.chance(0.9) ? 64 : 128,
    ases: backends(random, family).map((host): DesiredAs => ({
      backend: `b-${host}`,
      address: address(host),
      weight: random.pick([0, 0, 1, 37, 100]),
      flush: random.chance(),
      why: "by chance",
    })),
  };
}

/** The same VIPs, of whose ASes only one serves. */
export function failover(random: Random, vips: readonly DesiredVip[]): readonly DesiredVip[] {
  return vips.map((vip) => {
    const serving = random.int(0, vip.ases.length - 1);
    const ases = vip.ases.map((as, index) => ({ ...as, weight: index === serving ? 100 : 0 }));
    return { ...vip, ases };
  });
}

/** Changes what VPP has, as somebody might who knows nothing of what should be. */
export async function meddle(random: Random, { lb, cli }: SimulatedLb): Promise<void> {
  for (const vip of await lb.readVips({ withText: false })) {
    if (random.chance(0.1)) {
      await lb.deleteVip(vip);
      continue;
    }
    for (const { address } of vip.ases) {
      const fate = random.int(1, 5);
      const weight = random.int(0, 100);
      if (fate === 1) await lb.deleteAs(vip, address, { flush: false });
      if (fate === 2) await lb.setWeight(vip, address, weight, { flush: false });
    }
    const family = vip.encap === "gre6" ? 6 : 4;
    for (const host of random.chance(0.2) ? backends(random, family) : []) {
      await lb.setWeight(vip, address(host), 0, { flush: false }).catch(ignoreRefusal);
      await lb.addAs(vip, address(host), random.int(0, 100)).catch(ignoreRefusal);
    }
  }
  const [nat = "", dsr = ""] = hosts;
  if (random.chance(0.3)) await cli(`lb vip ${nat}/32 protocol tcp port 80 encap nat4`);
  if (random.chance(0.3)) await cli(`lb vip ${dsr}/32 encap l3dsr dscp 7`);
  await cli(`lb as ${dsr}/32 10.7.7.7`);
  if (random.chance(0.3)) await cli("lb vip 203.0.113.0/24 protocol udp port 9 encap gre6");
}

function ignoreRefusal(error: unknown): void {
  if (!(error instanceof LbError)) throw error;
}

/** What VPP has of a VIP, and what it should have, in a form that can be compared. */
export interface VipShape {
  readonly encap: string;
  readonly srcIpSticky: boolean | undefined;
  readonly tableLength: number;
  readonly weights: Readonly<Record<string, number>>;
}

/** What VPP has, by VIP. */
export async function shapesIn(lb: LbClient): Promise<ReadonlyMap<string, VipShape>> {
  const vips = await lb.readVips({ withText: true });
  return shapes(vips.map((vip) => ({ ...vip, srcIpSticky: vip.text?.srcIpSticky })));
}

/** What VPP should have, by VIP. */
export function shapesOf(
  desired: readonly DesiredVip[],
  profile: Profile,
): ReadonlyMap<string, VipShape> {
  if (profile === "weighted") return shapes(desired);
  return shapes(desired.map((vip) => {
    const serving = vip.ases.filter(({ weight }) => weight > 0);
    return { ...vip, ases: serving.map((as) => ({ ...as, weight: 100 })) };
  }));
}

type Shaped = VipKey & Omit<VipShape, "weights"> & {
  readonly ases: readonly Pick<DesiredAs, "address" | "weight">[];
};

function shapes(vips: readonly Shaped[]): ReadonlyMap<string, VipShape> {
  return new Map(vips.map((vip) => {
    const { encap, srcIpSticky, tableLength, ases } = vip;
    const weights = Object.fromEntries(ases.map(({ address, weight }) => [address.text, weight]));
    return [vipKeyText(vip), { encap, srcIpSticky, tableLength, weights }];
  }));
}
