/**
 * A .proto file as data, as far as our files go.
 *
 * @module
 */

import protobuf from "protobufjs";
import type { ScalarType } from "../src/rpc/wire.ts";

/** A .proto file with one service. */
export interface ProtoFile {
  /** Its path within proto/. */
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
  /** The enums that are declared within it. */
  readonly enums: readonly ProtoEnum[];
}

/** An enum. */
export interface ProtoEnum {
  readonly name: string;
  readonly comment: string;
  readonly values: readonly ProtoEnumValue[];
}

/** A value of an enum. */
export interface ProtoEnumValue {
  readonly name: string;
  readonly comment: string;
  readonly number: number;
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
    | { readonly kind: "message" | "enum"; readonly name: string };
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
  readonly saysNoSideEffects: boolean;
  /** Whether it may change something. */
  readonly changes: boolean;
}

/** Options of {@link readProto}. */
export interface ReadProtoOptions {
  /**
   * Which methods may change something: those that do not say `NO_SIDE_EFFECTS`, or none, for files
   * of others, which are not ours to add to. Default: those that do not say it.
   */
  readonly changes?: "unless-said" | "never";
}

/**
 * Reads a .proto file.
 *
 * @throws {Error} It is wrong, or has something that is not provided for.
 */
export function readProto(
  name: string,
  source: string,
  { changes = "unless-said" }: ReadProtoOptions = {},
): ProtoFile {
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
    messages: messages.map((each) => readMessage(each, packageName)),
    service: {
      name: service.name,
      methods: service.methodsArray.map((each) => readMethod(each, changes)),
    },
  };
}

function readMessage(type: protobuf.Type, packageName: string): ProtoMessage {
  const enums = type.nestedArray.filter((each) => each instanceof protobuf.Enum);
  if (enums.length < type.nestedArray.length) throw new Error(`${type.name} has a type within it`);
  return {
    name: type.name,
    comment: commentOf(type),
    fields: type.fieldsArray.map((each) => readField(each, packageName)),
    enums: enums.map(readEnum),
  };
}

function readEnum(type: protobuf.Enum): ProtoEnum {
  const values = Object.entries(type.values).map(([name, number]) => {
    return { name, comment: commentOf({ name, comment: type.comments[name] }), number };
  });
  return { name: type.name, comment: commentOf(type), values };
}

const scalars = ["string", "bytes", "bool", "int32", "uint32", "int64", "uint64"] as const;

function readField(field: protobuf.Field, packageName: string): ProtoField {
  const { name, id: number, partOf } = field.resolve();
  const isOptional = partOf?.isProto3Optional ?? false;
  return {
    name,
    camelName: name.replace(/_(.)/g, (_, letter) => letter.toUpperCase()),
    comment: commentOf(field),
    number,
    type: readType(field, packageName),
    label: field.repeated ? "repeated" : isOptional ? "optional" : null,
    oneof: isOptional ? null : partOf?.name ?? null,
  };
}

function readType(field: protobuf.Field, packageName: string): ProtoField["type"] {
  const { name, type, resolvedType } = field;
  const scalar = scalars.find((each) => each === type);
  if (field.map) throw new Error(`${name}: maps are not provided for`);
  if (scalar !== undefined) return { kind: "scalar", name: scalar };
  if (resolvedType === null) throw new Error(`${name}: ${type} is not provided for`);
  return {
    kind: resolvedType instanceof protobuf.Type ? "message" : "enum",
    name: resolvedType.fullName.slice(`.${packageName}.`.length),
  };
}

function readMethod(
  method: protobuf.Method,
  changes: NonNullable<ReadProtoOptions["changes"]>,
): ProtoMethod {
  const { name, requestType: request, responseType: response } = method;
  const { requestStream = false, responseStream = false } = method;
  if (requestStream && !responseStream) throw new Error(`${name}: no stream of requests alone`);
  const saysNoSideEffects = method.getOption("idempotency_level") === "NO_SIDE_EFFECTS";
  return {
    name,
    comment: commentOf(method),
    request,
    response,
    type: requestStream ? "bidi_stream" : responseStream ? "server_stream" : "unary",
    saysNoSideEffects,
    changes: changes === "unless-said" && !saysNoSideEffects,
  };
}

function commentOf(declared: { name: string; comment?: string | null | undefined }): string {
  const { name, comment } = declared;
  if (!comment) throw new Error(`${name} has no comment`);
  return comment;
}
