/**
 * Lets only so many do something at a time; the others wait for their turn.
 *
 * @module
 */

/** Turns, in the order in which they were asked for. */
export interface Turns {
  /** Resolves when it is one's turn, which lasts until {@link Turns.leave}. */
  enter(): Promise<void>;
  leave(): void;
}

/** Turns of which at most so many are taken at a time. */
export function turns(most: number): Turns {
  const waiting: (() => void)[] = [];
  let taken = 0;
  return {
    enter() {
      if (taken < most) {
        taken++;
        return Promise.resolve();
      }
      return new Promise((resolve) => waiting.push(resolve));
    },
    leave() {
      const next = waiting.shift();
      if (next === undefined) taken--;
      else next();
    },
  };
}
