/**
 * IP addresses: read from any form of RFC 4291, always shown in that of RFC 5952.
 *
 * @module
 */
import type { Parsed } from "./parsed.ts";

/** The two address families, by the number that IP gives them. */
export type Family = 4 | 6;

/** An IPv4 or IPv6 address; equal addresses have equal texts. */
export interface Address {
  /** Which of the two families it is of. */
  readonly family: Family;
  /** Its canonical text. */
  readonly text: string;
}

/** Reads an address. A prefix length, a zone and a port are problems, each named. */
export function parseAddress(text: string): Parsed<Address> {
  if (text.includes("/")) return { problem: "a prefix; write the address without its length" };
  if (text.includes("%")) return { problem: "an address with a zone; write it without" };
  const groups = text.includes(":") ? readGroups(text) : null;
  if (groups !== null) return { value: { family: 6, text: formatGroups(groups) } };
  const bytes = readDottedQuad(text);
  if (bytes !== null) return { value: { family: 4, text: bytes.join(".") } };
  return { problem: "not an IP address" };
}

/** The address in network order: 4 bytes or 16. */
export function addressBytes(address: Address): Uint8Array {
  if (address.family === 4) return Uint8Array.from(readDottedQuad(address.text) ?? []);
  return Uint8Array.from((readGroups(address.text) ?? []).flatMap((g) => [g >> 8, g & 0xff]));
}

/** The address in the 16 bytes in which VPP holds either family: IPv4 comes last, after zeros. */
export function addressIn16Bytes(address: Address): Uint8Array {
  const bytes = addressBytes(address);
  const result = new Uint8Array(16);
  result.set(bytes, 16 - bytes.length);
  return result;
}

/** Orders addresses by number, IPv4 before IPv6. */
export function compareAddresses(a: Address, b: Address): number {
  if (a.family !== b.family) return a.family - b.family;
  const right = addressBytes(b);
  for (const [index, byte] of addressBytes(a).entries()) {
    const difference = byte - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether it is 0.0.0.0 or `::`. */
export function isUnspecified(address: Address): boolean {
  return address.text === "0.0.0.0" || address.text === "::";
}

/** Whether it is in 127.0.0.0/8 or is `::1`. */
export function isLoopback(address: Address): boolean {
  return address.family === 4 ? address.text.startsWith("127.") : address.text === "::1";
}

/** Whether it is in 224.0.0.0/4 or ff00::/8. */
export function isMulticast(address: Address): boolean {
  const first = addressBytes(address)[0] ?? 0;
  return address.family === 4 ? first >> 4 === 0xe : first === 0xff;
}

function readDottedQuad(text: string): number[] | null {
  const parts = text.split(".");
  // Leading zeros are refused: some programs read them as octal.
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part))) return null;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : null;
}

/** The eight groups of an IPv6 address, or null where the text is none. */
function readGroups(text: string): number[] | null {
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const [head = "", tail] = halves;
  const before = readHalf(head, tail === undefined);
  const after = tail === undefined ? [] : readHalf(tail, true);
  if (before === null || after === null) return null;
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  return [...before, ...Array<number>(missing).fill(0), ...after];
}

/** The groups on one side of `::`; the last may be a dotted quad, which makes two. */
function readHalf(text: string, isEnd: boolean): number[] | null {
  if (text === "") return [];
  const groups: number[] = [];
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    if (/^[0-9a-fA-F]{1,4}$/.test(part)) {
      groups.push(parseInt(part, 16));
      continue;
    }
    const [a, b, c, d] = (isEnd && index === parts.length - 1 && readDottedQuad(part)) || [];
    if (a === undefined || b === undefined || c === undefined || d === undefined) return null;
    groups.push(a << 8 | b, c << 8 | d);
  }
  return groups;
}

function formatGroups(groups: readonly number[]): string {
  const hex = groups.map((group) => group.toString(16));
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    const [high = 0, low = 0] = groups.slice(6);
    return `::ffff:${[high >> 8, high & 0xff, low >> 8, low & 0xff].join(".")}`;
  }
  // The longest run of two or more zero groups is left out, the first where two are as long.
  let start = 0;
  let length = 1;
  for (let from = 0; from < 8; from++) {
    let to = from;
    while (groups[to] === 0) to++;
    if (to - from > length) [start, length] = [from, to - from];
  }
  if (length < 2) return hex.join(":");
  return `${hex.slice(0, start).join(":")}::${hex.slice(start + length).join(":")}`;
}
