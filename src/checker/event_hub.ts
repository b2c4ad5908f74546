/**
 * Numbers events and hands them to subscribers. None of their code runs here, so none can slow down or
 * break the one who publishes.
 *
 * @module
 */

import { type Level, levels, type Logger } from "../log.ts";
import { type Event, type EventKind, type Happening, presentState } from "./event.ts";
import {
  createSubscriber,
  type EventFilter,
  type EventSubscription,
  type Subscriber,
} from "./event_subscription.ts";
import { type Subject, type Subjects, subjectsOf, takeSnapshot } from "./snapshot.ts";

const everyKind: readonly EventKind[] = ["backend", "frontend", "weight", "reload", "log"];

/** Publishes events. */
export interface EventHub {
  /** How many subscriptions are open. */
  readonly subscribers: number;
  /** How many events all subscribers together have lost. */
  readonly dropped: number;
  /** Gives an event its number, and to all who want it. `at` is in milliseconds since the epoch. */
  publish(happening: Happening, at: number): void;
  /** Tells that a subject's state is about to change, for the snapshots that still have to tell it. */
  preserve(subject: Subject): void;
  /** Replaces what new subscribers are told of first. */
  show(subjects: Subjects): void;
  subscribe(filter: EventFilter, at: number): EventSubscription;
  /** Ends all subscriptions. Those that begin later have ended already. */
  end(): void;
}

/** Makes a hub. Log records are published at the lowest level that a subscriber wants. */
export function eventHub(log: Logger): EventHub {
  const subscribers = new Set<Subscriber>();
  let subjects = subjectsOf([], []);
  let sequence = 0;
  let dropped = 0;
  let isEnded = false;
  let listening: { readonly level: Level; readonly stop: () => void } | null = null;

  const publish = (happening: Happening, at: number) => {
    sequence++;
    if (subscribers.size === 0) return;
    const event: Event = { sequence, at, ...happening };
    for (const subscriber of subscribers) if (!subscriber.offer(event)) dropped++;
  };
  /** Debug records cost much, so the log is asked for them only while somebody wants them. */
  const listen = () => {
    const wanted = [...subscribers].map(({ logLevel }) => logLevel);
    const level = levels.find((level) => wanted.includes(level));
    if (level === listening?.level) return;
    listening?.stop();
    listening = level === undefined ? null : {
      level,
      stop: log.subscribe(level, (record) => publish({ kind: "log", record }, record.at)),
    };
  };
  return {
    publish,
    get subscribers() {
      return subscribers.size;
    },
    get dropped() {
      return dropped;
    },
    preserve(subject) {
      let state: Happening | undefined;
      for (const { snapshot } of subscribers) {
        if (snapshot.awaits(subject)) snapshot.keep(subject, state ??= presentState(subject));
      }
    },
    show(shown) {
      subjects = shown;
    },
    subscribe({ kinds: wanted = everyKind, logLevel = "info" }, at) {
      const kinds = new Set(wanted);
      const subscriber = createSubscriber({
        kinds,
        logLevel,
        snapshot: takeSnapshot(subjects, kinds),
        stamp: { sequence, at },
        onClose: () => {
          subscribers.delete(subscriber);
          listen();
        },
      });
      if (isEnded) {
        subscriber.subscription.close();
      } else {
        subscribers.add(subscriber);
        listen();
      }
      return subscriber.subscription;
    },
    end() {
      isEnded = true;
      for (const subscriber of subscribers) subscriber.end();
      subscribers.clear();
      listen();
    },
  };
}
