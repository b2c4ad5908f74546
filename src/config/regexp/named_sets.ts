/**
 * The sets of ASCII characters that have names: Perl's (`\d`) and POSIX's (`[:alpha:]`).
 *
 * @module
 */
import type { CharacterSet } from "./character_set.ts";

/** First and last character of each range in turn, as text. */
function setOf(edges: string): CharacterSet {
  return [...edges].map((character) => character.codePointAt(0) ?? 0);
}

/** Letters, digits and _, as `\b` understands words, too. */
export const wordCharacters = setOf("09AZ__az");

/** What the letter after a backslash stands for. */
export const perlSets: ReadonlyMap<string, CharacterSet> = new Map([
  ["d", setOf("09")],
  ["s", setOf("\t\n\f\r  ")],
  ["w", wordCharacters],
]);

/** What the word between `[:` and `:]` stands for. */
export const posixSets: ReadonlyMap<string, CharacterSet> = new Map([
  ["alnum", setOf("09AZaz")],
  ["alpha", setOf("AZaz")],
  ["ascii", setOf("\x00\x7f")],
  ["blank", setOf("\t\t  ")],
  ["cntrl", setOf("\x00\x1f\x7f\x7f")],
  ["digit", setOf("09")],
  ["graph", setOf("!~")],
  ["lower", setOf("az")],
  ["print", setOf(" ~")],
  ["punct", setOf("!/:@[`{~")],
  ["space", setOf("\t\r  ")],
  ["upper", setOf("AZ")],
  ["word", wordCharacters],
  ["xdigit", setOf("09AFaf")],
]);
