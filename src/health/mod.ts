/**
 * The health of backends and what follows from it: states, pools, weights, explanations.
 *
 * All of it is pure: functions from values to values that know no clock, timer, socket, random
 * number or log. The checker feeds in the results of probes and the acts of operators, and carries
 * out what is decided here.
 *
 * @module
 */

export { describeAge } from "./age.ts";
export {
  type BackendHealth,
  type BackendRules,
  counterRules,
  createBackend,
  type HealthEvent,
  isProbed,
  isServing,
  type Override,
  type Step,
  step,
} from "./backend.ts";
export { type CounterRules, maximum } from "./counter.ts";
export { describeReason } from "./describe_reason.ts";
export {
  explain,
  type ExplainInput,
  type Installed,
  type InstalledReason,
  type PoolReason,
  type Reason,
  type WeightReason,
} from "./explain.ts";
export { type FrontendState, frontendState, type FrontendTransition } from "./frontend.ts";
export { remember } from "./history.ts";
export { chooseInterval, type Intervals } from "./interval.ts";
export {
  activePool,
  effectiveWeights,
  type FrontendPools,
  type MemberWeight,
  type Pool,
  type PoolMember,
  type PoolWeights,
  type Serves,
  type StateOf,
} from "./pools.ts";
export type { Refusal } from "./refusal.ts";
export { type Phases, type ProbeCode, probeCodes, type ProbeResult } from "./result.ts";
export type { BackendState, Cause, OperatorAct, Transition } from "./transition.ts";
export {
  applyWeights,
  overrideWeight,
  survivingWeights,
  weightInFile,
  type WeightOverride,
  type WeightPlace,
} from "./weight_override.ts";
