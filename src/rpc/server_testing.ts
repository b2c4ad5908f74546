/**
 * A service, its server and its clients in memory, on a virtual clock.
 *
 * @module
 */

import assert from "node:assert/strict";
import { virtualClock } from "../clock.ts";
import { transportPair } from "../http2/transport_pair_testing.ts";
import { logger, type LogRecord } from "../log.ts";
import { rpcClient } from "./client.ts";
import { type Accepted, startRpcServer } from "./server.ts";
import { type Handler, type Method, type Service, service } from "./service.ts";
import { RpcError, type StatusCode, UnreachableError } from "./status.ts";
import { message } from "./wire.ts";

/** The only message of the service. */
export interface Note {
  readonly text: string;
}

const note = message<Note>({ text: { number: 1, type: "string" } });
const common = { request: note, response: note, changes: false };

/** One method of each type, and one that changes something. */
export const methods = {
  get: { ...common, name: "Get", type: "unary" },
  set: { ...common, name: "Set", type: "unary", changes: true },
  watch: { ...common, name: "Watch", type: "server_stream" },
  chat: { ...common, name: "Chat", type: "bidi_stream" },
} as const satisfies Record<string, Method<Note, Note>>;

/** What answers. */
export type Handlers = { readonly [Name in keyof typeof methods]: Handler<typeof methods[Name]> };

/** Answers with what it was asked. */
const echoes: Handlers = {
  get: (request) => request,
  set: (request) => request,
  async *watch({ text }) {
    for (const letter of text) yield await Promise.resolve({ text: letter });
  },
  async *chat(requests) {
    for await (const { text } of requests) yield { text: `${text}!` };
  },
};

/** A service whose methods echo, but for those that are given. */
export function testService(handlers: Partial<Handlers> = {}): Service {
  return service("test.Test", methods, { ...echoes, ...handlers });
}

/** What a test has of a server, its clock and its log. */
export type ServerScene = ReturnType<typeof makeScene>;

/** Starts a server whose methods echo, but for those that are given. */
export function serverScene(handlers: Partial<Handlers> = {}): ServerScene {
  return makeScene(handlers);
}

function makeScene(handlers: Partial<Handlers>) {
  const clock = virtualClock();
  const records: LogRecord[] = [];
  const log = logger({ clock, sink: () => {} });
  log.subscribe("debug", (record) => records.push(record));
  const server = startRpcServer({ services: [testService(handlers)], clock, log });
  /** Connects, and gives the far end. */
  const connect = ({ isReadOnly = false, caller = "192.0.2.1:5" }: Partial<Accepted> = {}) => {
    const [near, far] = transportPair();
    server.accept({ transport: near, caller, isReadOnly });
    return { near, far };
  };
  return {
    ...{ clock, records, server, connect },
    /** Connects a client. */
    client(accepted: Partial<Accepted> = {}) {
      const { near, far } = connect(accepted);
      const client = rpcClient({ transport: far, service: "test.Test", authority: "test", clock });
      return { ...client, near, far };
    },
    /** The records of one event. */
    logged: (event: string) => records.filter(({ msg }) => msg === event),
  };
}

/** What a client is told instead of an answer. */
export type CallErrorCode = StatusCode | UnreachableError["code"];

/** Checks what a client is told: the code, and the message or a part of it. */
export function isCallError(
  code: CallErrorCode,
  message: string | RegExp,
): (error: unknown) => boolean {
  return (error) =>
    (error instanceof RpcError || error instanceof UnreachableError) && error.code === code &&
    (typeof message === "string" ? error.message === message : message.test(error.message));
}

/** A promise with what became of it so far. */
export function watched<T>(promise: Promise<T>): { readonly value?: T; readonly error?: unknown } {
  const outcome: { value?: T; error?: unknown } = {};
  promise.then((value) => outcome.value = value, (error) => outcome.error = error);
  return outcome;
}

/** Ends the clients, and checks that nothing of the server is left. */
export async function assertNothingLeft({ server, clock }: ServerScene): Promise<void> {
  await server.stop();
  await clock.advance(0);
  assert.deepEqual([server.connections, server.calls, clock.pending], [0, 0, 0]);
}
