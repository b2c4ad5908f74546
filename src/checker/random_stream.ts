/**
 * Random numbers for one backend alone: what it draws does not depend on what others draw, so a
 * reload that touches some backends cannot move the probes of the rest.
 *
 * @module
 */

/** Numbers from 0, inclusive, to 1, exclusive; the same ones again for the same seed in 0 … 1. */
export function randomStream(seed: number): () => number {
  // A linear congruential generator of full period. Only the high bits matter to a jitter.
  let state = Math.floor(seed * 2 ** 32) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
