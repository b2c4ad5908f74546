/**
 * The load balancer's controller: what VPP should be, what to do about it, and doing it.
 *
 * @module
 */

export { type Action, type ActionCounts, countActions, describeAction } from "./action.ts";
export {
  type Controller,
  type ControllerOptions,
  startController,
  type WarmUpReport,
  type Watched,
  type WatchedChange,
} from "./controller.ts";
export type { CountersSnapshot } from "./counters.ts";
export { vipKeyOf } from "./desired.ts";
export type { Scope } from "./plan.ts";
export { planImpact, type VipImpact } from "./plan_impact.ts";
export type { SettingChange } from "./settings.ts";
export type { SyncCounters, SyncCounts, SyncTotals } from "./sync_counters.ts";
export type { PlanOutcome, SyncOutcome } from "./syncer.ts";
export type { VppAccess } from "./vpp_access.ts";
export type { ConnectedVpp, VppAbsence, VppInfo } from "./vpp_link.ts";
