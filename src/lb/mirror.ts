/**
 * What VPP has, as far as we know without asking: what was read last, changed by what we did since.
 *
 * Each question stops VPP's forwarding for a moment, and a failover must not wait for ten thousand
 * answers. What somebody else changed meanwhile is found by the next plan for everything, which asks.
 *
 * @module
 */

import { type Profile, type Vip, vipKeyText } from "../vpp/lb/mod.ts";
import type { DesiredVip } from "./desired.ts";

/** VPP's VIPs after a plan for everything was carried out whole. */
export function mirrorAll(desired: readonly DesiredVip[], profile: Profile): readonly Vip[] {
  return desired.map((vip) => mirrorOne(vip, profile));
}

/** VPP's VIPs after plans for some of them were. */
export function mirrorSome(
  before: readonly Vip[],
  desired: readonly DesiredVip[],
  profile: Profile,
): readonly Vip[] {
  const changed = new Map(desired.map((vip) => [vipKeyText(vip), mirrorOne(vip, profile)]));
  const others = before.filter((vip) => !changed.has(vipKeyText(vip)));
  return [...others, ...changed.values()];
}

function mirrorOne({ frontend: _, ases, ...vip }: DesiredVip, profile: Profile): Vip {
  const installed = profile === "classic" ? ases.filter(({ weight }) => weight > 0) : ases;
  return {
    ...vip,
    ases: installed.map(({ address, weight }) => ({
      address,
      weight: profile === "classic" ? 100 : weight,
      buckets: 0,
      text: null,
    })),
    lingering: [],
    text: null,
  };
}
