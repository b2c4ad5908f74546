/**
 * Invariant 10: events come in order, none twice, none lost unannounced.
 *
 * @module
 */

import type { Checker, Event, EventFilter, EventSubscription } from "../../../src/checker/mod.ts";
import { levels } from "../../../src/log.ts";
import { must } from "../violation.ts";
import { checkBound } from "./bounds.ts";

/** Somebody who subscribed, and reads at their own pace. */
export interface Subscriber {
  readonly name: string;
  /** How many events are taken at each step. */
  readonly pace: number;
  /** How many were lost. */
  readonly lost: number;
  /** Takes so many events, and checks them. Default: all that are there. */
  read(most?: number): void;
  /** Nothing more will come: all that should have come has. */
  finish(): void;
  leave(): void;
}

/** All events of one daemon, as one sees them who is never late. */
export interface EventRecord {
  /** Reads on; gives what is new. */
  read(): readonly Event[];
  /** Somebody else subscribes. `wrap` may plant a fault. */
  subscribe(options: {
    readonly name: string;
    readonly pace: number;
    readonly filter: EventFilter;
    readonly wrap?: (subscription: EventSubscription) => EventSubscription;
  }): Subscriber;
}

/** Begins to record. Nobody may ask for less important log records than this level. */
export function recordEvents(checker: Checker, logLevel: "debug" | "info"): EventRecord {
  const all: Event[] = [];
  const subscription = checker.subscribe({ logLevel });
  let last: number | null = null;

  const read = () => {
    const taken = subscription.take(Infinity);
    for (const event of taken) {
      const { sequence, kind } = event;
      must(kind !== "lost", 10, () => "the one who is never late has lost events");
      const isState = last === null || (sequence === last && isPresentState(event));
      must(isState || sequence === (last ?? 0) + 1, 10, () => `${sequence} comes after ${last}`);
      last = sequence;
    }
    const news = taken.filter((event) => !isPresentState(event));
    all.push(...news);
    return taken;
  };

  const subscribe: EventRecord["subscribe"] = ({ name, pace, filter, wrap = (same) => same }) => {
    read();
    const { kinds, logLevel: level = "info" } = filter;
    const wants = (event: Event) => {
      if (event.kind === "lost" || (kinds !== undefined && !kinds.includes(event.kind))) {
        return false;
      }
      return event.kind !== "log" || levels.indexOf(event.record.level) >= levels.indexOf(level);
    };
    let place = all.length;
    let states = [
      ...(kinds?.includes("backend") ?? true ? checker.backends() : []),
      ...(kinds?.includes("frontend") ?? true ? checker.frontends() : []),
    ].length;
    let lost = 0;
    const own = wrap(checker.subscribe(filter));

    const next = () => {
      while (place < all.length && !wants(all[place] as Event)) place++;
      return all[place++];
    };
    const check = (event: Event) => {
      if (states > 0) {
        states--;
        return must(isPresentState(event), 10, () => `${name} lacks the state of something`);
      }
      if (event.kind !== "lost") {
        const wanted = next();
        const isRight = wanted !== undefined && wanted.sequence === event.sequence &&
          wanted.kind === event.kind;
        return must(isRight, 10, () => {
          return `${name} got ${event.kind} ${event.sequence} for ${wanted?.kind} ${wanted?.sequence}`;
        });
      }
      lost += event.count;
      let skipped: Event | undefined;
      for (let count = event.count; count > 0; count--) skipped = next();
      must(skipped?.sequence === event.sequence, 10, () => {
        return `${name} lost ${event.count} up to ${event.sequence}, not to ${skipped?.sequence}`;
      });
    };
    const take = (most: number) => {
      read();
      const taken = own.take(most);
      const isNews = (event: Event) => event.kind !== "lost" && !isPresentState(event);
      checkBound("events that wait for a subscriber", taken.filter(isNews).length);
      for (const event of taken) check(event);
    };
    return {
      name,
      pace,
      get lost() {
        return lost;
      },
      read: (most = Infinity) => take(most),
      finish() {
        take(Infinity);
        const rest = next();
        must(rest === undefined, 10, () => `${name} never got ${rest?.kind} ${rest?.sequence}`);
      },
      leave: () => own.close(),
    };
  };
  return { read, subscribe };
}

/** Whether it tells the state at the beginning: a transition from itself to itself. */
function isPresentState(event: Event): boolean {
  return (event.kind === "backend" || event.kind === "frontend") &&
    event.transition.from === event.transition.to;
}
