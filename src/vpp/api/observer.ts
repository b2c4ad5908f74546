/**
 * Who watches the messages that pass: the debug log and the counters.
 *
 * @module
 */

import type { Logger } from "../../log.ts";
import { attributes, type Message } from "../wire/mod.ts";

/** Told of every message, as it is sent and as it is received. */
export interface ApiObserver {
  sent(message: Message<unknown>, fields: unknown): void;
  received(message: Message<unknown>, fields: unknown): void;
  /** A message that was not sent, because VPP does not have it or there was no use in it any more. */
  refused(message: Message<unknown>, error: unknown): void;
  /** A message that was sent, and that the caller got no answer to. */
  unanswered(message: Message<unknown>, error: unknown): void;
}

/** How many messages of a name passed in a direction, with a result. */
export interface ApiCount {
  readonly msg: string;
  readonly direction: "send" | "recv";
  readonly result: "success" | "failure";
  readonly count: number;
}

/** An observer that counts, for metrics. */
export interface ApiCounters extends ApiObserver {
  counts(): readonly ApiCount[];
}

/** Counts messages; a reply that says that it did not work counts as a failure. */
export function countMessages(): ApiCounters {
  const counts = new Map<string, ApiCount>();
  const add = (msg: string, direction: ApiCount["direction"], isSuccess: boolean) => {
    const result = isSuccess ? "success" : "failure";
    const key = `${msg} ${direction} ${result}`;
    const count = (counts.get(key)?.count ?? 0) + 1;
    counts.set(key, { msg, direction, result, count });
  };
  return {
    sent: ({ name }) => add(name, "send", true),
    received: ({ name }, fields) => add(name, "recv", retvalOf(fields) >= 0),
    refused: ({ name }) => add(name, "send", false),
    unanswered: ({ name }) => add(name, "recv", false),
    counts: () => [...counts.values()],
  };
}

/** Logs every message with its fields, at debug. Those of dumps are told apart by `-multi`. */
export function logMessages(log: Logger): ApiObserver {
  const event = (direction: "send" | "recv", { kind }: Message<unknown>) =>
    `vpp-api-${direction}${kind === "dump" || kind === "details" ? "-multi" : ""}`;
  return {
    sent(message, fields) {
      if (log.enabled("debug")) log.debug(event("send", message), attributes(message, fields));
    },
    received(message, fields) {
      if (log.enabled("debug")) log.debug(event("recv", message), attributes(message, fields));
    },
    refused(message, error) {
      log.debug(event("send", message), { message: message.name, error: error as object });
    },
    unanswered(message, error) {
      log.debug(event("recv", message), { message: message.name, error: error as object });
    },
  };
}

/** Tells several observers. */
export function observers(...all: readonly ApiObserver[]): ApiObserver {
  return {
    sent: (message, fields) => all.forEach((each) => each.sent(message, fields)),
    received: (message, fields) => all.forEach((each) => each.received(message, fields)),
    refused: (message, error) => all.forEach((each) => each.refused(message, error)),
    unanswered: (message, error) => all.forEach((each) => each.unanswered(message, error)),
  };
}

function retvalOf(fields: unknown): number {
  const { retval } = fields as { readonly retval?: unknown };
  return typeof retval === "number" ? retval : 0;
}
