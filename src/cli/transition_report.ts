/**
 * Transitions, as commands tell of them.
 *
 * @module
 */
import type { TransitionRecord } from "../rpc/maglev_pb.ts";
import { momentOf } from "./output/timestamp.ts";

/** A change of state. */
export interface TransitionReport {
  readonly from: string;
  readonly to: string;
  readonly at: string;
  /** probe, operator, config or start; null where it is not known, as of frontends. */
  readonly cause: string | null;
  readonly detail: string | null;
}

/** Tells of a transition. */
export function transitionReport(
  { from, to, atUnixNs, cause, detail }: TransitionRecord,
): TransitionReport {
  return { from, to, at: momentOf(atUnixNs), cause: cause || null, detail: detail || null };
}
