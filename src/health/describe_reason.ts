/**
 * The lines that tell an operator why a backend has its weight.
 *
 * Each line stands alone and gives the fact first, then its cause. Words that can be set in the
 * file are spelled as in the file, so that they can be searched for.
 *
 * @module
 */

import { describeAge } from "./age.ts";
import type { Override } from "./backend.ts";
import type { Installed, InstalledReason, PoolReason, Reason, WeightReason } from "./explain.ts";
import type { ProbeResult } from "./result.ts";
import type { BackendState, Cause, OperatorAct } from "./transition.ts";
import type { WeightOverride } from "./weight_override.ts";

/** One plain line about a reason. `now` is in milliseconds since the epoch. */
export function describeReason(reason: Reason, now: number): string {
  switch (reason.kind) {
    case "static":
      return "no health check: up unless paused or disabled";
    case "probes":
      return describeProbes(reason.run);
    case "counter":
      return `counter ${reason.counter} of ${reason.maximum} (up at ${reason.upAt})`;
    case "override":
      return describeOverride(reason.override, now);
    case "state":
      return describeState(reason.state, reason.cause, describeAge(now - reason.since));
    case "unused":
      return "no frontend uses this backend";
    case "pool":
      return `${reason.frontend}: ${describePool(reason)}`;
    case "weight":
      return `${reason.frontend}: ${describeWeight(reason, now)}`;
    case "vpp":
      return `${reason.frontend}: ${describeInstalled(reason)}`;
  }
}

function describeProbes(run: readonly ProbeResult[]): string {
  const last = run.at(-1);
  if (last === undefined) return "no probe has finished since the backend became unknown";
  const verb = last.ok ? "passed" : "failed";
  const found = `${last.code} ${last.detail}`.trimEnd();
  if (run.length === 1) return `last probe ${verb}: ${found}`;
  const alike = run.every(({ code }) => code === last.code);
  return `last ${run.length} probes ${verb}${alike ? ":" : ", the newest with"} ${found}`;
}

const pastTense: Record<OperatorAct, string> = {
  pause: "paused",
  resume: "resumed",
  disable: "disabled",
  enable: "enabled",
};

function describeOverride({ act, by, at }: Override, now: number): string {
  const done = `${pastTense[act]} by ${by} ${describeAge(now - at)} ago`;
  return act === "enable" ? `${done}, although the file says enabled: false` : done;
}

function describeState(state: BackendState, cause: Cause | null, age: string): string {
  if (state === "removed") return `removed from the file ${age} ago`;
  if (state === "disabled") return `disabled for ${age}, the file says enabled: false`;
  return `${state} for ${age}${describeCause(cause)}`;
}

/** Leaves out probes, which have a line of their own, and the start, which explains nothing. */
function describeCause(cause: Cause | null): string {
  switch (cause?.kind) {
    case "operator":
      return `, ${pastTense[cause.act]} by ${cause.by}`;
    case "config":
      return `, after a reload: ${cause.change}`;
    default:
      return "";
  }
}

function describePool({ pool, active, place, up, total }: PoolReason): string {
  const choice = up > 0
    ? `pool "${active}" is active (${up} of ${total} backends up)`
    : `no pool has an up backend; the first, "${active}", counts as active`;
  if (place === "active") return choice;
  if (place === "before") return `${choice}, this backend is in "${pool}", where none is up`;
  return `${choice}, this backend is in "${pool}"${up > 0 ? ": standby" : ""}`;
}

function describeWeight(reason: WeightReason, now: number): string {
  const { pool, state, weight, override, effective, obstacle } = reason;
  const origin = override === null ? "as the file says" : describeSetting(override, now);
  if (obstacle === null) {
    const until = state === "up" ? "" : "; it serves as before until its first probe";
    return `effective weight ${effective}, ${origin}${until}`;
  }
  const fact = obstacle === "state" ? `backend is ${state}` : `pool "${pool}" is not active`;
  const why = `${fact}, ${describeFlows(reason)}`;
  if (weight === 0) return `effective weight 0, ${origin}; ${why}`;
  const asked = override === null ? `${weight}` : `${weight} (${origin})`;
  return `effective weight 0 instead of ${asked}: ${why}`;
}

function describeSetting({ by, at, inFile }: WeightOverride, now: number): string {
  return `set by ${by} ${describeAge(now - at)} ago, the file says ${inFile}`;
}

function describeFlows({ state, flush }: WeightReason): string {
  const flows = flush ? "flows are flushed" : "flows drain";
  return state === "down" ? `${flows} (flush-on-down: ${flush})` : flows;
}

function describeInstalled({ wanted, installed, differs }: InstalledReason): string {
  const found = installed === null ? "VPP does not have this backend" : describeShare(installed);
  return differs ? `${found} — differs, weight ${wanted} is wanted` : found;
}

function describeShare({ weight, buckets, tableLength, flows }: Installed): string {
  const what = weight === null ? "it without a weight" : `weight ${weight}`;
  const percent = Math.round(100 * buckets / tableLength) || "under 1";
  const share = buckets === 0 ? "no buckets" : `${percent} % of the buckets`;
  const left = weight === 0 && flows > 0 ? " left" : "";
  return `VPP has ${what}, ${share}, ${flows} ${flows === 1 ? "flow" : "flows"}${left}`;
}
