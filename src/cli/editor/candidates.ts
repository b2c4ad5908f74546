/**
 * What a completion makes of a line.
 *
 * @module
 */
import { formatTable, widthOf } from "../output/table.ts";
import { afterCursor, beforeCursor, type Line } from "./line.ts";
import { graphemesOf } from "./graphemes.ts";

/** What the word at the cursor may become. */
export interface Completion {
  /** Where that word begins, in the text before the cursor. */
  readonly replaceFrom: number;
  /** Whole words. */
  readonly candidates: readonly string[];
  /** Whether a blank follows the word, when there is only one. */
  readonly isFinal: boolean;
}

/** More candidates than these are counted only. */
const MOST_SHOWN = 100;

/** The line with as much of the word as is certain; undefined when nothing more is. */
export function completed(line: Line, completion: Completion): Line | undefined {
  const { replaceFrom, isFinal } = completion;
  const candidates = completion.candidates.filter(isPrintable);
  const [only = ""] = candidates;
  if (candidates.length === 0) return undefined;
  const before = beforeCursor(line);
  const typed = before.slice(replaceFrom);
  const isUnique = candidates.length === 1;
  const word = isUnique ? only : commonBeginning(candidates);
  if (!isUnique && (word === typed || !word.startsWith(typed))) return undefined;
  const after = afterCursor(line);
  const blank = isUnique && isFinal ? " " : "";
  const text = before.slice(0, replaceFrom) + word + blank;
  return {
    text: text + after.slice(after.startsWith(" ") ? blank.length : 0),
    cursor: text.length,
  };
}

/** The candidates, in columns that fit a width, to be read downwards. */
export function listed(candidates: readonly string[], columns: number): string[] {
  const all = candidates.filter(isPrintable);
  const words = all.slice(0, MOST_SHOWN);
  if (words.length === 0) return [];
  const width = Math.max(...words.map(widthOf)) + 2;
  const across = Math.max(1, Math.floor((columns + 1) / width));
  const down = Math.ceil(words.length / across);
  const rows = Array.from({ length: down }, (_, row) => words.filter((_, at) => at % down === row));
  const sides = (rows[0] ?? []).map(() => "left" as const);
  const lines = formatTable(rows, sides);
  const more = all.length - words.length;
  return more > 0 ? [...lines, `… and ${more} more`] : lines;
}

/** Names come from a server, which may be anybody's. */
function isPrintable(word: string): boolean {
  return word !== "" && !/\p{Cc}/u.test(word);
}

function commonBeginning(words: readonly string[]): string {
  const [first = "", ...others] = words.map(graphemesOf);
  const differs = (grapheme: string, at: number) => others.some((other) => other[at] !== grapheme);
  const length = [...first].findIndex(differs);
  return [...first].slice(0, length < 0 ? undefined : length).join("");
}
