/**
 * The live set of backends and frontends: what is probed, what is true now, and who is told of it.
 *
 * @module
 */

export type { BackendCounters, ProbeCount, TransitionCount } from "./backend_counters.ts";
export type { Change, ChangeListener } from "./change_listeners.ts";
export {
  type Checker,
  type CheckerCounters,
  type CheckerOptions,
  startChecker,
} from "./checker.ts";
export type {
  ChangeCounts,
  Event,
  EventKind,
  Happening,
  ReloadSummary,
  StateChange,
} from "./event.ts";
export type { EventFilter, EventSubscription } from "./event_subscription.ts";
export { bucketBounds, type Histogram } from "../histogram.ts";
export type { LiveBackend } from "./live_backend.ts";
export type { LiveFrontend } from "./live_frontend.ts";
export { notFound } from "./refusals.ts";
