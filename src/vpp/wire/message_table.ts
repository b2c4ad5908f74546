/**
 * The table in which VPP tells, at the handshake, which messages it has and by which ids it knows
 * them. Both depend on its release and its plugins, and the ids on nothing that can be known before.
 *
 * @module
 */

import type { sockclntCreate } from "./core_messages.ts";
import { type AnyMessage, type FieldsOf, type Message, withAnswer } from "./message.ts";

/** The ids of a VPP's messages by name and CRC: `lb_conf_56cd3261`. */
export type MessageTable = ReadonlyMap<string, number>;

/** A message that is wanted and cannot be used with this VPP. */
export interface TableFinding {
  /** Missing altogether, or there with fields that are not those declared. */
  readonly kind: "missing" | "other-layout";
  readonly message: string;
  /** One line for the operator. */
  readonly text: string;
}

/** Reads the table out of the reply to `sockclnt_create`. */
export function messageTable(reply: FieldsOf<typeof sockclntCreate.reply>): MessageTable {
  return new Map(reply.messageTable.map(({ name, index }) => [name, index]));
}

/** Which of these messages, or of their answers, this VPP does not have in the declared layout. */
export function checkTable(
  table: MessageTable,
  wanted: readonly AnyMessage[],
): readonly TableFinding[] {
  return wanted.flatMap(withAnswer)
    .filter(({ key }) => !table.has(key))
    .map((message) => explain(message, [...table.keys()].find((key) => isSameName(key, message))));
}

function isSameName(key: string, { name }: Message<unknown>): boolean {
  return key.slice(0, -"_00000000".length) === name;
}

function explain({ name, key }: Message<unknown>, other: string | undefined): TableFinding {
  if (other === undefined) {
    const text = `VPP has no message ${name}: its plugin is not loaded, or this release lacks it`;
    return { kind: "missing", message: name, text };
  }
  const text =
    `VPP's message ${name} has other fields than are known here: it is ${other}, not ${key}`;
  return { kind: "other-layout", message: name, text };
}
