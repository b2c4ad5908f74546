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
import { isPostponed } from "./plan.ts";
import { recreateReason } from "./plan_vip.ts";

/** VPP's VIPs after a plan for everything was carried out whole. */
export function mirrorAll(
  before: readonly Vip[],
  desired: readonly DesiredVip[],
  profile: Profile,
): readonly Vip[] {
  const known = new Map(before.map((vip) => [vipKeyText(vip), vip]));
  return desired.map((wanted) => {
    const vip = known.get(vipKeyText(wanted));
    const isKept = vip !== undefined && recreateReason(wanted, vip) === null;
    return isKept ? changed(vip, wanted, profile) : added(wanted, profile);
  });
}

/** VPP's VIPs after plans for some of them were. */
export function mirrorSome(
  before: readonly Vip[],
  desired: readonly DesiredVip[],
  profile: Profile,
): readonly Vip[] {
  const mirror = new Map(before.map((vip) => [vipKeyText(vip), vip]));
  for (const wanted of desired) {
    const key = vipKeyText(wanted);
    const vip = mirror.get(key);
    if (isPostponed(wanted, vip, before)) continue;
    mirror.set(key, vip === undefined ? added(wanted, profile) : changed(vip, wanted, profile));
  }
  return [...mirror.values()];
}

function added({ frontend: _, ases, ...vip }: DesiredVip, profile: Profile): Vip {
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

/** Of a VIP that is changed in place only the ASes are others. Those that were there may linger. */
function changed(vip: Vip, wanted: DesiredVip, profile: Profile): Vip {
  const { ases } = added(wanted, profile);
  const installed = new Set(ases.map(({ address }) => address.text));
  const lingering = [...vip.lingering, ...vip.ases]
    .filter(({ address }) => !installed.has(address.text));
  return { ...vip, ases, lingering };
}
