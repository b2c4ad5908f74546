/**
 * The alphabet of one program: characters that none of its sets tells apart are one symbol, so the
 * table of what follows what stays small.
 *
 * @module
 */
import { type CharacterSet, contains, rangesOf } from "./character_set.ts";

/** Which symbol each character is, and which symbols each set has. */
export interface Alphabet {
  /** The number of symbols; the last of them is the end of the text. */
  readonly size: number;
  /** The symbols of ASCII's characters. */
  readonly ascii: Uint16Array;
  /** Where ranges of one symbol begin, ascending from 0. */
  readonly starts: Int32Array;
  /** The symbol of each of these ranges. */
  readonly symbols: Uint16Array;
  /** Of each set, by symbol, whether it is a member: 1 or 0. */
  readonly members: readonly Uint8Array[];
}

/** The smallest alphabet in which these sets can be written. */
export function alphabetOf(sets: readonly CharacterSet[]): Alphabet {
  const edges = sets.flatMap(rangesOf).flatMap(([first, last]) => [first, last + 1]);
  const starts = Int32Array.from(new Set([0, ...edges])).sort();
  // What a range is a member of, as digits; ranges of the same digits are one symbol.
  const rows = Array.from(
    starts,
    (start) => sets.map((set) => contains(set, start) ? "1" : "0").join(""),
  );
  const distinct = [...new Set(rows)];
  const numbers = new Map(distinct.map((row, symbol) => [row, symbol]));
  const symbols = Uint16Array.from(rows, (row) => numbers.get(row) ?? 0);
  const size = distinct.length + 1;
  return {
    size,
    ascii: Uint16Array.from({ length: 128 }, (_, code) => symbolOf({ starts, symbols }, code)),
    starts,
    symbols,
    members: sets.map((_, set) =>
      Uint8Array.from({ length: size }, (_, symbol) => Number(distinct[symbol]?.[set] ?? 0))
    ),
  };
}

/** The symbol of a character. */
export function symbolOf(
  { starts, symbols }: Pick<Alphabet, "starts" | "symbols">,
  codePoint: number,
): number {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= codePoint) low = middle;
    else high = middle;
  }
  return symbols[low] ?? 0;
}
