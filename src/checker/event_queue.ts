/**
 * The events that wait for one subscriber: a queue that forgets the oldest when it is full, and says
 * how many were forgotten.
 *
 * @module
 */

import type { Event } from "./event.ts";

/** More events than this do not wait. */
export const mostQueued = 1024;

/** A bounded queue of events. */
export interface EventQueue {
  /** Whether anything waits. */
  readonly isEmpty: boolean;
  /** Appends an event. False where the oldest had to go for it. */
  push(event: Event): boolean;
  /** Takes the oldest, or the `lost` event that stands in the place of those that are gone. */
  shift(): Event | undefined;
  clear(): void;
}

/** Makes an empty queue. */
export function eventQueue(limit: number = mostQueued): EventQueue {
  // A ring, which becomes no longer than it has to. What is lost is always older than all in it.
  let ring: (Event | undefined)[] = [];
  let head = 0;
  let size = 0;
  let lost = 0;
  let lastLost = { sequence: 0, at: 0 };

  const takeOldest = () => {
    const oldest = ring[head];
    ring[head] = undefined;
    head = (head + 1) % limit;
    size--;
    return oldest;
  };
  return {
    get isEmpty() {
      return size === 0;
    },
    push(event) {
      const oldest = size === limit ? takeOldest() : undefined;
      ring[(head + size) % limit] = event;
      size++;
      if (oldest === undefined) return true;
      lost++;
      lastLost = oldest;
      return false;
    },
    shift() {
      if (lost > 0) {
        const { sequence, at } = lastLost;
        const count = lost;
        lost = 0;
        return { kind: "lost", count, sequence, at };
      }
      return size > 0 ? takeOldest() : undefined;
    },
    clear() {
      ring = [];
      head = size = lost = 0;
    },
  };
}
