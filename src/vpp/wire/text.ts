/**
 * Messages as the debug log shows them.
 *
 * @module
 */

import type { PlainValue } from "../../log.ts";
import type { Message } from "./message.ts";

/**
 * The message and its fields as attributes of a log record, under VPP's names. Long lists and texts
 * are cut short.
 */
export function attributes<T>(
  message: Message<T>,
  fields: NoInfer<T>,
): Readonly<Record<string, PlainValue>> {
  return { message: message.name, ...message.body.plain(fields) };
}

/** The same as one line: `lb_as_set_weight pfx=198.51.100.1/32 protocol=tcp port=80 …`. */
export function describe<T>(message: Message<T>, fields: NoInfer<T>): string {
  return [message.name, ...assignments(message.body.plain(fields))].join(" ");
}

function assignments(plain: Readonly<Record<string, PlainValue>>): string[] {
  return Object.entries(plain).map(([name, value]) => `${name}=${text(value)}`);
}

function text(value: PlainValue): string {
  if (typeof value === "string") return word(value);
  if (typeof value !== "object" || value === null) return String(value);
  if (isArray(value)) return `[${value.map(text).join(" ")}]`;
  return `{${assignments(value).join(" ")}}`;
}

/** As Array.isArray, which does not know that arrays may be readonly. */
function isArray(value: object): value is readonly PlainValue[] {
  return Array.isArray(value);
}

/** The text as it is if it reads as one word, else in quotes. */
function word(value: string): string {
  return /^[\w.:/+-]+$/.test(value) ? value : JSON.stringify(value);
}
