/**
 * `FileDescriptorProto`, which tells all that a .proto file says: the generator writes it, and
 * reflection hands it out. It has what our files have.
 *
 * @module
 */

import { type FieldType, message, type MessageType } from "./wire.ts";

/** A file. */
export interface FileDescriptor {
  /** Its path, as other files import it. */
  readonly name: string;
  readonly package: string;
  readonly messageType: readonly MessageDescriptor[];
  readonly service: readonly ServiceDescriptor[];
  readonly options?: { readonly goPackage: string } | undefined;
  readonly syntax: string;
}

/** A message. */
export interface MessageDescriptor {
  readonly name: string;
  readonly field: readonly FieldDescriptor[];
  readonly enumType: readonly EnumDescriptor[];
  readonly oneofDecl: readonly { readonly name: string }[];
}

/** A field of a message. */
export interface FieldDescriptor {
  readonly name: string;
  readonly number: number;
  readonly label: number;
  readonly type: number;
  /** The full name of the message or enum, with a dot in front. */
  readonly typeName: string;
  readonly oneofIndex?: number | undefined;
  readonly jsonName: string;
  readonly proto3Optional: boolean;
}

/** An enum. */
export interface EnumDescriptor {
  readonly name: string;
  readonly value: readonly { readonly name: string; readonly number?: number | undefined }[];
}

/** A service. */
export interface ServiceDescriptor {
  readonly name: string;
  readonly method: readonly MethodDescriptor[];
}

/** A method. The types are full names, with a dot in front. */
export interface MethodDescriptor {
  readonly name: string;
  readonly inputType: string;
  readonly outputType: string;
  readonly options?: { readonly idempotencyLevel?: number | undefined } | undefined;
  readonly clientStreaming: boolean;
  readonly serverStreaming: boolean;
}

const string = (number: number): FieldType => ({ number, type: "string" });
const int32 = (number: number): FieldType => ({ number, type: "int32" });
const optionalInt32 = (number: number): FieldType => ({ ...int32(number), label: "optional" });
const bool = (number: number): FieldType => ({ number, type: "bool" });
const part = (number: number, type: MessageType<unknown>): FieldType => ({ number, type });
const repeated = (number: number, type: MessageType<unknown>): FieldType => ({
  number,
  type,
  label: "repeated",
});

const field = message({
  name: string(1),
  number: int32(3),
  label: int32(4),
  type: int32(5),
  typeName: string(6),
  oneofIndex: optionalInt32(9),
  jsonName: string(10),
  proto3Optional: bool(17),
});
const oneof = message({ name: string(1) });
/** The number of the first value is 0, which has to be written. */
const enumValue = message({ name: string(1), number: optionalInt32(2) });
const enumType = message({ name: string(1), value: repeated(2, enumValue) });
const messageType = message({
  name: string(1),
  field: repeated(2, field),
  enumType: repeated(4, enumType),
  oneofDecl: repeated(8, oneof),
});
const methodOptions = message({ idempotencyLevel: optionalInt32(34) });
const method = message({
  name: string(1),
  inputType: string(2),
  outputType: string(3),
  options: part(4, methodOptions),
  clientStreaming: bool(5),
  serverStreaming: bool(6),
});
const service = message({ name: string(1), method: repeated(2, method) });
const fileOptions = message({ goPackage: string(11) });

export const FileDescriptor: MessageType<FileDescriptor> = message({
  name: string(1),
  package: string(2),
  messageType: repeated(4, messageType),
  service: repeated(6, service),
  options: part(8, fileOptions),
  syntax: string(12),
});
