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
  | { readonly phase: "releasing"; readonly released: ReadonlySet<string> }
  | { readonly phase: "over" };

/** A frontend, and whether none of its backends is unknown. */
export interface WarmingFrontend {
  readonly name: string;
  readonly isKnown: boolean;
}

/** How every process begins. */
export const coldStart: WarmUp = { phase: "waiting" };

/** The warm-up so long after the start; the same object if nothing changed. */
export function warmUp(
  before: WarmUp,
  elapsedMs: number,
  { minMs, maxMs }: WarmUpTimes,
  frontends: readonly WarmingFrontend[],
): WarmUp {
  if (before.phase === "over" || elapsedMs >= maxMs) return over(before);
  if (elapsedMs < minMs) return before;
  const earlier = before.phase === "releasing" ? before.released : new Set<string>();
  const known = frontends.filter(({ isKnown }) => isKnown).map(({ name }) => name);
  const released = new Set([...earlier, ...known]);
  if (frontends.every(({ name }) => released.has(name))) return over(before);
  const isSame = before.phase === "releasing" && released.size === earlier.size;
  return isSame ? before : { phase: "releasing", released };
}

function over(before: WarmUp): WarmUp {
  return before.phase === "over" ? before : { phase: "over" };
}

/** Whether the VIP of a frontend may be written. */
export function isReleased(state: WarmUp, frontend: string): boolean {
  return state.phase === "over" || (state.phase === "releasing" && state.released.has(frontend));
}
