/**
 * A VPP, for people.
 *
 * @module
 */
import { formatDuration } from "../../config/duration.ts";
import { describeAge } from "../../health/age.ts";
import type { Reader } from "../asking.ts";
import type { VppInfoData } from "../commands/show_vpp_info.ts";
import { formatTable } from "./table.ts";

/** The lines that tell of a VPP. */
export function vppInfoLines(info: VppInfoData, { style, now }: Reader): readonly string[] {
  const since = (time: string | null) =>
    time === null ? "-" : `${time}  (${describeAge(now - Date.parse(time))} ago)`;
  const { notRespondingSince } = info;
  const silence = notRespondingSince === null ? [] : [since(notRespondingSince)];
  const rows: [string, string][] = [
    ["version", info.version],
    ["build-date", info.buildDate],
    ["build-directory", info.buildDirectory],
    ["pid", String(info.pid)],
    ["boot-time", since(info.bootTime)],
    ["connected-since", since(info.connectedSince)],
    ...silence.map((text): [string, string] => ["not-responding-since", style.bad(text)]),
    ["profile", info.profile ?? style.bad("none: its load balancer cannot be driven")],
    ["warm-up", warmUpText(info)],
    ...info.missing.map((text): [string, string] => ["missing", style.bad(text)]),
  ];
  return formatTable(rows, ["left", "left"]);
}

function warmUpText({ warmUp: { phase, leftSeconds } }: VppInfoData): string {
  if (leftSeconds === 0) return phase;
  // A tenth of a second is as exact as anybody waits.
  return `${phase}, over in ${formatDuration(Math.round(leftSeconds * 10) * 1e8)} at the latest`;
}
