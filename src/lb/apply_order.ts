/**
 * Which actions may be on their way to VPP together, and which have to wait for the ones before
 * them.
 *
 * @module
 */

import { vipKeyText } from "../vpp/lb/mod.ts";
import type { Action } from "./action.ts";

/** Actions of one VIP that follow each other in a plan. */
export interface Run {
  /** What `vipKeyText` calls the VIP. */
  readonly vip: string;
  /** All of a batch are sent at once, when VPP has done all of the batch before. */
  readonly batches: readonly (readonly Action[])[];
}

/** Cuts a plan into runs, in its order, one by one as they are asked for. */
export function* runsOf(actions: Iterable<Action>): Generator<Run, void> {
  let run: { readonly vip: string; readonly batches: Action[][] } | null = null;
  for (const action of actions) {
    const vip = vipKeyText(action.key);
    if (run !== null && run.vip !== vip) {
      yield run;
      run = null;
    }
    run ??= { vip, batches: [] };
    const batch = run.batches.at(-1);
    const last = batch?.at(-1);
    if (batch === undefined || last === undefined || waitsFor(action, last)) {
      run.batches.push([action]);
    } else {
      batch.push(action);
    }
  }
  if (run !== null) yield run;
}

/**
 * Whether an action does harm if the one before it failed: ASes that should replace others have to
 * be there before those go, and what is meant for a new VIP must not reach one that somebody else
 * has made meanwhile. The rest follow at once. At worst they fail as well, as they would have
 * later.
 */
function waitsFor(action: Action, last: Action): boolean {
  if (action.kind === "as-add") return last.kind === "vip-add";
  return takesCapacity(action) && addsCapacity(last);
}

function addsCapacity(action: Action): boolean {
  return action.kind === "as-add" || (action.kind === "as-weight" && action.to > action.from);
}

function takesCapacity(action: Action): boolean {
  return action.kind === "as-del" || (action.kind === "as-weight" && action.to <= action.from);
}
