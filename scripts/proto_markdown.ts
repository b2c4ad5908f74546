/**
 * The reference of the API, from a .proto file.
 *
 * @module
 */

import { markdownTable, wrapText } from "./markdown_text.ts";
import type { ProtoField, ProtoFile, ProtoMessage, ProtoMethod } from "./proto_file.ts";

/** The codes that a method can end with, besides those of every method; by its name. */
export type MethodErrors = Readonly<Record<string, readonly string[]>>;

/**
 * The calls as a table, then the messages, each with its fields.
 *
 * @throws {Error} A method has no entry among the errors, or an entry is of no method.
 */
export function protoMarkdown({ messages, service }: ProtoFile, errors: MethodErrors): string {
  const methods = service.methods.map(({ name }) => name);
  const different = new Set(methods).symmetricDifference(new Set(Object.keys(errors)));
  if (different.size > 0) throw new Error(`errors of ${[...different].join(", ")}`);
  const calls = markdownTable(
    ["call", "request", "response", "errors", "what it does"],
    service.methods.map((method) => callRow(method, errors[method.name] ?? [])),
  );
  const parts = ["## Calls", calls, "## Messages", ...messages.flatMap(messageParts)];
  return `${parts.join("\n\n")}\n`;
}

function callRow(
  { name, comment, request, response, type, changes }: ProtoMethod,
  errors: readonly string[],
): readonly string[] {
  const stream = (message: string, isStream: boolean) =>
    `${isStream ? "stream of " : ""}${link(message)}`;
  return [
    `\`${name}\`${changes ? " *" : ""}`,
    stream(request, type === "bidi_stream"),
    stream(response, type !== "unary"),
    errors.map((code) => `\`${code}\``).join(", "),
    oneLine(comment),
  ];
}

function messageParts({ name, comment, fields }: ProtoMessage): readonly string[] {
  const said = [`### ${name}`, wrapText(oneLine(comment))];
  if (fields.length === 0) return said;
  return [...said, markdownTable(["field", "number", "type", "meaning"], fields.map(fieldRow))];
}

function fieldRow({ name, number, type, label, oneof, comment }: ProtoField): readonly string[] {
  const typeText = type.kind === "message" ? link(type.name) : type.name;
  const words = [label, typeText, oneof === null ? null : `in oneof ${oneof}`];
  const isSaid = (word: string | null) => word !== null;
  return [`\`${name}\``, `${number}`, words.filter(isSaid).join(" "), oneLine(comment)];
}

function link(message: string): string {
  return `[${message}](#${message.toLowerCase()})`;
}

function oneLine(comment: string): string {
  return comment.replaceAll(/\s+/g, " ").trim();
}
