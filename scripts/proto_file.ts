/**
 * A .proto file as data, as far as our files go.
 *
 * @module
 */

import protobuf from "protobufjs";
import type { ScalarType } from "../src/rpc/wire.ts";

/** A .proto file with one service. */
export interface ProtoFile {
  readonly name: string;
  readonly package: string;
  readonly goPackage: string;
  readonly messages: readonly ProtoMessage[];
  readonly service: ProtoService;
}

/** A message. */
export interface ProtoMessage {
  readonly name: string;
  readonly comment: string;
  readonly fields: readonly ProtoField[];
}

/** A field of a message. */
export interface ProtoField {
  readonly name: string;
  /** The name in JSON and TypeScript. */
  readonly camelName: string;
  readonly comment: string;
  readonly number: number;
  readonly type:
    | { readonly kind: "scalar"; readonly name: ScalarType }
    | { readonly kind: "message"; readonly name: string };
  readonly label: "repeated" | "optional" | null;
  /** The oneof that it is in, unless that is only how `optional` is said in descriptors. */
  readonly oneof: string | null;
}

/** A service. */
export interface ProtoService {
  readonly name: string;
  readonly methods: readonly ProtoMethod[];
}

/** A method, with the names of its messages. */
export interface ProtoMethod {
  readonly name: string;
  readonly comment: string;
  readonly request: string;
  readonly response: string;
  /** Which sides send any number of messages. */
  readonly type: "unary" | "server_stream" | "bidi_stream";
  /** Whether it may change something: all do that do not say `NO_SIDE_EFFECTS`. */
  readonly changes: boolean;
}

/**
 * Reads a .proto file.
 *
 * @throws {Error} It is wrong, or has something that is not provided for.
 */
export function readProto(name: string, source: string): ProtoFile {
  const parsed = protobuf.parse(source, { keepCase: true, alternateCommentMode: true });
  const { root, package: packageName } = parsed;
  if (packageName === undefined) throw new Error("the file has no package");
  const home = root.lookup(packageName);
  if (!(home instanceof protobuf.Namespace)) throw new Error("the package is empty");
  const members = home.nestedArray;
  const [service, ...services] = members.filter((each) => each instanceof protobuf.Service);
  const messages = members.filter((each) => each instanceof protobuf.Type);
  if (service === undefined || services.length > 0) throw new Error("there must be one service");
  if (members.length !== messages.length + 1) throw new Error("only messages are provided for");
  return {
    name,
    package: packageName,
    goPackage: String(home.options?.["go_package"] ?? ""),
    messages: messages.map(readMessage),
    service: { name: service.name, methods: service.methodsArray.map(readMethod) },
  };
}

function readMessage(type: protobuf.Type): ProtoMessage {
  if (type.nestedArray.length > 0) throw new Error(`${type.name} has a type within it`);
  return { name: type.name, comment: commentOf(type), fields: type.fieldsArray.map(readField) };
}

const scalars = ["string", "bytes", "bool", "int32", "uint32", "int64", "uint64"] as const;

function readField(field: protobuf.Field): ProtoField {
  const { name, id: number, type, partOf } = field.resolve();
  const scalar = scalars.find((each) => each === type);
  const isMessage = field.resolvedType instanceof protobuf.Type;
  const isPacked = field.repeated && !isMessage && type !== "string" && type !== "bytes";
  if (field.map || isPacked || !(isMessage || scalar !== undefined)) {
    throw new Error(`${name}: ${type} is not provided for`);
  }
  const isOptional = partOf?.isProto3Optional ?? false;
  return {
    name,
    camelName: name.replace(/_(.)/g, (_, letter) => letter.toUpperCase()),
    comment: commentOf(field),
    number,
    type: scalar === undefined ? { kind: "message", name: type } : { kind: "scalar", name: scalar },
    label: field.repeated ? "repeated" : isOptional ? "optional" : null,
    oneof: isOptional ? null : partOf?.name ?? null,
  };
}

function readMethod(method: protobuf.Method): ProtoMethod {
  const { name, requestType: request, responseType: response } = method;
  const { requestStream = false, responseStream = false } = method;
  if (requestStream && !responseStream) throw new Error(`${name}: no stream of requests alone`);
  const type = requestStream ? "bidi_stream" : responseStream ? "server_stream" : "unary";
  const changes = method.getOption("idempotency_level") !== "NO_SIDE_EFFECTS";
  return { name, comment: commentOf(method), request, response, type, changes };
}

function commentOf({ name, comment }: protobuf.ReflectionObject): string {
  if (!comment) throw new Error(`${name} has no comment`);
  return comment;
}
