/**
 * Searches a text for what a program matches, in a bounded number of steps.
 *
 * @module
 */
import { symbolOf } from "./alphabet.ts";
import {
  advance,
  type Automaton,
  type Cache,
  createAutomaton,
  createCache,
  outcomes,
} from "./automaton.ts";
import type { Program } from "./program.ts";
import { decodeCharacter, lengthInBytes, replacementCharacter } from "./utf8.ts";

/** What a search comes to; `cut-off` is one that would have taken too many steps. */
export type Verdict = "match" | "no-match" | "cut-off";

/** The most steps that a search may take, besides a look for each byte: some 20 ms. */
const stepsAtMost = 2_000_000;

/** A cache that took more steps is not kept for the next search: it fills as many words. */
const stepsKeptAtMost = 100_000;

/** A search for what the program matches. Its answers are the same whatever it answered before. */
export function createSearch(program: Program): (bytes: Uint8Array) => Verdict {
  const automaton = createAutomaton(program);
  let cache = createCache(automaton);
  return (bytes) => {
    const isNew = cache.steps === 0;
    let verdict = search(automaton, cache, bytes);
    if (verdict === "cut-off" && !isNew) {
      // Earlier searches spent a part of the steps. The answer must not depend on them.
      cache = createCache(automaton);
      verdict = search(automaton, cache, bytes);
    }
    if (cache.steps > stepsKeptAtMost) cache = createCache(automaton);
    return verdict;
  };
}

function search(automaton: Automaton, cache: Cache, bytes: Uint8Array): Verdict {
  const { alphabet } = automaton;
  const { ascii, size } = alphabet;
  const end = size - 1;
  let { table } = cache;
  let row = size;
  let at = 0;
  while (row > 0) {
    let symbol = end;
    if (at < bytes.length) {
      const byte = bytes[at] ?? 0;
      if (byte < 0x80) {
        symbol = ascii[byte] ?? 0;
        at++;
      } else {
        const decoded = decodeCharacter(bytes, at);
        symbol = symbolOf(alphabet, decoded < 0 ? replacementCharacter : decoded);
        at += lengthInBytes(decoded);
      }
    }
    let following = table[row + symbol] ?? 0;
    if (following === 0) {
      following = advance(automaton, cache, row, symbol);
      if (cache.steps > stepsAtMost) return "cut-off";
      table = cache.table;
    }
    row = following;
  }
  return row === outcomes.match ? "match" : "no-match";
}
