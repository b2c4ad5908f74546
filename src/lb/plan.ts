/**
 * What to do so that VPP becomes what it should be.
 *
 * Pure, and deterministic: the order of the inputs decides nothing, so that two daemons with one
 * configuration do the same in the same order.
 *
 * @module
 */

import { type Profile, type Vip, vipKeyText } from "../vpp/lb/mod.ts";
import type { Action } from "./action.ts";
import type { DesiredVip } from "./desired.ts";
import { sortedBy, vipOrder } from "./numeric_order.ts";
import { addVip, changeVip, recreateReason, removeVip } from "./plan_vip.ts";

/** How much of VPP a plan is about: everything, or the VIP of one frontend. */
export type Scope = { readonly kind: "all" } | { readonly kind: "vip"; readonly frontend: string };

/** What a plan is made from. */
export interface PlanInput {
  readonly desired: readonly DesiredVip[];
  /** What VPP has. Without its text no difference in stickiness is seen. */
  readonly observed: readonly Vip[];
  readonly scope: Scope;
  readonly profile: Profile;
  /**
   * By `flushKey`: ASes whose flows are to be forgotten although their weight is 0 already. To be
   * given once per transition, not with each plan. Default: none.
   */
  readonly pendingFlushes?: ReadonlySet<string>;
}

/** The actions that make of what VPP has what it should have; none where nothing differs. */
export function plan(input: PlanInput): readonly Action[] {
  const { scope } = input;
  return scope.kind === "all" ? planAll(input) : planOne(input, scope.frontend);
}

/** A VIP that both sides have. */
interface Pair {
  readonly wanted: DesiredVip;
  readonly vip: Vip;
}

function planAll({ desired, observed, ...options }: PlanInput): readonly Action[] {
  const { profile } = options;
  const unwanted = new Map(observed.map((vip) => [vipKeyText(vip), vip]));
  const missing: DesiredVip[] = [];
  const recreated: (Pair & { readonly why: string })[] = [];
  const changed: (Pair & { readonly actions: readonly Action[] })[] = [];
  for (const wanted of desired) {
    const name = vipKeyText(wanted);
    const vip = unwanted.get(name);
    unwanted.delete(name);
    if (vip === undefined) {
      missing.push(wanted);
      continue;
    }
    const why = recreateReason(wanted, vip);
    if (why !== null) recreated.push({ wanted, vip, why });
    const actions = why === null ? changeVip(wanted, vip, options) : [];
    if (actions.length > 0) changed.push({ wanted, vip, actions });
  }
  const orderOf = ({ wanted }: Pair) => vipOrder(wanted);
  return [
    ...sortedBy(unwanted.values(), vipOrder)
      .flatMap((vip) => removeVip(vip, null, "no frontend has it")),
    ...recreate(sortedBy(recreated, orderOf), profile),
    ...sortedBy(missing, vipOrder).flatMap((wanted) => addVip(wanted, profile, notThere)),
    ...sortedBy(changed, orderOf).flatMap(({ actions }) => actions),
  ];
}

const notThere = "not in VPP";

/**
 * Takes VIPs out and puts them in again, one by one. VPP keeps one encapsulation per prefix,
 * though: where that changes, the prefix is without a VIP before it gets the first of the other
 * kind.
 */
function recreate(
  pairs: readonly (Pair & { readonly why: string })[],
  profile: Profile,
): readonly Action[] {
  const byPrefix = Map.groupBy(pairs, ({ vip }) => vip.prefix.address.text);
  return Array.from(byPrefix.values()).flatMap((group) => {
    const removals = group.map(({ wanted, vip, why }) => removeVip(vip, wanted.frontend, why));
    const additions = group.map(({ wanted, why }) => addVip(wanted, profile, why));
    const isOtherEncap = group.some(({ wanted, vip }) => wanted.encap !== vip.encap);
    return isOtherEncap
      ? [...removals, ...additions].flat()
      : removals.flatMap((removal, index) => [...removal, ...additions[index] ?? []]);
  });
}

/**
 * Touches the VIP of one frontend, and deletes none. So a VIP that has to be made anew is changed
 * as far as that goes in place, and one that VPP would refuse beside another is left out, both
 * until the next plan for everything.
 */
function planOne(input: PlanInput, frontend: string): readonly Action[] {
  const { desired, observed, profile } = input;
  const wanted = desired.find((vip) => vip.frontend === frontend);
  if (wanted === undefined) return [];
  const name = vipKeyText(wanted);
  const vip = observed.find((vip) => vipKeyText(vip) === name);
  if (isPostponed(wanted, vip, observed)) return [];
  return vip === undefined ? addVip(wanted, profile, notThere) : changeVip(wanted, vip, input);
}

/**
 * Whether nothing can be done to a VIP, as it is in VPP, before the next plan for everything: VPP would
 * refuse its ASes, or the VIP itself beside another.
 */
export function isPostponed(
  wanted: DesiredVip,
  vip: Vip | undefined,
  observed: readonly Vip[],
): boolean {
  return vip === undefined
    ? observed.some((other) => excludes(other, wanted))
    : vip.encap !== wanted.encap;
}

/** Whether VPP refuses a VIP because of another: that of all ports, or of another encapsulation. */
function excludes(other: Vip, wanted: DesiredVip): boolean {
  const { address, length } = other.prefix;
  if (address.text !== wanted.prefix.address.text || length !== wanted.prefix.length) return false;
  return other.port === 0 || wanted.port === 0 || other.encap !== wanted.encap;
}
