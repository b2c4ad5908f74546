/**
 * What the tests of this room share: single values through their types, and random values.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Random } from "../../../tests/seeded.ts";
import { type Address, parseAddress } from "../../config/address.ts";
import { address, ip4Address, ip6Address, prefix } from "./addresses.ts";
import { Reader, Writer } from "./cursor.ts";
import { bool, f64, hostOrderU16, hostOrderU32, i32, u16, u32, u64, u8 } from "./scalars.ts";
import { WireError, type WireErrorCode } from "./wire_error.ts";
import type { WireType } from "./wire_type.ts";

/** The bytes of a value, in hex. */
export function written<T>(type: WireType<T>, value: T): string {
  const writer = new Writer(type.size);
  type.write(writer, value);
  return writer.finish().toHex();
}

/** The value of some bytes, which must be all that it takes. */
export function read<T>(type: WireType<T>, hex: string): T {
  const reader = new Reader(Uint8Array.fromHex(hex));
  const value = type.read(reader);
  assert.throws(() => reader.advance(1), WireError, "bytes are left");
  return value;
}

/** Checks that a {@link WireError} with this code and message is thrown. */
export function assertWireError(action: () => void, code: WireErrorCode, message: string): void {
  assert.throws(action, { name: "WireError", code, message });
}

/** The address with this text. */
export function addressOf(text: string): Address {
  const parsed = parseAddress(text);
  assert("value" in parsed);
  return parsed.value;
}

/** A random value of the type, one that is the same after a round trip. */
export function randomValue(random: Random, type: WireType<unknown>): unknown {
  const { parts } = type;
  switch (parts.kind) {
    case "struct":
      return Object.fromEntries(
        parts.members.filter(({ counts }) => counts === null)
          .map(({ name, type }) => [name, randomValue(random, type)]),
      );
    case "items": {
      const length = parts.length ?? random.pick([0, 1, 2, random.int(0, 200)]);
      return Array.from({ length }, () => randomValue(random, parts.item));
    }
    case "enumeration": {
      const numbers = [...parts.words.values()];
      const other = randomInt(random, 0, 256 ** type.size - 1);
      return random.chance() && !numbers.includes(other)
        ? other
        : random.pick([...parts.words.keys()]);
    }
    case "leaf":
      return randomLeaf(random, type);
  }
}

/** Types are told apart by how they read, which stays the same under another name. */
const leaves = new Map<unknown, (random: Random) => unknown>([
  [u8.read, (random) => randomInt(random, 0, 0xff)],
  [u16.read, (random) => randomInt(random, 0, 0xffff)],
  [u32.read, (random) => randomInt(random, 0, 0xffffffff)],
  [i32.read, (random) => randomInt(random, -0x80000000, 0x7fffffff)],
  [hostOrderU16.read, (random) => randomInt(random, 0, 0xffff)],
  [hostOrderU32.read, (random) => randomInt(random, 0, 0xffffffff)],
  [u64.read, (random) => BigInt.asUintN(64, BigInt(randomInt(random, -9, 0xffffffff)) ** 3n)],
  [f64.read, (random) => (random.next() - 0.5) * 10 ** random.int(-300, 300)],
  [bool.read, (random) => random.chance()],
  [ip4Address.read, (random) => randomAddress(random, 4)],
  [ip6Address.read, (random) => randomAddress(random, 6)],
  [address.read, (random) => randomAddress(random, random.pick([4, 6]))],
  [prefix.read, (random) => ({
    address: randomAddress(random, random.pick([4, 6])),
    length: randomInt(random, 0, 0xff),
  })],
]);

function randomLeaf(random: Random, { api, dimension, size, read }: WireType<unknown>): unknown {
  const leaf = leaves.get(read);
  if (leaf !== undefined) return leaf(random);
  if (api !== "string") return Uint8Array.from({ length: size }, () => random.int(0, 255));
  return randomText(random, dimension === "[]" ? 300 : size - 1);
}

/** Any number of the range, the ends more often than others. */
function randomInt(random: Random, min: number, max: number): number {
  return random.pick([min, max, random.int(min, max)]);
}

function randomAddress(random: Random, family: 4 | 6): Address {
  if (family === 4) {
    return addressOf(Array.from({ length: 4 }, () => randomInt(random, 0, 255)).join("."));
  }
  const group = () => random.pick([0, 0, 0xffff, random.int(0, 0xffff)]).toString(16);
  return addressOf(Array.from({ length: 8 }, group).join(":"));
}

/** A text that takes no more bytes than given. */
function randomText(random: Random, maxBytes: number): string {
  const characters = ["a", " ", "\n", "é", "\ufeff", "\u{1f600}", "Z", '"'];
  let text = "";
  for (let count = random.int(0, maxBytes); count > 0; count--) text += random.pick(characters);
  while (new TextEncoder().encode(text).length > maxBytes) text = [...text].slice(0, -1).join("");
  return text;
}
