/**
 * `maglev show vpp lb plan`
 *
 * @module
 */
import {
  methods,
  type PlannedAction,
  type PlannedImpact,
  type PlannedSetting,
} from "../../rpc/maglev_pb.ts";
import { asking, type Slots } from "../asking.ts";
import { exitCodes } from "../command.ts";
import { type NamedVip, namedVip } from "../output/vip_name.ts";
import { vppLbPlanLines } from "../output/vpp_lb_plan_text.ts";
import type { Server } from "../server.ts";

/** What a sync would do now. */
export interface VppLbPlanData {
  /** These come first. */
  readonly settings: readonly SettingData[];
  /** In this order. */
  readonly actions: readonly ActionData[];
  readonly impacts: readonly ImpactData[];
}

/** One change of a global setting. */
export interface SettingData {
  readonly name: string;
  /** Null if VPP cannot tell. */
  readonly from: string | null;
  readonly to: string;
  readonly effect: string;
}

/** One change of one VIP. */
export interface ActionData extends NamedVip {
  readonly kind: string;
  /** Null where nobody wants the VIP. */
  readonly frontend: string | null;
  /** That of the AS; null where it is about the VIP. */
  readonly address: string | null;
  readonly backend: string | null;
  readonly fromWeight: number | null;
  readonly toWeight: number | null;
  /** Whether the flows of the AS are forgotten. */
  readonly flush: boolean;
  readonly why: string;
}

/** What becomes of a VIP's new flows. */
export interface ImpactData extends NamedVip {
  readonly frontend: string | null;
  /** Null where that cannot be computed. */
  readonly buckets: {
    readonly total: number;
    readonly moved: number;
    readonly needed: number;
    readonly bystanders: number;
  } | null;
}

/** Shows what a sync would do, of one frontend or of everything. */
export const runShowVppLbPlan = asking({
  ask,
  show: vppLbPlanLines,
  exitCode: (plan) => isEmpty(plan) ? exitCodes.ok : exitCodes.changesPlanned,
});

/** Whether there is nothing to do. */
function isEmpty({ settings, actions }: VppLbPlanData): boolean {
  return settings.length === 0 && actions.length === 0;
}

async function ask(server: Server, slots: Slots): Promise<VppLbPlanData> {
  const [frontendName] = slots.get("frontend") ?? [];
  const request = frontendName === undefined ? {} : { frontendName };
  const { settings, actions, impacts } = await server.call(methods.PlanVPPLBState, request, server);
  return {
    settings: settings.map(settingOf),
    actions: actions.map(actionOf),
    impacts: impacts.map(impactOf),
  };
}

function settingOf({ name, from, to, effect }: PlannedSetting): SettingData {
  return { name, from: from ?? null, to, effect };
}

function actionOf(action: PlannedAction): ActionData {
  const { kind, frontendName, address, backendName, fromWeight, toWeight, flush, why } = action;
  return {
    ...{ kind, frontend: frontendName || null, ...namedVip(action) },
    ...{ address: address || null, backend: backendName || null },
    ...{ fromWeight: fromWeight ?? null, toWeight: toWeight ?? null, flush, why },
  };
}

function impactOf(impact: PlannedImpact): ImpactData {
  const { frontendName, buckets } = impact;
  return { frontend: frontendName || null, ...namedVip(impact), buckets: buckets ?? null };
}
