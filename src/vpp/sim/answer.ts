/**
 * What the simulated VPP does with a message.
 *
 * @module
 */

import type { AnyMessage, Dump, Request } from "../wire/message.ts";

/** A message, and what VPP replies to one with these fields: a reply, or all details of a dump. */
export interface Answer {
  readonly message: AnyMessage;
  readonly reply: (fields: unknown) => unknown;
}

/** The answer to a request. */
export function answerRequest<T, R>(message: Request<T, R>, reply: (fields: T) => R): Answer {
  // Whoever calls it has fields that were decoded, or type checked, by this very declaration.
  return { message, reply: reply as Answer["reply"] };
}

/** The answer to a dump. */
export function answerDump<T, D>(
  message: Dump<T, D>,
  details: (fields: T) => readonly D[],
): Answer {
  return { message, reply: details as Answer["reply"] };
}

/**
 * Turns the words of a message's field, which enumerates, into numbers, as the declaration has them. A
 * number is left as it is.
 */
export function numbersOf(message: AnyMessage, field: string): (value: string | number) => number {
  const { parts } = message.body;
  const type = parts.kind === "struct"
    ? parts.members.find(({ name }) => name === field)?.type
    : undefined;
  if (type?.parts.kind !== "enumeration") throw new TypeError(`${field} enumerates nothing`);
  const { words } = type.parts;
  return (value) => {
    const number = typeof value === "number" ? value : words.get(value);
    if (number === undefined) throw new TypeError(`${value} is no ${field}`);
    return number;
  };
}
