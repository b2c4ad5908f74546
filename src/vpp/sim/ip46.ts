/**
 * Addresses and prefixes as VPP's lb plugin holds them: 16 bytes for either family, IPv4 in the last
 * four after zeros, and the bits of a prefix counted over all 128.
 *
 * Quirk: the family is not stored but told from the zeros, so that `::192.0.2.1` is an IPv4 address
 * to VPP.
 *
 * @module
 */

import { type Address, addressIn16Bytes, parseAddress } from "../../config/address.ts";

/** An address of either family, as 32 hexadecimal digits. */
export type Ip46 = string;

/** A prefix of either family; `length` counts from 96 for IPv4. */
export interface Ip46Prefix {
  readonly address: Ip46;
  readonly length: number;
}

const ip4Zeros = "0".repeat(24);

/** The address as VPP holds it. */
export function toIp46(address: Address): Ip46 {
  return addressIn16Bytes(address).toHex();
}

/** The address that VPP tells its clients. */
export function fromIp46(address: Ip46): Address {
  const text = isIp4(address) ? dottedQuad(address) : groupsOf(address).join(":");
  const parsed = parseAddress(text);
  if ("problem" in parsed) throw new Error(`${text}: ${parsed.problem}`);
  return parsed.value;
}

/** Whether VPP takes it for an IPv4 address. */
export function isIp4(address: Ip46): boolean {
  return address.startsWith(ip4Zeros);
}

/** Whether VPP takes it for an IPv4 prefix. */
export function isIp4Prefix({ address, length }: Ip46Prefix): boolean {
  return length >= 96 && isIp4(address);
}

/** The prefix without the bits beyond its length. */
export function canonical({ address, length }: Ip46Prefix): Ip46Prefix {
  const beyond = BigInt(Math.max(0, 128 - length));
  const bits = BigInt(`0x${address}`) >> beyond << beyond;
  return { address: bits.toString(16).padStart(32, "0"), length };
}

/** Whether two prefixes are the same, both being canonical. */
export function isSamePrefix(a: Ip46Prefix, b: Ip46Prefix): boolean {
  return a.length === b.length && a.address === b.address;
}

/** The address as VPP prints it. */
export function formatIp46(address: Ip46): string {
  return isIp4(address) ? dottedQuad(address) : formatIp6(address);
}

/** The prefix as VPP prints it. */
export function formatIp46Prefix(prefix: Ip46Prefix): string {
  const { address, length } = prefix;
  if (isIp4Prefix(prefix)) return `${dottedQuad(address)}/${length - 96}`;
  return `${formatIp6(address)}/${length}`;
}

/** The address as VPP prints one that is of IPv6 for sure: unlike RFC 5952, without dots in those that contain IPv4. */
export function formatIp6(address: Ip46): string {
  const groups = groupsOf(address);
  const parsed = parseAddress(groups.join(":"));
  if ("problem" in parsed) throw new Error(`${address}: ${parsed.problem}`);
  const { text } = parsed.value;
  return text.includes(".") ? `::${groups.slice(5).join(":")}` : text;
}

function dottedQuad(address: Ip46): string {
  return Uint8Array.fromHex(address.slice(24)).join(".");
}

function groupsOf(address: Ip46): string[] {
  const groups: string[] = [];
  for (let at = 0; at < 32; at += 4) {
    groups.push(parseInt(address.slice(at, at + 4), 16).toString(16));
  }
  return groups;
}
