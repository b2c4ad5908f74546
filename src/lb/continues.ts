/**
 * How to notice, without asking VPP, that somebody else has changed VIPs.
 *
 * @module
 */

import type { LbTraffic, VipTraffic } from "../vpp/lb/mod.ts";
import type { PacketsAndBytes } from "../vpp/stats/mod.ts";

/**
 * Whether `after`, read at the same indexes as `before`, can be the same counters later. Counters
 * begin at 0 when VPP gives their index to another, and a VIP with an index that none had before
 * makes the pool longer.
 *
 * The segment's epoch is no such sign: it advances with every interface and with many a route, and
 * a VIP for which there is room leaves it as it is.
 */
export function continues(before: LbTraffic, after: LbTraffic): boolean {
  if (after.poolLength !== before.poolLength || after.unmatched < before.unmatched) return false;
  for (const [key, vip] of after.vips) {
    if (isReset(before.vips.get(key), vip)) return false;
  }
  for (const [address, sent] of after.ases) {
    if (isLess(sent, before.ases.get(address))) return false;
  }
  return true;
}

function isReset(before: VipTraffic | undefined, after: VipTraffic): boolean {
  if (before === undefined) return false;
  return after.next < before.next || after.first < before.first ||
    after.untracked < before.untracked || after.noServer < before.noServer ||
    isLess(after.route, before.route);
}

function isLess(after: PacketsAndBytes | null, before: PacketsAndBytes | null = null): boolean {
  if (after === null || before === null) return false;
  return after.packets < before.packets || after.bytes < before.bytes;
}
