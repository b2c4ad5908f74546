/**
 * Echo requests and replies of ICMP and ICMPv6, byte by byte.
 *
 * Both begin alike: type, code, checksum of 2 bytes, identifier of 2, sequence of 2, then the payload,
 * which comes back as it was sent.
 *
 * @module
 */

import type { Family } from "../config/mod.ts";
import {
  BPF_JEQ_K,
  BPF_LD_B_IND,
  BPF_LD_H_IND,
  BPF_LDX_B_MSH,
  BPF_LDX_IMM,
  BPF_RET_K,
  SOCK_FILTER,
} from "./layout.ts";

const REQUEST: Readonly<Record<Family, number>> = { 4: 8, 6: 128 };
const REPLY: Readonly<Record<Family, number>> = { 4: 0, 6: 129 };

const CHECKSUM = 2;
const IDENTIFIER = 4;
const SEQUENCE = 6;

/** How much comes before the payload. */
export const echoHeaderBytes = 8;

/** The header of IPv4, which comes first in what a raw socket receives. */
const IPV4_HEADER = { shortest: 20, longest: 60 } as const;

/** The longest that may come before the payload in what a socket receives. */
export const longestHeadersBytes = IPV4_HEADER.longest + echoHeaderBytes;

/** What tells one echo from another. */
export interface Echo {
  /** 16 bits: the sender. */
  readonly identifier: number;
  /** 16 bits: the request. */
  readonly sequence: number;
  readonly payload: Uint8Array;
}

/**
 * Writes a request to the beginning of a part of a packet, and returns its length. The kernel fills in
 * the checksum of ICMPv6, because it covers the addresses as well.
 */
export function putEchoRequest(view: DataView, family: Family, echo: Echo): number {
  const { identifier, sequence, payload } = echo;
  const length = echoHeaderBytes + payload.length;
  const bytes = new Uint8Array(view.buffer, view.byteOffset, length);
  view.setUint16(0, REQUEST[family] << 8);
  view.setUint16(CHECKSUM, 0);
  view.setUint16(IDENTIFIER, identifier);
  view.setUint16(SEQUENCE, sequence);
  bytes.set(payload, echoHeaderBytes);
  if (family === 4) view.setUint16(CHECKSUM, internetChecksum(bytes));
  return length;
}

/**
 * Reads the first `length` bytes of what a socket received. Undefined if that is not a reply, or cut
 * short. Raw sockets of IPv4 pass on the header of IP, others do not.
 */
export function readEchoReply(
  view: DataView,
  family: Family,
  { length, withIpHeader }: { readonly length: number; readonly withIpHeader: boolean },
): Echo | undefined {
  const start = withIpHeader && length > 0 ? (view.getUint8(0) & 0xf) * 4 : 0;
  if (withIpHeader && start < IPV4_HEADER.shortest) return undefined;
  if (length < start + echoHeaderBytes) return undefined;
  if (view.getUint16(start) !== REPLY[family] << 8) return undefined;
  const from = view.byteOffset + start + echoHeaderBytes;
  return {
    identifier: view.getUint16(start + IDENTIFIER),
    sequence: view.getUint16(start + SEQUENCE),
    // A copy: the packet's place is used again.
    payload: new Uint8Array(view.buffer.slice(from, view.byteOffset + length)),
  };
}

/** The checksum of RFC 1071: 0 over a packet that has its checksum in place. */
export function internetChecksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let index = 0; index < bytes.length; index += 2) {
    sum += ((bytes[index] ?? 0) << 8) | (bytes[index + 1] ?? 0);
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

/**
 * The program for the kernel that lets through replies with this identifier alone: a raw socket would
 * get a copy of every ICMP packet that the machine receives.
 */
export function echoReplyFilter(family: Family, identifier: number): Uint8Array<ArrayBuffer> {
  const all = 0xffffffff;
  // X becomes the place of the ICMP header, to which the loads that follow are relative.
  const findHeader = family === 4 ? { code: BPF_LDX_B_MSH } : { code: BPF_LDX_IMM };
  return program([
    findHeader,
    { code: BPF_LD_B_IND, value: 0 },
    { code: BPF_JEQ_K, value: REPLY[family], ifFalse: 3 },
    { code: BPF_LD_H_IND, value: IDENTIFIER },
    { code: BPF_JEQ_K, value: identifier, ifFalse: 1 },
    { code: BPF_RET_K, value: all },
    { code: BPF_RET_K, value: 0 },
  ]);
}

/** One instruction; a condition that holds goes on with the next one. */
interface Instruction {
  readonly code: number;
  readonly value?: number;
  /** How many instructions to leave out if the condition does not hold. */
  readonly ifFalse?: number;
}

function program(instructions: readonly Instruction[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(instructions.length * SOCK_FILTER.bytes);
  const view = new DataView(bytes.buffer);
  instructions.forEach(({ code, value = 0, ifFalse = 0 }, index) => {
    const at = index * SOCK_FILTER.bytes;
    view.setUint16(at + SOCK_FILTER.code, code, true);
    view.setUint8(at + SOCK_FILTER.ifFalse, ifFalse);
    view.setUint32(at + SOCK_FILTER.value, value, true);
  });
  return bytes;
}
