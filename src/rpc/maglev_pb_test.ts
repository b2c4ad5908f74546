import assert from "node:assert/strict";
import protobuf from "protobufjs";
import { readProto } from "../../scripts/proto_file.ts";
import { protoTypeScript } from "../../scripts/proto_typescript.ts";
import { forSeeds, type Random } from "../../tests/seeded.ts";
import * as generated from "./maglev_pb.ts";
import type { FieldType, MessageType } from "./wire.ts";

const source = Deno.readTextFileSync(new URL("../../proto/maglev.proto", import.meta.url));

/** The messages by their names. */
const messages = Object.entries(generated).filter((entry): entry is [string, MessageType<object>] =>
  typeof entry[1] === "object" && "decode" in entry[1]
);

Deno.test("the generated file is what the .proto file says", () => {
  const current = Deno.readTextFileSync(new URL("maglev_pb.ts", import.meta.url));
  const expected = protoTypeScript(readProto("maglev.proto", source));
  assert.ok(current === expected, "run scripts/generate-proto");
});

const texts = ["", "www", "é", "日本語", "😀", "x".repeat(127), "ü".repeat(9000)];
const integers: Record<string, readonly (number | bigint)[]> = {
  int32: [0, 1, -1, 100, 2 ** 31 - 1, -(2 ** 31)],
  uint32: [0, 1, 127, 128, 2 ** 32 - 1],
  int64: [0n, 1n, -1n, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n)],
  uint64: [0n, 1n, 128n, 2n ** 53n + 1n, 2n ** 64n - 1n],
};

function randomValue(random: Random, type: FieldType["type"]): unknown {
  if (typeof type !== "string") return randomMessage(random, type);
  if (type === "string") return random.pick(texts);
  if (type === "bool") return random.chance();
  return random.pick(integers[type] ?? []);
}

function randomMessage(random: Random, { fields }: MessageType<unknown>): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  const oneofs = new Set<string>();
  for (const [name, { type, label, oneof }] of fields) {
    if (label === "repeated") {
      values[name] = Array.from({ length: random.int(0, 3) }, () => randomValue(random, type));
    } else if (label === "optional" || oneof !== undefined || typeof type !== "string") {
      if (oneof !== undefined && oneofs.has(oneof) || random.chance()) continue;
      if (oneof !== undefined) oneofs.add(oneof);
      values[name] = randomValue(random, type);
    } else {
      values[name] = randomValue(random, type);
    }
  }
  return values;
}

Deno.test("protobufjs writes and reads every message as we do", () => {
  const { root } = protobuf.parse(source);
  const options = { longs: String, defaults: false, oneofs: false };
  const plain = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value, (_, part) => typeof part === "bigint" ? String(part) : part));
  forSeeds(20, (random) => {
    for (const [name, type] of messages) {
      const value = randomMessage(random, type);
      const theirs = root.lookupType(`maglev.${name}`);
      const bytes = type.encode(value);
      assert.deepEqual(type.decode(bytes), value, name);
      // Their encode alone writes 0 for a bigint.
      const theirBytes = theirs.encode(theirs.fromObject(plain(value) as object)).finish();
      assert.deepEqual(type.decode(theirBytes), value, name);
      const again = theirs.toObject(theirs.decode(bytes), options);
      const same = theirs.toObject(theirs.decode(theirBytes), options);
      assert.deepEqual(again, same, name);
    }
  });
});

Deno.test("fields of others keep their numbers below 100, and ours come after", () => {
  const numbers = Array.from(generated.BackendInfo.fields.values(), ({ number }) => number);
  assert.deepEqual(numbers.slice(0, 7), [1, 2, 3, 4, 5, 6, 100]);
  assert.equal(generated.serviceName, "maglev.Maglev");
  assert.equal(Object.keys(generated.methods).length, 19);
  assert.deepEqual(
    Object.values(generated.methods).filter(({ type }) => type !== "unary").map(({ name }) => name),
    ["WatchEvents"],
  );
});
