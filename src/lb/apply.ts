/**
 * Carries out a plan.
 *
 * VPP handles in order what a client sends, and an answer takes its time: so actions are sent
 * without waiting for those before them, except where that would do harm if one of them failed.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import type { Logger } from "../log.ts";
import { type LbClient, LbError } from "../vpp/lb/mod.ts";
import { type Action, type ActionCounts, countActions } from "./action.ts";
import { runsOf } from "./apply_order.ts";
import { logAction, logRefusal } from "./log_action.ts";

/** What {@link applyPlan} needs besides VPP and the plan. */
export interface ApplyOptions {
  readonly log: Logger;
  /** The level at which what was done is logged. Refusals are errors in any case. */
  readonly level: "debug" | "info";
  readonly clock: Pick<Clock, "monotonic">;
}

/** What became of a plan. */
export interface ApplyResult {
  /** What VPP did, and how many actions it refused. */
  readonly counts: ActionCounts & { readonly failed: number };
  /** One for each VIP that VPP refused something of: these have to be looked at again. */
  readonly failures: readonly ApplyFailure[];
  readonly durationMs: number;
}

/** The first action of a VIP that VPP refused. Those after it were not done, or failed as well. */
export interface ApplyFailure {
  readonly action: Action;
  readonly error: LbError;
}

/**
 * As many VIPs are worked on at a time. Each has an action in flight at least, so that VPP always
 * has something to do; and even if all have a thousand ASes, the queue stays within its limit.
 */
const lanes = 64;

/**
 * Carries out the actions in their order. Where VPP refuses one, the other VIPs go on, and what is
 * left of its own is not sent.
 *
 * @throws {ApiError} VPP did not answer. Nothing more is sent then, and what was sent may be done.
 */
export async function applyPlan(
  lb: LbClient,
  actions: readonly Action[],
  { log, level, clock }: ApplyOptions,
): Promise<ApplyResult> {
  const startMs = clock.monotonic();
  const done: Action[] = [];
  const failures = new Map<string, ApplyFailure>();
  const lost = new AbortController();
  let failed = 0;

  const refused = (vip: string, action: Action, error: LbError) => {
    failed++;
    // What fails after it most likely fails because of it.
    if (failures.has(vip)) return;
    failures.set(vip, { action, error });
    logRefusal(log, action, error);
  };
  const perform = async (vip: string, action: Action) => {
    try {
      await send(lb, action);
      done.push(action);
      logAction(log, level, action);
    } catch (error) {
      if (error instanceof LbError) refused(vip, action, error);
      else lost.abort(error);
    }
  };
  const runs = runsOf(actions);
  const work = async () => {
    for (const { vip, batches } of runs) {
      for (const batch of batches) {
        if (lost.signal.aborted || failures.has(vip)) break;
        await Promise.all(batch.map((action) => perform(vip, action)));
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
  lost.signal.throwIfAborted();
  return {
    counts: { ...countActions(done), failed },
    failures: Array.from(failures.values()),
    durationMs: clock.monotonic() - startMs,
  };
}

function send(lb: LbClient, action: Action): Promise<void> {
  const { key } = action;
  switch (action.kind) {
    case "vip-add":
      return lb.addVip(action.vip);
    case "vip-del":
      return lb.deleteVip(key);
    case "as-add":
      return lb.addAs(key, action.address, action.weight);
    case "as-del":
      return lb.deleteAs(key, action.address, { flush: action.flush });
    case "as-weight":
      return lb.setWeight(key, action.address, action.to, { flush: action.flush });
  }
}
