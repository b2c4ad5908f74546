/**
 * The states of a backend, and the record of how it came from one to the next.
 *
 * @module
 */

import type { ProbeResult } from "./result.ts";

/**
 * The state of a backend.
 *
 * - `unknown`: probed, without a result yet
 * - `up`, `down`: probed, as the counter says
 * - `paused`: held by an operator; weight 0, its flows drain
 * - `disabled`: taken out by an operator or the file; weight 0, its flows are flushed
 * - `removed`: gone from the file, for good
 */
export type BackendState = "unknown" | "up" | "down" | "paused" | "disabled" | "removed";

/** What an operator can do to a backend. */
export type OperatorAct = "pause" | "resume" | "disable" | "enable";

/** Why a backend changed its state. */
export type Cause =
  | { readonly kind: "probe"; readonly result: ProbeResult }
  | { readonly kind: "operator"; readonly act: OperatorAct; readonly by: string }
  /** `change` says what is new in the file, such as `address changed`. */
  | { readonly kind: "config"; readonly change: string }
  /** The backend is new and has no health check to wait for. */
  | { readonly kind: "start" };

/** One change of a backend's state. */
export interface Transition {
  readonly from: BackendState;
  readonly to: BackendState;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly cause: Cause;
}
