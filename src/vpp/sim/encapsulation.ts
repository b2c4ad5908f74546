/**
 * How VIPs hand packets on to their ASes.
 *
 * @module
 */

import type { Vip, VipType } from "./lb_plugin.ts";

/** The type of a VIP by the family of its prefix and the number of the encapsulation. */
export const typeByEncap: { readonly [family in 4 | 6]: readonly (VipType | undefined)[] } = {
  4: ["ip4-gre4", "ip4-gre6", "ip4-l3dsr", "ip4-nat4"],
  6: ["ip6-gre4", "ip6-gre6", undefined, undefined, "ip6-nat6"],
};

/** What a VIP keeps besides its type: nothing, unless the type has a use for it. */
export function encapFields(
  type: VipType,
  { dscp, service, targetPort }: EncapValues,
): Partial<Pick<Vip, "encapByte" | "targetPort">> {
  if (type === "ip4-l3dsr") return { encapByte: dscp };
  return /nat/.test(type) ? { encapByte: service, targetPort } : {};
}

/** What may be given with an encapsulation. */
export interface EncapValues {
  readonly dscp: number;
  readonly service: number;
  readonly targetPort: number;
}

/**
 * How many bytes the encapsulation adds to a packet: an outer IPv4 or IPv6 header, and 4 bytes of GRE.
 * The other encapsulations rewrite packets instead.
 */
export function encapsulationBytes({ type }: Pick<Vip, "type">): number {
  if (type.endsWith("gre4")) return 20 + 4;
  return type.endsWith("gre6") ? 40 + 4 : 0;
}
