/**
 * Which acts of an operator a backend refuses.
 *
 * @module
 */

import type { BackendState, OperatorAct } from "./transition.ts";

/** Why an operator's act was refused, with a message that says what to do. */
export interface Refusal {
  readonly code: "failed-precondition" | "not-found" | "invalid-argument";
  readonly message: string;
}

/** Why the backend cannot take this act in its state, or undefined if it can. */
export function refusal(
  act: OperatorAct,
  { name, state }: { readonly name: string; readonly state: BackendState },
): Refusal | undefined {
  const backend = `backend "${name}" is`;
  if (state === "removed") {
    const message = `${backend} no longer in the configuration; add it there and reload`;
    return { code: "not-found", message };
  }
  if (act === "pause" && state === "disabled") {
    return { code: "failed-precondition", message: `${backend} disabled; enable it first` };
  }
  if (act === "resume" && state !== "paused") {
    const instead = state === "disabled" ? "enable it instead" : "there is nothing to resume";
    return { code: "failed-precondition", message: `${backend} ${state}, not paused; ${instead}` };
  }
  return undefined;
}
