/**
 * The time after a start in which nothing is known yet of any backend: VPP is not to be told so.
 *
 * @module
 */

/** What the configuration says. Both 0: there is no warm-up. */
export interface WarmUpTimes {
  /** Until then VPP is not written at all. */
  readonly minMs: number;
  /** Until then only what is known is written; then everything is. */
  readonly maxMs: number;
}

/** Where the warm-up stands. Frontends are released one by one, and each once. */
export type WarmUp =
  | { readonly phase: "waiting" }
  /** Those that are held back are not written yet. */
  | { readonly phase: "releasing"; readonly held: ReadonlySet<string> }
  | { readonly phase: "over" };

/** A frontend to look at. */
export interface WarmingFrontend {
  readonly name: string;
  /** None of its backends is unknown; or it is gone. */
  readonly isKnown: boolean;
  /** It was not there before. */
  readonly isNew: boolean;
}

/** How every process begins. */
export const coldStart: WarmUp = { phase: "waiting" };

/** When in the warm-up something is decided. */
export interface WarmUpMoment {
  readonly elapsedMs: number;
  readonly times: WarmUpTimes;
}

/**
 * The warm-up after a look at some frontends; the same object if nothing changed. When the waiting
 * ends these are to be all frontends, and later those that have changed.
 */
export function warmUp(
  before: WarmUp,
  { elapsedMs, times: { minMs, maxMs } }: WarmUpMoment,
  frontends: readonly WarmingFrontend[],
): WarmUp {
  if (before.phase === "over") return before;
  if (elapsedMs >= maxMs) return { phase: "over" };
  const isFirst = before.phase === "waiting";
  // A reload that makes the delay longer does not take back what has begun, and what it adds is new.
  if (isFirst && elapsedMs < minMs) return before;
  const earlier = isFirst ? new Set<string>() : before.held;
  const added = frontends.filter(({ isKnown, isNew }) => !isKnown && (isFirst || isNew));
  const released = frontends.filter(({ name, isKnown }) => isKnown && earlier.has(name));
  if (!isFirst && added.length + released.length === 0) return before;
  const held = new Set([...earlier, ...added.map(({ name }) => name)]);
  for (const { name } of released) held.delete(name);
  return held.size === 0 ? { phase: "over" } : { phase: "releasing", held };
}

/** Whether the VIP of a frontend may be written. */
export function isReleased(state: WarmUp, frontend: string): boolean {
  return state.phase === "over" || (state.phase === "releasing" && !state.held.has(frontend));
}
