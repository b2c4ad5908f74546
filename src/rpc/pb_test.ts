import assert from "node:assert/strict";
import protobuf from "protobufjs";
import descriptors from "protobufjs/ext/descriptor.js";
import { protoFolder, protoSources, readProtoSource } from "../../scripts/proto_sources.ts";
import { protoTypeScript } from "../../scripts/proto_typescript.ts";
import { forSeeds, type Random } from "../../tests/seeded.ts";
import * as health from "./health_pb.ts";
import * as maglev from "./maglev_pb.ts";
import * as reflectionV1 from "./reflection_v1_pb.ts";
import * as reflectionV1alpha from "./reflection_v1alpha_pb.ts";
import type { FieldType, MessageType } from "./wire.ts";

/** What is generated, by the names of the .proto files. */
const generated: Readonly<Record<string, { readonly descriptor: string }>> = {
  "maglev.proto": maglev,
  "grpc/health/v1/health.proto": health,
  "grpc/reflection/v1/reflection.proto": reflectionV1,
  "grpc/reflection/v1alpha/reflection.proto": reflectionV1alpha,
};

function* walk(folder: URL): Generator<URL> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (isDirectory) yield* walk(new URL(`${name}/`, folder));
    else yield new URL(name, folder);
  }
}

Deno.test("every .proto file has a generated one", () => {
  const files = Array.from(walk(protoFolder), ({ href }) => href.slice(protoFolder.href.length));
  assert.deepEqual(files.toSorted(), protoSources.map(({ name }) => name).toSorted());
  assert.deepEqual(Object.keys(generated), protoSources.map(({ name }) => name));
});

for (const source of protoSources) {
  Deno.test(`${source.generated} is what the .proto file says`, () => {
    const current = Deno.readTextFileSync(new URL(source.generated, import.meta.url));
    assert.ok(current === protoTypeScript(readProtoSource(source)), "run scripts/generate-proto");
  });

  Deno.test(`protobufjs writes and reads every message of ${source.name} as we do`, () => {
    const { root, package: packageName } = protobuf.parse(textOf(source.name));
    const messages = messagesOf(generated[source.name] ?? {});
    assert.ok(messages.length > 0);
    forSeeds(20, (random) => {
      for (const [name, type] of messages) {
        compareWith(root.lookupType(`${packageName}.${name}`), type, randomMessage(random, type));
      }
    });
  });

  Deno.test(`protobufjs reads the descriptor of ${source.name} as the file`, () => {
    const bytes = Uint8Array.fromBase64(generated[source.name]?.descriptor ?? "");
    const described = descriptors.FileDescriptorProto.decode(bytes);
    assert.equal(described.toJSON()["name"], source.name);
    const root = fromDescriptor({ file: [described] });
    assert.deepEqual(shapeOf(root), shapeOf(protobuf.parse(textOf(source.name)).root));
  });
}

function textOf(name: string): string {
  return Deno.readTextFileSync(new URL(name, protoFolder));
}

/** The messages of a generated file by their names. */
function messagesOf(file: object): readonly [string, MessageType<object>][] {
  return Object.entries(file).filter((entry): entry is [string, MessageType<object>] =>
    typeof entry[1] === "object" && "decode" in entry[1]
  );
}

/** The declarations of the extension that is loaded do not say that it adds this. */
function fromDescriptor(set: object): protobuf.Root {
  return (protobuf.Root as unknown as { fromDescriptor(set: object): protobuf.Root })
    .fromDescriptor(set);
}

/** All that a tree of declarations says, in lines, with every type by its full name. */
function shapeOf(root: protobuf.Root): readonly string[] {
  root.resolveAll();
  const lines: string[] = [];
  const visit = (each: protobuf.ReflectionObject) => {
    const name = each.fullName;
    if (each instanceof protobuf.Enum) lines.push(`${name} ${JSON.stringify(each.values)}`);
    if (each instanceof protobuf.Method) {
      const { resolvedRequestType: request, resolvedResponseType: response } = each;
      const streams = `${Boolean(each.requestStream)} ${Boolean(each.responseStream)}`;
      const level = each.getOption("idempotency_level");
      lines.push(`${name} ${request?.fullName} ${response?.fullName} ${streams} ${level}`);
    }
    if (each instanceof protobuf.Service) each.methodsArray.forEach(visit);
    if (each instanceof protobuf.Type) {
      for (const { name, id, repeated, type, resolvedType, partOf } of each.fieldsArray) {
        // Read from a .proto file, the names of oneofs are in camel case like those of fields.
        const oneof = partOf?.name.replace(/(?!^)_(.)/g, (_, letter) => letter.toUpperCase());
        const of = `${repeated} ${resolvedType?.fullName ?? type} ${oneof ?? ""}`;
        lines.push(`${each.fullName} ${name} ${id} ${of}`);
      }
    }
    if (each instanceof protobuf.Namespace) {
      lines.push(`${name} ${each.options?.["go_package"]}`);
      each.nestedArray.forEach(visit);
    }
  };
  visit(root);
  return lines.toSorted();
}

const texts = ["", "www", "é", "日本語", "😀", "x".repeat(127), "ü".repeat(9000)];
const values: Readonly<Record<string, readonly unknown[]>> = {
  string: texts,
  bytes: texts.map((text) => new TextEncoder().encode(text)),
  bool: [false, true],
  int32: [0, 1, -1, 100, 2 ** 31 - 1, -(2 ** 31)],
  uint32: [0, 1, 127, 128, 2 ** 32 - 1],
  int64: [0n, 1n, -1n, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n)],
  uint64: [0n, 1n, 128n, 2n ** 53n + 1n, 2n ** 64n - 1n],
};

function randomValue(random: Random, type: FieldType["type"]): unknown {
  return typeof type === "string" ? random.pick(values[type] ?? []) : randomMessage(random, type);
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

function compareWith(theirs: protobuf.Type, ours: MessageType<object>, value: object): void {
  const options = { longs: String, defaults: false, oneofs: false };
  const bytes = ours.encode(value);
  assert.deepEqual(ours.decode(bytes), value, theirs.name);
  // Their encode alone writes 0 for a bigint.
  const theirBytes = Uint8Array.from(theirs.encode(theirs.fromObject(plain(value))).finish());
  assert.deepEqual(ours.decode(theirBytes), value, theirs.name);
  const again = theirs.toObject(theirs.decode(bytes), options);
  const same = theirs.toObject(theirs.decode(theirBytes), options);
  assert.deepEqual(again, same, theirs.name);
}

/** A message as their `fromObject` takes it. */
function plain(value: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value, (_, part) => {
    if (part instanceof Uint8Array) return part.toBase64();
    return typeof part === "bigint" ? String(part) : part;
  }));
}
