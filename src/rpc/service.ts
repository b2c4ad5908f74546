/**
 * What a service is: its methods, each with the messages it takes and the function that answers.
 *
 * @module
 */

import { RpcError } from "./status.ts";
import type { MessageType } from "./wire.ts";

/** A method, as the generated tables have it. */
export interface Method<Request, Response> {
  readonly name: string;
  readonly request: MessageType<Request>;
  readonly response: MessageType<Response>;
  /** Which sides send any number of messages. */
  readonly type: "unary" | "server_stream" | "bidi_stream";
  /** Whether it may change something. */
  readonly changes: boolean;
}

/** What a handler knows of its call. */
export interface Call {
  /** Who calls: an address, or the name in a certificate. */
  readonly caller: string;
  /** When the caller gives up, on the monotonic clock; `Infinity` where it did not say. */
  readonly deadlineMs: number;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/**
 * Answers the calls of a method. What it throws ends the call: an `RpcError` as it says, and
 * everything else as an internal error.
 */
export type Handler<M> = M extends Method<infer Request, infer Response>
  ? M["type"] extends "unary" ? (request: Request, call: Call) => Promise<Response> | Response
  : M["type"] extends "server_stream" ? (request: Request, call: Call) => AsyncIterable<Response>
  : (requests: AsyncIterable<Request>, call: Call) => AsyncIterable<Response>
  : never;

/** A method with the function that answers its calls, whatever its messages. */
export interface ServedMethod {
  readonly method: Method<unknown, unknown>;
  readonly answer: (requests: AsyncIterable<unknown>, call: Call) => AsyncIterable<unknown>;
}

/** A service. */
export interface Service {
  /** Its full name, such as `maglev.Maglev`. */
  readonly name: string;
  readonly methods: readonly ServedMethod[];
}

/** Puts a service together: each method of the table needs its handler. */
export function service<
  Methods extends { readonly [Name in keyof Methods]: Method<unknown, unknown> },
>(
  name: string,
  methods: Methods,
  handlers: { readonly [Name in keyof Methods]: Handler<Methods[Name]> },
): Service {
  const names = Object.keys(methods) as (keyof Methods & string)[];
  return { name, methods: names.map((each) => served(methods[each], handlers[each])) };
}

function served(method: Method<unknown, unknown>, handler: unknown): ServedMethod {
  if (method.type === "bidi_stream") return { method, answer: handler as ServedMethod["answer"] };
  const answerOne = handler as (request: unknown, call: Call) => unknown;
  return {
    method,
    async *answer(requests, call) {
      const answer = answerOne(await onlyOne(requests), call);
      if (method.type === "unary") yield await answer;
      else yield* answer as AsyncIterable<unknown>;
    },
  };
}

/** The request of a method that takes one. */
async function onlyOne(requests: AsyncIterable<unknown>): Promise<unknown> {
  const taken: unknown[] = [];
  for await (const request of requests) {
    if (taken.push(request) > 1) {
      throw new RpcError("INVALID_ARGUMENT", "there is a second message");
    }
  }
  if (taken.length === 0) throw new RpcError("INVALID_ARGUMENT", "there is no message");
  return taken[0];
}
