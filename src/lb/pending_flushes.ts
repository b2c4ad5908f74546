/**
 * ASes whose flows are to be forgotten although their weight is 0 already: a backend that was standing
 * by or paused, and is disabled now, or down where the frontend wants that flushed.
 *
 * @module
 */

import type { MemberWeight, PoolWeights } from "../health/mod.ts";

/** What was last seen of the members of a frontend, by backend. */
export type SeenMembers = ReadonlyMap<string, MemberWeight>;

/** The members of a frontend, each where it counts. */
export function membersOf(weights: readonly PoolWeights[]): SeenMembers {
  const counting = weights.flatMap(({ members }) => members.filter(({ counts }) => counts));
  return new Map(counting.map((member) => [member.backend, member]));
}

/**
 * The backends that have come into a state that flushes. Whether their weight falls at the same time
 * is for the plan to see; a new one has no flows yet.
 */
export function newlyFlushed(before: SeenMembers, now: SeenMembers): readonly string[] {
  return [...now.values()].filter(({ backend, flush }) => {
    const earlier = before.get(backend);
    return flush && earlier !== undefined && !earlier.flush;
  }).map(({ backend }) => backend);
}
