/**
 * The declaration of a message: its name, its CRC, its fields, and what answers it.
 *
 * A message is declared once, as data; its codec, its TypeScript type, its text in the debug log and
 * its comparison with VPP's own definitions all follow from that.
 *
 * @module
 */

import { i32 } from "./scalars.ts";
import { type Members, type Struct, struct, type StructOf } from "./struct.ts";

/** A number in front of the fields: who asks, and what the asker knows the answer by. */
export type HeaderField = "clientIndex" | "context";

/** A message whose fields have the type `T`. */
export interface Message<T> {
  readonly kind: "request" | "dump" | "reply" | "details" | "event";
  readonly name: string;
  /** What VPP's compiler made of name and type of all fields: another CRC is another layout. */
  readonly crc: number;
  /** Name and CRC as they stand in VPP's message table: `lb_conf_56cd3261`. */
  readonly key: string;
  /** The numbers between the message's id and its fields. */
  readonly header: readonly HeaderField[];
  readonly body: Struct<T>;
}

/** A message that one reply answers. */
export interface Request<T, R> extends Message<T> {
  readonly kind: "request";
  readonly reply: Message<R>;
}

/**
 * A message that any number of details answer. Nothing marks the last one: send `control_ping`
 * behind it, and when the ping's reply is there, they all are.
 */
export interface Dump<T, D> extends Message<T> {
  readonly kind: "dump";
  readonly details: Message<D>;
}

/** The type of a message's fields. */
export type FieldsOf<M> = M extends Message<infer T> ? T : never;

/** What answers a message, as part of its declaration. */
export interface Answer<M extends Members> {
  readonly crc: number;
  readonly members: M;
}

/** The answer that has these fields. */
export function answer<M extends Members>(crc: number, members: M): Answer<M> {
  return { crc, members };
}

/** The answer that only says whether it worked; such replies all have the same CRC. */
export const retvalOnly = answer(0xe8d4e804, { retval: i32 });

const requestHeader: readonly HeaderField[] = ["clientIndex", "context"];
const replyHeader: readonly HeaderField[] = ["context"];
const eventHeader: readonly HeaderField[] = ["clientIndex"];

/** Declares a message that one reply answers, named `<name>_reply`. */
export function request<M extends Members, R extends Members>(
  name: string,
  crc: number,
  members: M,
  reply: Answer<R>,
): Request<StructOf<M>, StructOf<R>> {
  return {
    ...message(name, crc, requestHeader, members),
    kind: "request",
    reply: {
      ...message(`${name}_reply`, reply.crc, replyHeader, reply.members),
      kind: "reply",
    },
  };
}

/** Declares a message that any number of details answer: `x_details` where the name is `x_dump`. */
export function dump<M extends Members, D extends Members>(
  name: string,
  crc: number,
  members: M,
  details: Answer<D>,
): Dump<StructOf<M>, StructOf<D>> {
  const detailsName = name.replace(/_dump$/, "_details");
  return {
    ...message(name, crc, requestHeader, members),
    kind: "dump",
    details: {
      ...message(detailsName, details.crc, replyHeader, details.members),
      kind: "details",
    },
  };
}

/** Declares a message that VPP sends of its own accord. It has no context. */
export function event<M extends Members>(
  name: string,
  crc: number,
  members: M,
): Message<StructOf<M>> {
  return { ...message(name, crc, eventHeader, members), kind: "event" };
}

/** The message and what answers it. */
export function withAnswer(message: AnyMessage): readonly Message<unknown>[] {
  if ("reply" in message) return [message, message.reply];
  return "details" in message ? [message, message.details] : [message];
}

/** Any declared message. */
export type AnyMessage = Message<unknown> | Request<unknown, unknown> | Dump<unknown, unknown>;

function message<M extends Members>(
  name: string,
  crc: number,
  header: readonly HeaderField[],
  members: M,
): Omit<Message<StructOf<M>>, "kind"> {
  const key = `${name}_${crc.toString(16).padStart(8, "0")}`;
  return { name, crc, key, header, body: struct(name, members) };
}
