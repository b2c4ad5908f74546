/**
 * IP addresses as sockets take them. Here an address is its 4 or 16 bytes in network order.
 *
 * @module
 */

import type { Family } from "../config/mod.ts";
import {
  AF_INET,
  AF_INET6,
  CMSGHDR,
  IN6_PKTINFO,
  IN_PKTINFO,
  IP_PKTINFO,
  IPPROTO_IP,
  IPPROTO_IPV6,
  IPV6_PKTINFO,
  SOCKADDR_IN,
  SOCKADDR_IN6,
} from "./layout.ts";
import { controlLength, type MessagePart, putControl } from "./message.ts";

/** What differs between the families. */
const formats = {
  4: {
    number: AF_INET,
    addressBytes: 4,
    socketAddress: SOCKADDR_IN,
    packetInfo: { ...IN_PKTINFO, level: IPPROTO_IP, type: IP_PKTINFO },
  },
  6: {
    number: AF_INET6,
    addressBytes: 16,
    socketAddress: SOCKADDR_IN6,
    packetInfo: { ...IN6_PKTINFO, level: IPPROTO_IPV6, type: IPV6_PKTINFO },
  },
} as const;

/** The number of a family in C. */
export function familyNumber(family: Family): number {
  return formats[family].number;
}

/** The length of a socket address. */
export function socketAddressLength(family: Family): number {
  return formats[family].socketAddress.bytes;
}

/** The address of a socket that is bound to a port on all addresses. */
export function anyAddress(family: Family, port: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(socketAddressLength(family)));
  const { number, socketAddress } = formats[family];
  view.setUint16(socketAddress.family, number, true);
  view.setUint16(socketAddress.port, port);
  return new Uint8Array(view.buffer);
}

/**
 * Writes a socket address without a port.
 *
 * @throws {RangeError} The address is not one of this family.
 */
export function putSocketAddress(name: MessagePart, family: Family, address: Uint8Array): void {
  const { number, socketAddress } = formats[family];
  name.view.setUint16(socketAddress.family, number, true);
  name.bytes.set(checked(address, family), socketAddress.address);
}

/** The address in a socket address, in bytes of its own. */
export function readAddress({ bytes }: MessagePart, family: Family): Uint8Array {
  const { addressBytes, socketAddress: { address } } = formats[family];
  return bytes.slice(address, address + addressBytes);
}

/** The length of the control message of {@link putSource}. */
export function sourceLength(family: Family): number {
  return controlLength(formats[family].packetInfo.bytes);
}

/**
 * Writes the control message that says from which address a packet is to be sent.
 *
 * @throws {RangeError} The address is not one of this family.
 */
export function putSource(control: MessagePart, family: Family, source: Uint8Array): void {
  const { packetInfo } = formats[family];
  putControl(control, packetInfo, packetInfo.bytes);
  control.bytes.set(checked(source, family), CMSGHDR.data + packetInfo.source);
}

function checked(address: Uint8Array, family: Family): Uint8Array {
  const { addressBytes } = formats[family];
  if (address.length === addressBytes) return address;
  throw new RangeError(`an address of ${address.length} bytes is not one of IPv${family}`);
}
