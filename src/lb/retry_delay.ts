/**
 * When to try again to connect to VPP.
 *
 * @module
 */

const firstDelayMs = 1_000;
const longestDelayMs = 5_000;

/** A connection that ends sooner than this is no better than one that was not made. */
const heldMs = 10_000;

/** How one try ended. */
export type TryResult =
  | { readonly kind: "failed" }
  /** It made a connection, which is lost by now. */
  | { readonly kind: "lost"; readonly lastedMs: number };

/** How many tries have failed in a row after this one. A connection that held begins anew at 0. */
export function countFailures(failures: number, result: TryResult): number {
  return result.kind === "lost" && result.lastedMs >= heldMs ? 0 : failures + 1;
}

/**
 * How long to wait after so many failures in a row: 1 s after the first, twice as long after each
 * further one, and 5 s at the most. Not at all after a connection that held, because VPP may have
 * closed that one connection and nothing more.
 */
export function retryDelayMs(failures: number): number {
  return failures === 0 ? 0 : Math.min(firstDelayMs * 2 ** (failures - 1), longestDelayMs);
}
