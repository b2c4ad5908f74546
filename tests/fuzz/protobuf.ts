/**
 * Messages of the control API, of both directions.
 *
 * @module
 */

import assert from "node:assert/strict";
import * as health from "../../src/rpc/health_pb.ts";
import * as maglev from "../../src/rpc/maglev_pb.ts";
import * as reflectionV1 from "../../src/rpc/reflection_v1_pb.ts";
import * as reflectionV1alpha from "../../src/rpc/reflection_v1alpha_pb.ts";
import { type FieldType, type MessageType, ProtobufError } from "../../src/rpc/wire.ts";
import type { Random } from "../seeded.ts";
import { bytesOf, type FuzzTarget, orError } from "./target.ts";

const types: readonly MessageType<unknown>[] = [maglev, health, reflectionV1, reflectionV1alpha]
  .flatMap((file): unknown[] => Object.values(file))
  .filter((each): each is MessageType<unknown> =>
    typeof each === "object" && each !== null && "decode" in each
  );

function varint(value: bigint): number[] {
  const bytes: number[] = [];
  for (let rest = BigInt.asUintN(64, value); bytes.length === 0 || rest > 0n; rest >>= 7n) {
    bytes.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0));
  }
  return bytes;
}

const numbers = [0n, 1n, -1n, 127n, 128n, 2n ** 31n, 2n ** 32n, 2n ** 63n, 2n ** 64n - 1n];
const texts = ["", "web1", "é😀", "\0", "\ufeffa", "x".repeat(300)];

/** A value as a field's type has it on the wire. */
function value(random: Random, { type, label }: FieldType): number[] {
  const delimited = (bytes: Iterable<number>) => {
    const content = [...bytes];
    return [...varint(BigInt(content.length)), ...content];
  };
  if (typeof type !== "string") return delimited(fields(random, type));
  if (type === "string") return delimited(bytesOf(random.pick(texts)));
  if (type === "bytes") return delimited(bytesOf(random.pick(texts)));
  if (label !== "repeated" || random.chance()) return varint(random.pick(numbers));
  return delimited(
    Array.from({ length: random.int(0, 4) }, () => varint(random.pick(numbers))).flat(),
  );
}

/** Fields of a message, some with a wrong type, some that there are not. */
function fields(random: Random, { fields }: MessageType<unknown>): number[] {
  const known = [...fields.values()];
  const one = () => {
    const field = known.length === 0 || random.chance(0.1) ? undefined : random.pick(known);
    const isDelimited = typeof field?.type !== "string" || ["string", "bytes"].includes(field.type);
    const wireType = random.chance(0.1) ? random.int(0, 7) : isDelimited ? 2 : 0;
    const number = field?.number ?? random.pick([0, 15, 16, 5_000, 2 ** 29 - 1]);
    return [
      ...varint(BigInt(number) << 3n | BigInt(wireType)),
      ...value(random, field ?? { number, type: "string" }),
    ];
  };
  return Array.from({ length: random.int(0, 5) }, one).flat();
}

/** How many values there are in a message. */
function leavesIn(value: unknown): number {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return 1;
  return Object.values(value).reduce((sum: number, each) => sum + leavesIn(each), 1);
}

/** The number of a type, then a message of it. */
export const protobuf: FuzzTarget = {
  name: "protobuf",
  corpus: [],
  invent(random) {
    const index = random.int(0, types.length - 1);
    const type = types[index];
    return Uint8Array.of(index, ...type === undefined ? [] : fields(random, type));
  },
  tries: 2_000,
  run(input) {
    const type = types[(input[0] ?? 0) % types.length];
    const bytes = input.subarray(1);
    if (type === undefined) return undefined;
    const decoded = orError(ProtobufError, () => type.decode(bytes));
    if (decoded instanceof ProtobufError) return decoded.code;
    assert.ok(leavesIn(decoded) <= 40 * (bytes.length + 1), "it is larger than what it came in");
    const encoded = type.encode(decoded);
    assert.deepEqual(type.decode(encoded), decoded);
    assert.deepEqual(type.encode(type.decode(encoded)), encoded);
    return decoded;
  },
};
