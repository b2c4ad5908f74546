/**
 * The log's records of what was done to VPP, and of what VPP refused.
 *
 * @module
 */

import type { Attributes, Level, Logger } from "../log.ts";
import { type LbError, vipKeyText } from "../vpp/lb/mod.ts";
import { type Action, describeAction } from "./action.ts";

/** Logs an action that VPP has done. */
export function logAction(log: Logger, level: Level, action: Action): void {
  if (!log.enabled(level)) return;
  // A frontend's VIP is deleted only to be made anew.
  const isRecreation = action.kind === "vip-del" && action.frontend !== null;
  const event = isRecreation ? "vpp-lbsync-vip-recreate" : `vpp-lbsync-${action.kind}`;
  log.log(level, event, { ...placeOf(action), ...detailsOf(action), why: action.why });
}

/** Logs an action that VPP has refused. */
export function logRefusal(log: Logger, action: Action, { code, retval }: LbError): void {
  const attributes = { ...placeOf(action), action: describeAction(action), code, retval };
  log.error("vpp-lbsync-error", attributes);
}

function placeOf({ frontend, key }: Action): Attributes {
  return { frontend: frontend ?? undefined, vip: vipKeyText(key) };
}

function detailsOf(action: Action): Attributes {
  switch (action.kind) {
    case "vip-add": {
      const { encap, srcIpSticky, tableLength } = action.vip;
      return { encap, "src-ip-sticky": srcIpSticky, "flow-table-length": tableLength };
    }
    case "vip-del":
      return {};
    case "as-add":
      return { backend: action.backend, address: action.address.text, weight: action.weight };
    case "as-del":
      return { address: action.address.text, flush: action.flush };
    case "as-weight": {
      const { backend, address, from, to, flush } = action;
      return { backend, address: address.text, from, to, flush };
    }
  }
}
