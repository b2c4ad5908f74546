/**
 * What can be done to VPP's VIPs, as data: a plan is a list of these.
 *
 * @module
 */

import type { Address } from "../config/mod.ts";
import { type NewVip, type VipKey, vipKeyText } from "../vpp/lb/mod.ts";

/** One change of one VIP. */
export type Action = ActionOf & {
  /** The frontend whose VIP it is; null where nobody wants the VIP. */
  readonly frontend: string | null;
  readonly key: VipKey;
  /** One line for people. */
  readonly why: string;
};

type ActionOf =
  | { readonly kind: "vip-add"; readonly vip: NewVip }
  /** Of a frontend's VIP this is the first half of making it anew. */
  | { readonly kind: "vip-del" }
  | {
    readonly kind: "as-add";
    readonly address: Address;
    readonly backend: string;
    readonly weight: number;
  }
  | { readonly kind: "as-del"; readonly address: Address; readonly flush: boolean }
  /** From 0 to 0 it does nothing but forget the flows. */
  | {
    readonly kind: "as-weight";
    readonly address: Address;
    readonly backend: string;
    readonly from: number;
    readonly to: number;
    readonly flush: boolean;
  };

/** How many changes of each kind there are. A VIP that is made anew is removed and added. */
export interface ActionCounts {
  readonly vipAdded: number;
  readonly vipRemoved: number;
  readonly asAdded: number;
  readonly asRemoved: number;
  readonly asWeightUpdated: number;
}

/** Under which name each kind of action is counted. */
const countNames = {
  "vip-add": "vipAdded",
  "vip-del": "vipRemoved",
  "as-add": "asAdded",
  "as-del": "asRemoved",
  "as-weight": "asWeightUpdated",
} as const satisfies Record<Action["kind"], keyof ActionCounts>;

/** Counts actions by kind. */
export function countActions(actions: Iterable<Pick<Action, "kind">>): ActionCounts {
  const counts = { vipAdded: 0, vipRemoved: 0, asAdded: 0, asRemoved: 0, asWeightUpdated: 0 };
  for (const { kind } of actions) counts[countNames[kind]]++;
  return counts;
}

/** One line: `as-weight www 10.0.0.1 100 → 0 flush: web1 is down`. */
export function describeAction(action: Action): string {
  const { kind, frontend, key, why } = action;
  const isOfVip = kind === "vip-add" || kind === "vip-del";
  const names = isOfVip && frontend !== null ? [frontend, vipKeyText(key)] : [
    frontend ?? vipKeyText(key),
  ];
  return `${[kind, ...names, ...wordsOf(action)].join(" ")}: ${why}`;
}

function wordsOf(action: Action): readonly (string | number)[] {
  const flush = "flush" in action && action.flush ? ["flush"] : [];
  switch (action.kind) {
    case "vip-add": {
      const { encap, tableLength, srcIpSticky } = action.vip;
      return [encap, tableLength, ...(srcIpSticky ? ["src-ip-sticky"] : [])];
    }
    case "vip-del":
      return [];
    case "as-add":
      return [action.address.text, action.weight];
    case "as-del":
      return [action.address.text, ...flush];
    case "as-weight":
      return [action.address.text, action.from, "→", action.to, ...flush];
  }
}
