/**
 * The declarations of this room compared with VPP's own definitions.
 *
 * @module
 */

import {
  type ApiDefinitions,
  type FieldDefinition,
  fieldSize,
  formatField,
} from "./api_definitions.ts";
import type { Message } from "./message.ts";
import { u16, u32 } from "./scalars.ts";
import { snakeCase } from "./struct.ts";
import type { Parts, WireType } from "./wire_type.ts";

/** A field as it is declared here. */
interface Declared {
  readonly apiName: string;
  readonly type: WireType<unknown>;
}

/**
 * What is declared otherwise than VPP defines it, one line each: messages that are missing, CRCs,
 * names, types and order of fields, also of those of structures, and the numbers behind words.
 */
export function compareDefinitions(
  messages: readonly Message<unknown>[],
  files: readonly ApiDefinitions[],
): readonly string[] {
  const differences = new Set<string>();
  for (const message of messages) {
    const file = files.find((each) => each.messages.has(message.name));
    const definition = file?.messages.get(message.name);
    if (file === undefined || definition === undefined) {
      differences.add(`${message.name}: is not defined`);
      continue;
    }
    if (definition.crc !== message.crc) {
      const crcs = `${hex(definition.crc)}, declared ${hex(message.crc)}`;
      differences.add(`${message.name}: its CRC is ${crcs}`);
    }
    const comparison: Comparison = { file, report: (line) => differences.add(line) };
    compareFields(message.name, definition.fields, declaredFields(message), comparison);
  }
  return [...differences];
}

interface Comparison {
  readonly file: ApiDefinitions;
  readonly report: (difference: string) => void;
}

/** All fields of the message, the header's among them, as VPP's definitions have them. */
function declaredFields({ header, body }: Message<unknown>): readonly Declared[] {
  return [
    { apiName: "_vl_msg_id", type: u16 },
    ...header.map((name) => ({ apiName: snakeCase(name), type: u32 })),
    ...membersOf(body.parts),
  ];
}

function membersOf(parts: Parts): readonly Declared[] {
  return parts.kind === "struct" ? parts.members : [];
}

function compareFields(
  place: string,
  defined: readonly FieldDefinition[],
  declared: readonly Declared[],
  comparison: Comparison,
): void {
  for (let index = 0; index < Math.max(defined.length, declared.length); index++) {
    const [theirs, ours] = [defined[index], declared[index]];
    const their = theirs === undefined ? "nothing" : formatField(theirs);
    const our = ours === undefined ? "nothing" : formatDeclared(ours);
    if (their !== our) {
      comparison.report(`${place}: field ${index + 1} is ${their}, declared ${our}`);
    } else if (theirs !== undefined && ours !== undefined) {
      compareType(place, theirs, ours.type, comparison);
    }
  }
}

function formatDeclared({ apiName, type }: Declared): string {
  return `${type.api} ${apiName}${type.dimension}`;
}

/** Compares what the two definitions make of a field that has the same type in both. */
function compareType(
  place: string,
  field: FieldDefinition,
  { api, parts, size }: WireType<unknown>,
  comparison: Comparison,
): void {
  if (parts.kind === "items") {
    return compareType(place, { ...field, length: null }, parts.item, comparison);
  }
  const definition = comparison.file.types.get(api);
  if (parts.kind === "struct") {
    const fields = definition?.kind === "struct" ? definition.fields : [];
    return compareFields(api, fields, parts.members, comparison);
  }
  const defined = fieldSize(field, comparison.file);
  if (defined !== size) {
    comparison.report(`${place}: ${formatField(field)} has ${defined} bytes, declared ${size}`);
  }
  if (parts.kind === "enumeration" && definition?.kind === "enumeration") {
    compareWords(api, definition.values, parts.words, comparison);
  }
}

/** A word must stand for VPP's number if it is VPP's, and one of our own for some number of VPP's. */
function compareWords(
  api: string,
  values: ReadonlyMap<string, number>,
  words: ReadonlyMap<string, number>,
  { report }: Comparison,
): void {
  for (const [word, number] of words) {
    const suffix = `_${word.replaceAll("-", "_").toUpperCase()}`;
    const [name] = [...values.keys()].filter((each) => each.endsWith(suffix));
    const known = name === undefined ? undefined : values.get(name);
    if (known === undefined ? ![...values.values()].includes(number) : known !== number) {
      report(`${api}: ${word} is ${known ?? "not defined"}, declared ${number}`);
    }
  }
}

function hex(crc: number): string {
  return crc.toString(16).padStart(8, "0");
}
