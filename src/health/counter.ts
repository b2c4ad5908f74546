/**
 * The health counter, as HAProxy keeps it: an integer from 0 to `rise + fall - 1` that means up
 * from `rise` on. A pass while up restores the maximum and a fail while not up restores 0, so that
 * only `fall` fails in a row lead down and only `rise` passes in a row lead up.
 *
 * @module
 */

/** How many results in a row change the state. Both are at least 1. */
export interface CounterRules {
  /** The passes in a row that a backend which is down needs to come up. */
  readonly rise: number;
  /** The fails in a row that a backend which is up needs to go down. */
  readonly fall: number;
}

/** The highest value of the counter: that of a backend which passed its last probe while up. */
export function maximum({ rise, fall }: CounterRules): number {
  return rise + fall - 1;
}

/** The value on entering the state unknown: one pass short of up, so that one result decides. */
export function preset({ rise }: CounterRules): number {
  return rise - 1;
}

/** Whether a value of the counter means up. */
export function isUp(counter: number, { rise }: CounterRules): boolean {
  return counter >= rise;
}

/** The counter after one more result. */
export function count(counter: number, ok: boolean, rules: CounterRules): number {
  const next = ok ? counter + 1 : counter - 1;
  if (isUp(next, rules)) return ok ? maximum(rules) : next;
  return ok ? next : 0;
}
