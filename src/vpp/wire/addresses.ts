/**
 * IP addresses and prefixes.
 *
 * @module
 */

import { type Address, addressBytes, parseAddress } from "../../config/address.ts";
import type { Reader, Writer } from "./cursor.ts";
import { u8 } from "./scalars.ts";
import { WireError } from "./wire_error.ts";
import { declaredAs, leaf, type WireType } from "./wire_type.ts";

/**
 * An address and how many of its bits count. Nothing is said of the bits beyond, which may be set,
 * nor is the length bound by the family: releases up to 26.06 count the bits of an IPv4 prefix from 96.
 */
export interface Prefix {
  readonly address: Address;
  readonly length: number;
}

/** An IPv4 address, bare. */
export const ip4Address: WireType<Address> = {
  api: "vl_api_ip4_address_t",
  dimension: "",
  size: 4,
  parts: leaf,
  write: (writer, value) => writeBytes(writer, value, 4),
  read: readIp4,
  plain: ({ text }) => text,
};

/** An IPv6 address, bare. */
export const ip6Address: WireType<Address> = {
  api: "vl_api_ip6_address_t",
  dimension: "",
  size: 16,
  parts: leaf,
  write: (writer, value) => writeBytes(writer, value, 16),
  read: readIp6,
  plain: ({ text }) => text,
};

/** An address of either family: the family, then 16 bytes, of which IPv4 takes the first four. */
export const address: WireType<Address> = {
  api: "vl_api_address_t",
  dimension: "",
  size: 17,
  parts: leaf,
  write(writer, value) {
    const isIp6 = value.family === 6;
    writer.view.setUint8(writer.advance(1), isIp6 ? 1 : 0);
    writeBytes(writer, value, isIp6 ? 16 : 4);
    writer.advance(isIp6 ? 0 : 12);
  },
  read(reader) {
    const family = reader.view.getUint8(reader.advance(1));
    if (family === 1) return readIp6(reader);
    if (family !== 0) throw new WireError("bad-value", `${family} is no address family`);
    const value = readIp4(reader);
    reader.advance(12);
    return value;
  },
  plain: ({ text }) => text,
};

/** An address and a prefix length. */
export const prefix: WireType<Prefix> = {
  api: "vl_api_prefix_t",
  dimension: "",
  size: 18,
  parts: leaf,
  write(writer, value) {
    address.write(writer, value.address);
    u8.write(writer, value.length);
  },
  read: (reader) => ({ address: address.read(reader), length: u8.read(reader) }),
  plain: ({ address, length }) => `${address.text}/${length}`,
};

/** The same as a {@link prefix}, under the name that says that the bits beyond may matter. */
export const addressWithPrefix = declaredAs("vl_api_address_with_prefix_t", prefix);

/** The bytes of addresses written before: every sync writes the same ones again. */
const knownBytes = new WeakMap<Address, Uint8Array>();

function writeBytes(writer: Writer, address: Address, size: number): void {
  let bytes = knownBytes.get(address);
  if (bytes === undefined) {
    bytes = addressBytes(address);
    knownBytes.set(address, bytes);
  }
  if (bytes.length !== size) {
    throw new WireError("bad-value", `${address.text} is no IPv${size === 4 ? 4 : 6} address`);
  }
  writer.bytes.set(bytes, writer.advance(size));
}

function readIp4(reader: Reader): Address {
  const at = reader.advance(4);
  const { bytes } = reader;
  return { family: 4, text: `${bytes[at]}.${bytes[at + 1]}.${bytes[at + 2]}.${bytes[at + 3]}` };
}

function readIp6(reader: Reader): Address {
  const from = reader.advance(16);
  const groups: string[] = [];
  for (let at = from; at < from + 16; at += 2) groups.push(reader.view.getUint16(at).toString(16));
  const parsed = parseAddress(groups.join(":"));
  if ("problem" in parsed) {
    throw new WireError("bad-value", `${groups.join(":")}: ${parsed.problem}`);
  }
  return parsed.value;
}
