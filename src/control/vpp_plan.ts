/**
 * The call that tells what a sync would do.
 *
 * @module
 */

import type { Checker } from "../checker/mod.ts";
import { planImpact, type PlanOutcome } from "../lb/mod.ts";
import type * as pb from "../rpc/maglev_pb.ts";
import { plannedAction, plannedImpact, plannedSetting } from "../rpc/planned_action.ts";
import { RpcError } from "../rpc/status.ts";
import type { Profile } from "../vpp/lb/mod.ts";
import type { Handlers } from "./handlers.ts";
import { scopeOf } from "./sync_scope.ts";
import { vppAnswer } from "./patience.ts";
import { answeringVpp, type VppOptions } from "./vpp_of_moment.ts";

/** Plans. */
export function planHandlers(
  options: VppOptions & { readonly checker: Checker },
): Handlers<"PlanVPPLBState"> {
  return {
    PlanVPPLBState: async ({ frontendName }, call) => {
      const scope = scopeOf(options.checker, frontendName);
      const { controller, lb } = answeringVpp(options);
      const outcome = await vppAnswer(controller.plan(scope), call, options);
      if (outcome.kind === "unavailable") throw new RpcError("UNAVAILABLE", outcome.reason);
      return {
        settings: outcome.settings.map(plannedSetting),
        actions: outcome.actions.map(plannedAction),
        impacts: await impactsOf(outcome, { ...options, profile: lb.profile, signal: call.signal }),
      };
    },
  };
}

/** Others have their turn after so long. */
const turnMs = 5;

/** Long tables take a millisecond and more to build, and a plan may be about thousands. */
async function impactsOf(
  { actions, observed }: Extract<PlanOutcome, { readonly kind: "planned" }>,
  { clock, profile, signal }: Pick<VppOptions, "clock"> & {
    readonly profile: Profile;
    readonly signal: AbortSignal;
  },
): Promise<readonly pb.PlannedImpact[]> {
  const impacts: pb.PlannedImpact[] = [];
  let turnEndMs = clock.monotonic() + turnMs;
  for (const impact of planImpact({ actions, observed, profile })) {
    impacts.push(plannedImpact(impact));
    if (clock.monotonic() < turnEndMs) continue;
    await clock.sleep(0, { signal });
    turnEndMs = clock.monotonic() + turnMs;
  }
  return impacts;
}
