/**
 * A .proto file as TypeScript: an interface and a table for each message, the numbers of each enum, a
 * table of the methods, and the descriptor.
 *
 * @module
 */

import { describeProto } from "./proto_descriptor.ts";
import type {
  ProtoEnum,
  ProtoEnumValue,
  ProtoField,
  ProtoFile,
  ProtoMessage,
  ProtoMethod,
} from "./proto_file.ts";

const longestLine = 100;

/** The text of the TypeScript file, formatted as `deno fmt` does. */
export function protoTypeScript(file: ProtoFile): string {
  const { name, package: packageName, service } = file;
  const parts = [
    `/**
 * The messages of proto/${name} and how they look on the wire.
 *
 * Written by scripts/generate-proto: change the .proto file and run that.
 *
 * @module
 */`,
    `import { message, type MessageType } from "./wire.ts";`,
    ...file.messages.flatMap(({ enums }) => enums).map(enumText),
    ...inOrder(file.messages).map(messageText),
    `/** The full name of the service. */
export const serviceName = "${packageName}.${service.name}";`,
    `/** The methods of the service, with their messages; \`changes\` is false of those that only look. */
export const methods = {
${service.methods.map(methodText).join("\n")}
} as const;`,
    `/** The FileDescriptorProto of proto/${name}, in base64. */
export const descriptor = [
${linesOf(describeProto(file).toBase64()).map((line) => `  "${line}",`).join("\n")}
].join("");`,
  ];
  return parts.join("\n\n") + "\n";
}

/** The messages, those before that others are made of. */
function inOrder(messages: readonly ProtoMessage[]): readonly ProtoMessage[] {
  const ordered = new Set<ProtoMessage>();
  const visit = (each: ProtoMessage, within: readonly ProtoMessage[]) => {
    if (within.includes(each)) throw new Error(`${each.name} contains itself`);
    for (const { type } of each.fields) {
      const part = messages.find(({ name }) => type.kind === "message" && name === type.name);
      if (part !== undefined) visit(part, [...within, each]);
    }
    ordered.add(each);
  };
  for (const each of messages) visit(each, []);
  return [...ordered];
}

/** What is read may be any number, also one without a name, so an enum is no type of its own. */
function enumText({ name, comment, values }: ProtoEnum): string {
  return `${commentText(comment, "")}export const ${name} = {
${values.map(enumValueText).join("\n")}
} as const;`;
}

function enumValueText({ name, comment, number }: ProtoEnumValue): string {
  return `${commentText(comment, "  ")}  ${name}: ${number},`;
}

function messageText({ name, comment, fields }: ProtoMessage): string {
  const table = `export const ${name}: MessageType<${name}> = message({`;
  if (fields.length === 0) {
    return `${commentText(comment, "")}export type ${name} = Record<string, never>;\n${table}});`;
  }
  return `${commentText(comment, "")}export interface ${name} {
${fields.map(propertyText).join("\n")}
}
${table}
${fields.map(entryText).join("\n")}
});`;
}

function propertyText(field: ProtoField): string {
  const { camelName, comment, label } = field;
  const type = typeText(field);
  const property = label === "repeated"
    ? `${camelName}: readonly ${type}[]`
    : mayBeAbsent(field)
    ? `${camelName}?: ${type} | undefined`
    : `${camelName}: ${type}`;
  return `${commentText(comment, "  ")}  readonly ${property};`;
}

function mayBeAbsent({ type, label, oneof }: ProtoField): boolean {
  return type.kind === "message" || label === "optional" || oneof !== null;
}

function typeText({ type: { kind, name } }: ProtoField): string {
  if (kind === "enum") return "number";
  if (kind === "message" || name === "string") return name;
  if (name === "bytes") return "Uint8Array";
  if (name === "bool") return "boolean";
  return name.endsWith("64") ? "bigint" : "number";
}

function entryText({ camelName, number, type, label, oneof }: ProtoField): string {
  const parts = [
    `number: ${number}`,
    `type: ${type.kind === "message" ? type.name : `"${onWire(type)}"`}`,
    ...(label === null ? [] : [`label: "${label}"`]),
    ...(oneof === null ? [] : [`oneof: "${oneof}"`]),
  ];
  const line = `  ${camelName}: { ${parts.join(", ")} },`;
  if (line.length <= longestLine) return line;
  return `  ${camelName}: {\n${parts.map((part) => `    ${part},`).join("\n")}\n  },`;
}

function onWire({ kind, name }: ProtoField["type"]): string {
  return kind === "enum" ? "int32" : name;
}

function methodText({ name, comment, request, response, type, changes }: ProtoMethod): string {
  return `${commentText(comment, "  ")}  ${name}: {
    name: "${name}",
    request: ${request},
    response: ${response},
    type: "${type}",
    changes: ${changes},
  },`;
}

function commentText(comment: string, indent: string): string {
  const lines = comment.split("\n");
  if (lines.length === 1) return `${indent}/** ${comment} */\n`;
  return [`${indent}/**`, ...lines.map((line) => `${indent} * ${line}`), `${indent} */\n`].join(
    "\n",
  );
}

function linesOf(text: string): readonly string[] {
  return text.match(/.{1,92}/g) ?? [];
}
