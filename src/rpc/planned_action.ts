/**
 * A plan as the API shows it: its settings, its actions, and what they do to new flows.
 *
 * @module
 */

import type { Address } from "../config/mod.ts";
import type * as pb from "./maglev_pb.ts";
import { type ShownVipKey, vipKey } from "./vpp_messages.ts";

/** One change of one VIP. The controller plans them. */
export type ShownAction =
  & {
    readonly frontend: string | null;
    readonly key: ShownVipKey;
    readonly why: string;
  }
  & (
    | { readonly kind: "vip-add" | "vip-del" }
    | {
      readonly kind: "as-add";
      readonly address: Address;
      readonly backend: string;
      readonly weight: number;
    }
    | { readonly kind: "as-del"; readonly address: Address; readonly flush: boolean }
    | {
      readonly kind: "as-weight";
      readonly address: Address;
      readonly backend: string;
      readonly from: number;
      readonly to: number;
      readonly flush: boolean;
    }
  );

/** Shows an action. */
export function plannedAction(action: ShownAction): pb.PlannedAction {
  const { kind, frontend, key, why } = action;
  const toWeight = kind === "as-add" ? action.weight : kind === "as-weight" ? action.to : undefined;
  return {
    kind,
    frontendName: frontend ?? "",
    ...vipKey(key),
    address: "address" in action ? action.address.text : "",
    backendName: "backend" in action ? action.backend : "",
    ...(kind === "as-weight" ? { fromWeight: action.from } : {}),
    ...(toWeight === undefined ? {} : { toWeight }),
    flush: "flush" in action && action.flush,
    why,
  };
}

/** A setting that is to be another one. The controller finds it. */
export interface ShownSettingChange {
  readonly name: string;
  /** Null where VPP cannot tell. */
  readonly from: string | null;
  readonly to: string;
  readonly effect: string;
}

/** Shows a change of a setting. */
export function plannedSetting({ from, ...change }: ShownSettingChange): pb.PlannedSetting {
  return { ...change, ...(from === null ? {} : { from }) };
}

/** What a plan does to the new flows of a VIP. The controller computes it. */
export interface ShownImpact {
  readonly frontend: string | null;
  readonly key: ShownVipKey;
  /** Null where that cannot be computed. */
  readonly moved: pb.MovedBuckets | null;
}

/** Shows what a plan does to a VIP. */
export function plannedImpact({ frontend, key, moved }: ShownImpact): pb.PlannedImpact {
  return {
    frontendName: frontend ?? "",
    ...vipKey(key),
    ...(moved === null ? {} : { buckets: moved }),
  };
}
