/**
 * A .proto file as the `FileDescriptorProto` that protoc makes of it, which reflection hands out.
 *
 * @module
 */

import { type FieldType, message } from "../src/rpc/wire.ts";
import type { ProtoField, ProtoFile, ProtoMessage } from "./proto_file.ts";

const string = (number: number): FieldType => ({ number, type: "string" });
const int32 = (number: number): FieldType => ({ number, type: "int32" });
const bool = (number: number): FieldType => ({ number, type: "bool" });
const repeated = (number: number, type: FieldType["type"]): FieldType => ({
  number,
  type,
  label: "repeated",
});

const fieldDescriptor = message({
  name: string(1),
  number: int32(3),
  label: int32(4),
  type: int32(5),
  typeName: string(6),
  oneofIndex: { ...int32(9), label: "optional" },
  jsonName: string(10),
  proto3Optional: bool(17),
});
const oneofDescriptor = message({ name: string(1) });
const messageDescriptor = message({
  name: string(1),
  field: repeated(2, fieldDescriptor),
  oneofDecl: repeated(8, oneofDescriptor),
});
const methodOptions = message({ idempotencyLevel: { ...int32(34), label: "optional" } });
const methodDescriptor = message({
  name: string(1),
  inputType: string(2),
  outputType: string(3),
  options: { number: 4, type: methodOptions },
  clientStreaming: bool(5),
  serverStreaming: bool(6),
});
const serviceDescriptor = message({ name: string(1), method: repeated(2, methodDescriptor) });
const fileOptions = message({ goPackage: string(11) });
const fileDescriptor = message({
  name: string(1),
  package: string(2),
  messageType: repeated(4, messageDescriptor),
  service: repeated(6, serviceDescriptor),
  options: { number: 8, type: fileOptions },
  syntax: string(12),
});

const labels = { single: 1, repeated: 3 };

const types = {
  bool: 8,
  string: 9,
  message: 11,
  bytes: 12,
  int32: 5,
  int64: 3,
  uint32: 13,
  uint64: 4,
};

/** The level of idempotency of a method that changes nothing. */
const noSideEffects = 1;

/** The bytes of the descriptor. */
export function describeProto(file: ProtoFile): Uint8Array<ArrayBuffer> {
  const { name, package: packageName, goPackage, service } = file;
  const full = (type: string) => `.${packageName}.${type}`;
  return fileDescriptor.encode({
    name,
    package: packageName,
    messageType: file.messages.map((each) => describeMessage(each, full)),
    service: [{
      name: service.name,
      method: service.methods.map(({ name, request, response, type, changes }) => ({
        name,
        inputType: full(request),
        outputType: full(response),
        options: changes ? undefined : { idempotencyLevel: noSideEffects },
        clientStreaming: type === "bidi_stream",
        serverStreaming: type !== "unary",
      })),
    }],
    options: { goPackage },
    syntax: "proto3",
  });
}

/** Each optional field is alone in a oneof of its own; these come after those of the file. */
function describeMessage({ name, fields }: ProtoMessage, full: (type: string) => string): object {
  const oneofOf = (field: ProtoField) =>
    field.label === "optional" ? `_${field.name}` : field.oneof;
  const declared = fields.flatMap(({ oneof }) => oneof ?? []);
  const oneofs = [...new Set([...declared, ...fields.flatMap((field) => oneofOf(field) ?? [])])];
  return {
    name,
    field: fields.map((field) => {
      const { type, label } = field;
      const oneof = oneofOf(field);
      return {
        name: field.name,
        number: field.number,
        label: label === "repeated" ? labels.repeated : labels.single,
        type: type.kind === "message" ? types.message : types[type.name],
        typeName: type.kind === "message" ? full(type.name) : "",
        oneofIndex: oneof === null ? undefined : oneofs.indexOf(oneof),
        jsonName: field.camelName,
        proto3Optional: label === "optional",
      };
    }),
    oneofDecl: oneofs.map((name) => ({ name })),
  };
}
