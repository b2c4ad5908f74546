/**
 * The full names that a file declares.
 *
 * @module
 */

import type { FileDescriptor, MessageDescriptor } from "./reflection_descriptor.ts";

/** Every service, method, message, field, oneof, enum and enum value of a file. */
export function* symbolsOf(file: FileDescriptor): Generator<string> {
  for (const service of file.service) {
    const name = `${file.package}.${service.name}`;
    yield name;
    for (const method of service.method) yield `${name}.${method.name}`;
  }
  for (const message of file.messageType) yield* symbolsOfMessage(file, message);
}

/** The values of an enum are not within it, but beside it: their names are those of C. */
function* symbolsOfMessage(file: FileDescriptor, message: MessageDescriptor): Generator<string> {
  const name = `${file.package}.${message.name}`;
  const values = message.enumType.flatMap(({ value }) => value);
  const parts = [...message.field, ...message.oneofDecl, ...message.enumType, ...values];
  yield name;
  for (const part of parts) yield `${name}.${part.name}`;
}
