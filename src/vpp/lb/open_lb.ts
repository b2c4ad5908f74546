/**
 * Chooses the way to drive a VPP's lb plugin.
 *
 * @module
 */

import type { ApiCaller } from "../api/mod.ts";
import { lbConf, type TableFinding } from "../wire/mod.ts";
import { classicLb, classicMessages } from "./classic.ts";
import type { LbClient } from "./lb_client.ts";
import { weightedLb, weightedMessages } from "./weighted.ts";

/** The client of the plugin, or what this VPP lacks for there to be one. */
export type OpenedLb =
  | { readonly lb: LbClient }
  | { readonly lb: null; readonly findings: readonly TableFinding[] };

/**
 * Looks at what the VPP has. The releases did not change the layout of a message when they mended what
 * it does, so only the new messages tell the generations apart.
 */
export function openLb(api: ApiCaller): OpenedLb {
  const findings = api.check(weightedMessages);
  if (findings.length === 0) return { lb: weightedLb(api) };
  const isForeign = findings.some(({ kind }) => kind === "other-layout");
  if (!isForeign && api.check([...classicMessages, lbConf]).length === 0) {
    return { lb: classicLb(api) };
  }
  return { lb: null, findings: isNotLoaded(findings) ? [notLoaded] : findings };
}

const ownMessages = weightedMessages.filter(({ name }) => name.startsWith("lb_"));

/** Whether there is nothing of the plugin at all, as where it has no place in VPP's `startup.conf`. */
function isNotLoaded(findings: readonly TableFinding[]): boolean {
  const missing = new Set(
    findings.filter(({ kind }) => kind === "missing").map(({ message }) => message),
  );
  return ownMessages.every(({ name }) => missing.has(name));
}

const notLoaded: TableFinding = {
  kind: "missing",
  message: lbConf.name,
  text: "VPP's lb plugin is not loaded: is lb_plugin.so installed, and enabled in startup.conf?",
};
