/**
 * A plan, for people.
 *
 * @module
 */
import type { Reader } from "../asking.ts";
import type {
  ActionData,
  ImpactData,
  SettingData,
  VppLbPlanData,
} from "../commands/show_vpp_lb_plan.ts";
import { apart } from "./section.ts";
import { sourceText } from "./source_text.ts";
import type { Style } from "./style.ts";
import { formatTable } from "./table.ts";
import { vipName } from "./vip_name.ts";

/** The settings, the actions in their order, and the share of each VIP's buckets that they move. */
export function vppLbPlanLines(
  { settings, actions, impacts }: VppLbPlanData,
  { style }: Reader,
): readonly string[] {
  const lines = apart([
    settingTable(settings, style),
    actionTable(actions, style),
    impactTable(impacts, style),
  ]);
  return lines.length > 0 ? lines : [style.good("nothing to do: VPP is what it should be")];
}

function settingTable(settings: readonly SettingData[], style: Style): string[] {
  if (settings.length === 0) return [];
  const head = ["setting", "VPP has", "wanted", "effect"].map(style.bold);
  const rows = settings.map(({ name, from, to, effect }) => [
    ...[name, from === null ? "unknown" : sourceText(from), to, effect],
  ]);
  return formatTable([head, ...rows], ["left", "left", "left", "left"]);
}

function actionTable(actions: readonly ActionData[], style: Style): string[] {
  if (actions.length === 0) return [];
  const head = ["action", "frontend", "what", "change", "why"].map(style.bold);
  const rows = actions.map((action) => [
    action.kind,
    action.frontend ?? "-",
    // An AS is called by its frontend and itself, unless nobody wants its VIP.
    action.address === null ? vipName(action) : asText(action, action.address),
    changeText(action),
    action.why,
  ]);
  return formatTable([head, ...rows], ["left", "left", "left", "left", "left"]);
}

function asText(action: ActionData, address: string): string {
  const name = action.backend === null ? address : `${action.backend} ${address}`;
  return action.frontend === null ? `${name} of ${vipName(action)}` : name;
}

function changeText({ fromWeight, toWeight, flush }: ActionData): string {
  const weight = toWeight === null
    ? []
    : [fromWeight === null ? `weight ${toWeight}` : `weight ${fromWeight} to ${toWeight}`];
  return [...weight, ...(flush ? ["flush"] : [])].join(", ");
}

function impactTable(impacts: readonly ImpactData[], style: Style): string[] {
  if (impacts.length === 0) return [];
  const titles = ["frontend", "vip", "buckets", "moved", "needed", "bystanders"];
  const rows = impacts.map((impact) => {
    const { frontend, buckets } = impact;
    const names = [frontend ?? "-", vipName(impact)];
    if (buckets === null) return [...names, "unknown"];
    const { total, moved, needed, bystanders } = buckets;
    const share = (part: number) => `${(100 * part / Math.max(1, total)).toFixed(1)} %`;
    const others = bystanders === 0 ? share(0) : style.warn(share(bystanders));
    return [...names, String(total), share(moved), share(needed), others];
  });
  const sides = ["left", "left", "right", "right", "right", "right"] as const;
  return formatTable([titles.map(style.bold), ...rows], sides);
}
