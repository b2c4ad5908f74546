/**
 * What a plan does to new flows: how many buckets of each VIP go to another AS, and how many of
 * them only because of how VPP builds tables.
 *
 * @module
 */

import { addressIn16Bytes } from "../config/mod.ts";
import { type As, type Profile, type Vip, type VipKey, vipKeyText } from "../vpp/lb/mod.ts";
import type { Action } from "./action.ts";
import { type MovedBuckets, movedBuckets, type OwnedTable } from "./moved_buckets.ts";
import { buildTable } from "./table.ts";
import type { TableEntry } from "./table_entries.ts";

/** What a plan does to one VIP that is there afterwards. */
export interface VipImpact {
  readonly frontend: string | null;
  readonly key: VipKey;
  /** Null where VPP has a table that is not one of those that are built here. */
  readonly moved: MovedBuckets | null;
}

/** What {@link planImpact} looks at. */
export interface PlanImpactInput {
  readonly actions: readonly Action[];
  /** What the actions were planned from. */
  readonly observed: readonly Vip[];
  readonly profile: Profile;
}

/**
 * What a plan does to each VIP that it changes, in the plan's order; what it deletes is left out. A
 * VIP that is new, or made anew, begins with an empty table.
 *
 * Each VIP costs two tables, of a millisecond or more if they are long, so they are built one by
 * one as the caller asks for them.
 */
export function* planImpact(
  { actions, observed, profile }: PlanImpactInput,
): Generator<VipImpact, void> {
  const vips = new Map(observed.map((vip) => [vipKeyText(vip), vip]));
  for (const [name, group] of Map.groupBy(actions, ({ key }) => vipKeyText(key))) {
    const added = group.find((action) => action.kind === "vip-add");
    const isDeleted = added === undefined && group.some(({ kind }) => kind === "vip-del");
    const [first] = group;
    const vip = added === undefined ? vips.get(name) : { ...added.vip, ases: [] };
    if (isDeleted || first === undefined || vip === undefined) continue;
    const { frontend, key } = first;
    yield { frontend, key, moved: movedBy(group, vip, profile) };
  }
}

type Member = Pick<As, "address" | "weight">;

function movedBy(
  actions: readonly Action[],
  { ases, tableLength }: { readonly ases: readonly Member[]; readonly tableLength: number },
  profile: Profile,
): MovedBuckets | null {
  const members = new Map<string, Member>(ases.map((as) => [as.address.text, as]));
  try {
    const before = tableOf(members.values(), tableLength, profile);
    for (const action of actions) change(members, action);
    return movedBuckets(before, tableOf(members.values(), tableLength, profile));
  } catch (error) {
    // Others may have given VPP a longer table, or more ASes.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function change(members: Map<string, Member>, action: Action): void {
  if (action.kind === "vip-add" || action.kind === "vip-del") return;
  const { address } = action;
  if (action.kind === "as-del") members.delete(address.text);
  else members.set(address.text, { address, weight: "to" in action ? action.to : action.weight });
}

function tableOf(members: Iterable<Member>, length: number, profile: Profile): OwnedTable {
  const entries = Array.from(members, ({ address, weight }): TableEntry => ({
    address: addressIn16Bytes(address),
    // Without weights, VPP builds tables as if all of them were 1.
    weight: profile === "classic" ? Math.min(weight, 1) : weight,
  }));
  return { entries, table: buildTable(entries, length) };
}
