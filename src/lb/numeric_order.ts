/**
 * The one order of addresses and VIPs, by their numbers, so that every daemon writes to VPP in the
 * same order.
 *
 * @module
 */

import { type Address, addressBytes } from "../config/mod.ts";
import type { VipKey } from "../vpp/lb/mod.ts";

/** The items in the order of these texts, each of which is made once. */
export function sortedBy<T>(items: Iterable<T>, orderOf: (item: T) => string): T[] {
  const ordered = Array.from(items, (item) => ({ item, order: orderOf(item) }));
  ordered.sort((a, b) => a.order < b.order ? -1 : a.order > b.order ? 1 : 0);
  return ordered.map(({ item }) => item);
}

/** A text that sorts as the number does, IPv4 before IPv6. */
export function addressOrder(address: Address): string {
  return address.family + addressBytes(address).toHex();
}

const protocolNumbers: Readonly<Record<string, number>> = { tcp: 6, udp: 17, any: 255 };

/** A text that sorts by address, then by length of the prefix, number of the protocol, and port. */
export function vipOrder({ prefix, protocol, port }: VipKey): string {
  const number = typeof protocol === "number" ? protocol : protocolNumbers[protocol] ?? 0;
  const rest = prefix.length << 8 | number;
  return addressOrder(prefix.address) + hex(rest) + hex(port);
}

const hex = (number: number) => number.toString(16).padStart(4, "0");
