/**
 * One subscriber's view of the events: the state of everything, then what happens.
 *
 * @module
 */

import { type Level, levels } from "../log.ts";
import type { Event, EventKind } from "./event.ts";
import { eventQueue, mostQueued } from "./event_queue.ts";
import type { Snapshot } from "./snapshot.ts";

/** What a subscriber wants to know of. */
export interface EventFilter {
  /** Default: every kind. */
  readonly kinds?: readonly EventKind[];
  /** The least important log records that are wanted. Default: `info`. */
  readonly logLevel?: Level;
}

/**
 * A subscription. First come the states of all backends and frontends, as transitions from themselves
 * to themselves and with the number of the last event before them; then each later event. Read it with
 * `for await`, or with `available` and `take`.
 */
export interface EventSubscription extends AsyncIterable<Event> {
  /** Takes what is there, at most 1,024 events by default. */
  take(most?: number): Event[];
  /** Resolves to true when there is something to take; to false when nothing will ever come. */
  available(): Promise<boolean>;
  /** Gives up the subscription with all that waits. Harmless a second time. */
  close(): void;
}

/** The publisher's side of a subscription. */
export interface Subscriber {
  readonly subscription: EventSubscription;
  readonly snapshot: Snapshot;
  /** The least important log records that are wanted; null if none are. */
  readonly logLevel: Level | null;
  /** Queues the event if it is wanted. False where another was lost for it. */
  offer(event: Event): boolean;
  /** Nothing more will come. What waits can still be taken. */
  end(): void;
}

/** Options of {@link createSubscriber}. */
export interface SubscriberOptions {
  readonly kinds: ReadonlySet<EventKind>;
  readonly logLevel: Level;
  readonly snapshot: Snapshot;
  /** What the events of the snapshot are stamped with. */
  readonly stamp: { readonly sequence: number; readonly at: number };
  readonly onClose: () => void;
}

/** Makes both sides of a subscription. */
export function createSubscriber(options: SubscriberOptions): Subscriber {
  const { kinds, snapshot, stamp } = options;
  const lowestLevel = levels.indexOf(options.logLevel);
  const queue = eventQueue();
  let isClosed = false;
  let isEnded = false;
  let waiting: PromiseWithResolvers<void> | null = null;

  const wake = () => {
    waiting?.resolve();
    waiting = null;
  };
  const next = (): Event | undefined => {
    if (isClosed) return undefined;
    const state = snapshot.next();
    return state === undefined ? queue.shift() : { ...stamp, ...state };
  };
  const available = async () => {
    const isThere = () => !isClosed && !(snapshot.isTold && queue.isEmpty);
    while (!isThere() && !isEnded) await (waiting ??= Promise.withResolvers<void>()).promise;
    return isThere();
  };
  const end = () => {
    isEnded = true;
    wake();
  };
  const close = () => {
    if (isClosed) return;
    isClosed = true;
    queue.clear();
    end();
    options.onClose();
  };
  const wants = (event: Event) => {
    if (event.kind === "lost" || !kinds.has(event.kind)) return false;
    return event.kind !== "log" || levels.indexOf(event.record.level) >= lowestLevel;
  };

  const subscription: EventSubscription = {
    take(most = mostQueued) {
      const taken: Event[] = [];
      while (taken.length < most) {
        const event = next();
        if (event === undefined) break;
        taken.push(event);
      }
      return taken;
    },
    available,
    close,
    async *[Symbol.asyncIterator]() {
      try {
        while (await available()) {
          for (let event = next(); event !== undefined; event = next()) yield event;
        }
      } finally {
        close();
      }
    },
  };
  return {
    subscription,
    snapshot,
    logLevel: kinds.has("log") ? options.logLevel : null,
    offer(event) {
      if (!wants(event)) return true;
      const isKept = queue.push(event);
      wake();
      return isKept;
    },
    end,
  };
}
