/**
 * How the simulated VPP gets rid of deleted ASes and VIPs.
 *
 * @module
 */

import type { LbPlugin, Vip } from "./lb_plugin.ts";

/** A VIP is looked at once in so many seconds at most; also how often VPP's own timer runs. */
export const garbageSeconds = 60;

/** An AS stays for so many seconds at least, as workers may still be about to use it. */
const restSeconds = 10;

/**
 * Removes the ASes of one VIP that were deleted long enough ago, if no flow refers to them any
 * more. Part of each change of the VIP's ASes, in VPP as here.
 */
export function collectVipGarbage(lb: LbPlugin, vip: Vip): void {
  const now = lb.seconds();
  if (now < vip.lastGarbageCollection + garbageSeconds) return;
  vip.lastGarbageCollection = now;
  for (const [place, as] of vip.ases.entries()) {
    const isAtRest = now >= as.lastUsed + restSeconds;
    if (as.isUsed || !isAtRest || lb.flows.countOf(as.index) > 0) continue;
    lb.fib.untrack(as.route.prefix);
    vip.ases.remove(place);
    lb.ases.remove(as.index);
  }
}

/** Looks at all VIPs, and removes those that were deleted and have no AS left. */
export function collectGarbage(lb: LbPlugin): void {
  for (const vip of lb.vips) {
    collectVipGarbage(lb, vip);
    if (!vip.isUsed && vip.ases.size === 0) lb.vips.remove(vip.index);
  }
}
