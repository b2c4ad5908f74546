/**
 * What VPP's VIPs should be, from the configuration and from what backends should weigh.
 *
 * @module
 */

import type { Address, Frontend } from "../config/mod.ts";
import type { MemberWeight, PoolWeights } from "../health/mod.ts";
import type { NewVip, VipKey } from "../vpp/lb/mod.ts";
import { addressOrder, sortedBy } from "./numeric_order.ts";

/** An AS as it should be. */
export interface DesiredAs {
  readonly backend: string;
  readonly address: Address;
  /** 0 … 100; 0 while it does not serve. */
  readonly weight: number;
  /** Its flows are to be forgotten when its weight goes to 0. */
  readonly flush: boolean;
  /** Why it has this weight, in a few words: `web1 is down`. */
  readonly why: string;
}

/** A VIP as it should be. */
export interface DesiredVip extends NewVip {
  readonly frontend: string;
  /** In the order of their numbers, IPv4 before IPv6. */
  readonly ases: readonly DesiredAs[];
}

/** A frontend, and what the members of its pools should weigh. */
export interface FrontendInput {
  readonly frontend: Frontend;
  readonly weights: readonly PoolWeights[];
}

/**
 * The VIPs that VPP should have, in the order of the frontends. Every backend of every pool is an
 * AS, of weight 0 where it does not serve, so that a failover only changes weights. One in several
 * pools is what it is where it first appears.
 */
export function desiredVips(
  frontends: Iterable<FrontendInput>,
  addressOf: (backend: string) => Address,
): readonly DesiredVip[] {
  return Array.from(frontends, ({ frontend, weights }) => {
    const { name, address, srcIpSticky, flowTableLength } = frontend;
    const ases = weights.flatMap((pool) =>
      pool.members.filter(({ counts }) => counts)
        .map((member) => desiredAs(member, pool, addressOf(member.backend)))
    );
    const family = ases[0]?.address.family ?? address.family;
    return {
      frontend: name,
      ...vipKeyOf(frontend),
      encap: family === 4 ? "gre4" : "gre6",
      srcIpSticky,
      tableLength: flowTableLength,
      ases: sortedBy(ases, ({ address }) => addressOrder(address)),
    };
  });
}

/** What tells the VIP of a frontend from all others. */
export function vipKeyOf({ address, service }: Pick<Frontend, "address" | "service">): VipKey {
  return {
    prefix: { address, length: address.family === 4 ? 32 : 128 },
    protocol: service?.protocol ?? "any",
    port: service?.port ?? 0,
  };
}

function desiredAs(member: MemberWeight, pool: PoolWeights, address: Address): DesiredAs {
  const { backend, effective, flush } = member;
  // VPP does not check weights, and builds distorted tables from those above 100.
  const weight = Math.min(Math.max(effective, 0), 100);
  return { backend, address, weight, flush, why: whyWeight(member, pool) };
}

function whyWeight({ backend, state, weight }: MemberWeight, { isActive }: PoolWeights): string {
  if (state !== "up") return `${backend} is ${state}`;
  if (!isActive) return `${backend} stands by`;
  return weight > 0 ? `${backend} is up` : `${backend} has weight 0`;
}
