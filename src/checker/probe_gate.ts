/**
 * How many probes may be in flight at a time. Those beyond wait in the order in which they came.
 *
 * @module
 */

/** More probes than this are never in flight. */
const mostInFlight = 1024;

/** Lets probes in, up to the limit. */
export interface ProbeGate {
  readonly inFlight: number;
  readonly waiting: number;
  /** Calls `start` as soon as there is room: within this call, or within another's leave. */
  enter(start: () => void): void;
  /** Ends the wait of one that has not been started yet. Harmless if it does not wait. */
  withdraw(start: () => void): void;
  /** One that was started has ended: the next one that waits starts. */
  leave(): void;
}

/** Makes a gate with a limit, 1,024 by default. */
export function probeGate(limit: number = mostInFlight): ProbeGate {
  const waiting = new Set<() => void>();
  // It visits what is added later, too, and never twice: with all it visited deleted, the set is a
  // queue from which any entry can be taken at no cost.
  const order = waiting.values();
  let inFlight = 0;
  return {
    get inFlight() {
      return inFlight;
    },
    get waiting() {
      return waiting.size;
    },
    enter(start) {
      if (inFlight === limit) {
        waiting.add(start);
      } else {
        inFlight++;
        start();
      }
    },
    withdraw(start) {
      waiting.delete(start);
    },
    leave() {
      inFlight--;
      // An iterator that once came to the end stays there, so it is not asked when there is nothing.
      const next = waiting.size > 0 ? order.next().value : undefined;
      if (next === undefined) return;
      waiting.delete(next);
      inFlight++;
      next();
    },
  };
}
