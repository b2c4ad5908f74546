/**
 * A .proto file as the `FileDescriptorProto` that protoc makes of it, which reflection hands out.
 *
 * @module
 */

import { FileDescriptor, type MessageDescriptor } from "../src/rpc/reflection_descriptor.ts";
import type { ProtoField, ProtoFile, ProtoMessage } from "./proto_file.ts";

const labels = { single: 1, repeated: 3 };

const types = {
  bool: 8,
  string: 9,
  message: 11,
  bytes: 12,
  enum: 14,
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
  return FileDescriptor.encode({
    name,
    package: packageName,
    messageType: file.messages.map((each) => describeMessage(each, full)),
    service: [{
      name: service.name,
      method: service.methods.map(({ name, request, response, type, saysNoSideEffects }) => ({
        name,
        inputType: full(request),
        outputType: full(response),
        options: saysNoSideEffects ? { idempotencyLevel: noSideEffects } : undefined,
        clientStreaming: type === "bidi_stream",
        serverStreaming: type !== "unary",
      })),
    }],
    options: { goPackage },
    syntax: "proto3",
  });
}

/** Each optional field is alone in a oneof of its own; these come after those of the file. */
function describeMessage(message: ProtoMessage, full: (type: string) => string): MessageDescriptor {
  const { name, fields, enums } = message;
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
        type: types[type.kind === "scalar" ? type.name : type.kind],
        typeName: type.kind === "scalar" ? "" : full(type.name),
        oneofIndex: oneof === null ? undefined : oneofs.indexOf(oneof),
        jsonName: field.camelName,
        proto3Optional: label === "optional",
      };
    }),
    enumType: enums.map(({ name, values }) => ({
      name,
      value: values.map(({ name, number }) => ({ name, number })),
    })),
    oneofDecl: oneofs.map((name) => ({ name })),
  };
}
