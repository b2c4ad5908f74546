/**
 * The calls about VPP, except for the plan.
 *
 * @module
 */

import type { Checker } from "../checker/mod.ts";
import type { SyncOutcome } from "../lb/mod.ts";
import type * as pb from "../rpc/maglev_pb.ts";
import { nanoseconds } from "../rpc/nanoseconds.ts";
import { RpcError } from "../rpc/status.ts";
import { vppInfo, vppLbCounters, vppLbState } from "../rpc/vpp_messages.ts";
import type { Handlers } from "./handlers.ts";
import { scopeOf } from "./sync_scope.ts";
import { vppAnswer } from "./patience.ts";
import { answeringVpp, connectedVpp, drivenVpp, type VppOptions } from "./vpp_of_moment.ts";

/** Shows VPP, and syncs it. */
export function vppHandlers(
  options: VppOptions & { readonly checker: Checker },
): Handlers<"GetVPPInfo" | "GetVPPLBState" | "GetVPPLBCounters" | "SyncVPPLBState"> {
  return {
    GetVPPInfo: () => {
      const { vpp, controller } = connectedVpp(options);
      return vppInfo(vpp, controller);
    },
    GetVPPLBState: async (_, call) => {
      const { vpp, controller, lb } = answeringVpp(options);
      const asked = Promise.all([lb.readSettings(), controller.readLive()]);
      const [settings, vips] = await vppAnswer(asked, call, options);
      if (vips === null) throw new RpcError("UNAVAILABLE", "VPP was lost meanwhile");
      return vppLbState({ settings, vips, bootTimeMs: vpp.info.bootTimeMs });
    },
    GetVPPLBCounters: () => {
      const { counters } = drivenVpp(options).controller;
      if (counters !== null) return vppLbCounters(counters);
      throw new RpcError("UNAVAILABLE", "VPP's counters have not been read yet; try again soon");
    },
    SyncVPPLBState: async ({ frontendName }, call) => {
      const scope = scopeOf(options.checker, frontendName);
      const { controller } = answeringVpp(options);
      const ifLate = "the sync goes on; it has not ended";
      return doneOf(await vppAnswer(controller.sync(scope), call, { ...options, ifLate }));
    },
  };
}

/** So many refusals say enough. */
const shownAtMost = 5;

function doneOf(outcome: SyncOutcome): pb.SyncVPPLBStateResponse {
  switch (outcome.kind) {
    case "unavailable":
      throw new RpcError("UNAVAILABLE", outcome.reason);
    case "warming-up":
      throw new RpcError("FAILED_PRECONDITION", `VPP is not synced yet: ${outcome.reason}`);
    case "done": {
      const { refusals, counts, durationMs } = outcome;
      if (refusals.length > 0) throw new RpcError("ABORTED", refusalText(refusals));
      const { vipAdded, vipRemoved, asAdded, asRemoved, asWeightUpdated } = counts;
      const done = { vipAdded, vipRemoved, asAdded, asRemoved, asWeightUpdated };
      return { ...done, durationNs: nanoseconds(durationMs) };
    }
  }
}

function refusalText(refusals: readonly string[]): string {
  const more = refusals.length - shownAtMost;
  const lines = [...refusals.slice(0, shownAtMost), ...(more > 0 ? [`and ${more} more`] : [])];
  return lines.join("\n");
}
