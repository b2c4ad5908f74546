/**
 * `maglev sync vpp lb state`
 *
 * @module
 */
import { methods } from "../../rpc/maglev_pb.ts";
import { asking, type Slots } from "../asking.ts";
import type { Invocation } from "../command.ts";
import type { clientFlags } from "../command_flags.ts";
import { vppLbSyncLines } from "../output/vpp_lb_sync_text.ts";
import type { Server } from "../server.ts";
import { runShowVppLbPlan } from "./show_vpp_lb_plan.ts";

/** What a sync did. */
export interface VppLbSyncData {
  readonly vipAdded: number;
  readonly vipRemoved: number;
  readonly asAdded: number;
  readonly asRemoved: number;
  readonly asWeightUpdated: number;
  readonly durationSeconds: number;
}

/** Makes VPP what it should be, of one frontend or of everything; or says what that would change. */
export function runSyncVppLbState(
  invocation: Invocation<typeof clientFlags>,
): Promise<number> | number {
  const isDryRun = invocation.slots.has("dry-run");
  return isDryRun ? runShowVppLbPlan(invocation) : runSync(invocation);
}

const runSync = asking({ ask, show: vppLbSyncLines });

async function ask(server: Server, slots: Slots): Promise<VppLbSyncData> {
  const [frontendName] = slots.get("frontend") ?? [];
  const request = frontendName === undefined ? {} : { frontendName };
  const { durationNs, ...counts } = await server.call(methods.SyncVPPLBState, request, server);
  return { ...counts, durationSeconds: Number(durationNs) / 1e9 };
}
