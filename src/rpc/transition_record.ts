/**
 * Transitions as the API shows them.
 *
 * @module
 */

import type { Cause } from "../health/mod.ts";
import type { TransitionRecord } from "./maglev_pb.ts";
import { nanoseconds } from "./nanoseconds.ts";

/** A change of state of a backend or a frontend. Only backends' have a cause. */
export interface StateTransition {
  readonly from: string;
  readonly to: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly cause?: Cause | null;
}

/** Makes the record of a transition. */
export function transitionRecord({ from, to, at, cause }: StateTransition): TransitionRecord {
  return {
    ...{ from, to, atUnixNs: nanoseconds(at) },
    cause: cause?.kind ?? "",
    detail: describeCause(cause ?? null),
  };
}

function describeCause(cause: Cause | null): string {
  switch (cause?.kind) {
    case "probe":
      return `${cause.result.code} ${cause.result.detail}`.trimEnd();
    case "operator":
      return `${cause.act} by ${cause.by}`;
    case "config":
      return cause.change;
    default:
      return "";
  }
}
