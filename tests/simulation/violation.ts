/**
 * What a run says when something is not as it must be.
 *
 * @module
 */

/** The invariants, by their numbers. */
export const invariants = {
  1: "nothing is written when nothing differs",
  2: "after quiet, VPP is what it should be",
  3: "a VIP that can serve never stops serving within a sync",
  4: "a void probe changes no health",
  5: "a restart changes no weight without evidence",
  6: "two daemons with one view build equal tables",
  7: "each transition has a cause",
  8: "queues are bounded",
  9: "a failover writes what differs and nothing else",
  10: "events come in order, none twice, none lost unannounced",
  11: "nothing is left at the end",
} as const;

/** The number of an invariant. */
export type Invariant = keyof typeof invariants;

/** An invariant does not hold. */
export class Violation extends Error {
  override readonly name = "Violation";
  readonly invariant: Invariant;

  constructor(invariant: Invariant, what: string) {
    super(`invariant ${invariant}, ${invariants[invariant]}: ${what}`);
    this.invariant = invariant;
  }
}

/** Says that an invariant does not hold unless this is so. */
export function must(isSo: boolean, invariant: Invariant, what: () => string): asserts isSo {
  if (!isSo) throw new Violation(invariant, what());
}
