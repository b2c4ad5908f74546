/**
 * Names one AS of one VIP, for sets of those whose flows VPP is to forget.
 *
 * @module
 */

import type { Address } from "../config/mod.ts";
import { type VipKey, vipKeyText } from "../vpp/lb/mod.ts";

/** `198.51.100.1/32 tcp 80 10.0.0.1`: the same text for the same AS of the same VIP. */
export function flushKey(vip: VipKey, address: Address): string {
  return `${vipKeyText(vip)} ${address.text}`;
}
