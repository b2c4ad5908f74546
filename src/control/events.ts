/**
 * The call that tells what happens.
 *
 * @module
 */

import type { Checker, Event, EventFilter, EventKind } from "../checker/mod.ts";
import { levels } from "../log.ts";
import { eventMessage } from "../rpc/event_message.ts";
import type * as pb from "../rpc/maglev_pb.ts";
import { RpcError } from "../rpc/status.ts";
import type { Handlers } from "./handlers.ts";

/** Tells the state of everything, then what happens, as slowly as the client reads. */
export function eventHandlers(
  { checker }: { readonly checker: Pick<Checker, "subscribe"> },
): Handlers<"WatchEvents"> {
  return { WatchEvents: (request, { signal }) => watch(checker, filterOf(request), signal) };
}

async function* watch(
  checker: Pick<Checker, "subscribe">,
  filter: EventFilter,
  signal: AbortSignal,
): AsyncGenerator<pb.Event, void> {
  signal.throwIfAborted();
  const subscription = checker.subscribe(filter);
  signal.addEventListener("abort", subscription.close);
  try {
    for await (const event of subscription) yield messageOf(event);
  } finally {
    signal.removeEventListener("abort", subscription.close);
    subscription.close();
  }
  signal.throwIfAborted();
  // Otherwise it is the checker that has ended.
  throw new RpcError("UNAVAILABLE", "shutting down");
}

/** What was told of an event: the same object to all, so that it is made, and written, once. */
const told = new WeakMap<Event, pb.Event>();

function messageOf(event: Event): pb.Event {
  const known = told.get(event);
  if (known !== undefined) return known;
  const message = eventMessage(event);
  told.set(event, message);
  return message;
}

function filterOf(request: pb.WatchRequest): EventFilter {
  const { log = true, backend = true, frontend = true, weight, reload } = request;
  const wanted: Readonly<Record<EventKind, boolean>> = { log, backend, frontend, weight, reload };
  const kinds = (Object.keys(wanted) as EventKind[]).filter((kind) => wanted[kind]);
  return { kinds, logLevel: levelOf(request.logLevel || "info") };
}

function levelOf(name: string): typeof levels[number] {
  const level = levels.find((each) => each === name);
  if (level !== undefined) return level;
  const shown = JSON.stringify(name.slice(0, 64));
  throw new RpcError("INVALID_ARGUMENT", `no log level ${shown}; give one of ${levels.join(", ")}`);
}
