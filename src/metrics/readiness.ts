/**
 * Whether the daemon does what it is for.
 *
 * @module
 */

import type { ControllerSource } from "./sources.ts";

/** Why the daemon is not ready, in one line; null if it is. Its configuration is loaded by then. */
export function findUnreadiness(controller: ControllerSource | null): string | null {
  if (controller === null) return null;
  const { vpp, silentSince, warmUp } = controller;
  if (vpp === null) return "not connected to VPP";
  if (vpp.lb === null) {
    return `the lb plugin of this VPP cannot be used: ${vpp.missing.join(", ")}`;
  }
  if (silentSince !== null) return "VPP does not respond";
  if (warmUp.phase === "over") return null;
  return `warm-up: ${warmUp.phase}, over in ${Math.ceil(warmUp.leftMs / 1000)}s at the latest`;
}
