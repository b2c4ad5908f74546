/**
 * What a sync did, for people.
 *
 * @module
 */
import { formatDuration } from "../../config/duration.ts";
import type { VppLbSyncData } from "../commands/sync_vpp_lb_state.ts";
import { formatTable } from "./table.ts";

/** The counts, under the names that the log has for them, and how long it took. */
export function vppLbSyncLines(data: VppLbSyncData): readonly string[] {
  return formatTable([
    ["vip-added", String(data.vipAdded)],
    ["vip-removed", String(data.vipRemoved)],
    ["as-added", String(data.asAdded)],
    ["as-removed", String(data.asRemoved)],
    ["as-weight-updated", String(data.asWeightUpdated)],
    ["duration", formatDuration(Math.round(data.durationSeconds * 1e9))],
  ], ["left", "left"]);
}
