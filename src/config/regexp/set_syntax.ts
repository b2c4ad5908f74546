/**
 * Reads what stands for one character: itself, an escape, a dot or a class.
 *
 * @module
 */
import { foldCase } from "./case_folding.ts";
import {
  type CharacterSet,
  complement,
  everyCharacter,
  lastCodePoint,
  single,
  union,
} from "./character_set.ts";
import { type Cursor, refuse, take } from "./cursor.ts";
import { perlSets, posixSets } from "./named_sets.ts";
import { unicodeSet } from "./unicode_set.ts";

const notNewline = complement(single(0x0a));

/** The set of characters that stands next outside of classes. */
export function parseSet(cursor: Cursor): CharacterSet {
  if (take(cursor, /\./y) !== null) return cursor.flags.includes("s") ? everyCharacter : notNewline;
  return parseClass(cursor) ?? parseNamed(cursor) ?? literal(cursor, parseCharacter(cursor));
}

/** A character, and under `(?i)` its kin. */
export function literal(cursor: Cursor, codePoint: number): CharacterSet {
  return folded(cursor, single(codePoint));
}

function folded(cursor: Cursor, set: CharacterSet): CharacterSet {
  return cursor.flags.includes("i") ? foldCase(set) : set;
}

/** `[a-z]`; a bracket that closes right after it opened is a member. */
function parseClass(cursor: Cursor): CharacterSet | null {
  const start = cursor.at;
  const [opened, not] = take(cursor, /\[(\^?)/y) ?? [];
  if (opened === undefined) return null;
  const members: CharacterSet[] = [];
  do {
    if (cursor.at === cursor.source.length) {
      refuse("a class is not closed:", cursor.source.slice(start));
    }
    members.push(parsePosix(cursor) ?? parseNamed(cursor) ?? parseRange(cursor));
  } while (take(cursor, /\]/y) === null);
  const set = union(members);
  return not === "" ? set : complement(set);
}

/** `[:alpha:]`, or `[:^alpha:]` for all others; they stand in classes alone. */
function parsePosix(cursor: Cursor): CharacterSet | null {
  const [text, not, name = ""] = take(cursor, /\[:(\^?)(.*?):\]/ys) ?? [];
  if (text === undefined) return null;
  const set = folded(cursor, posixSets.get(name) ?? refuse("there is no class", text));
  return not === "" ? set : complement(set);
}

/** `\d`, `\pL` or `\p{Greek}`; all others with a capital letter, or as `\p{^Greek}`. */
function parseNamed(cursor: Cursor): CharacterSet | null {
  const [, lower, upper = ""] = take(cursor, /\\(?:([dsw])|([DSW]))/y) ?? [];
  const perl = perlSets.get(lower ?? upper.toLowerCase());
  if (perl !== undefined) return lower ? folded(cursor, perl) : complement(folded(cursor, perl));

  const [text, p, braced, letter = ""] = take(cursor, /\\([pP])(?:\{([^}]*)\}|([^]))/yu) ?? [];
  if (text === undefined) return null;
  const [, not = "", name = ""] = /^(\^?)(.*)$/s.exec(braced ?? letter) ?? [];
  const set = folded(cursor, unicodeSet(name) ?? refuse("there is no class", text));
  return (p === "P") === (not === "^") ? set : complement(set);
}

/** `a`, or `a-z`; a hyphen that stands last is itself. */
function parseRange(cursor: Cursor): CharacterSet {
  const start = cursor.at;
  const first = parseCharacter(cursor);
  const last = take(cursor, /-(?=[^\]])/y) === null ? first : parseCharacter(cursor);
  if (last < first) {
    refuse("a range ends before it begins:", cursor.source.slice(start, cursor.at));
  }
  return folded(cursor, [first, last]);
}

const controls = new Map([["a", 7], ["f", 12], ["n", 10], ["r", 13], ["t", 9], ["v", 11]]);

/** A character: itself, after a backslash if it is neither letter nor digit, or an escape. */
function parseCharacter(cursor: Cursor): number {
  const itself = take(cursor, /[^\\]/yu)?.[0] ?? take(cursor, /\\([^\P{ASCII}\dA-Za-z])/yu)?.[1];
  if (itself !== undefined) return itself.codePointAt(0) ?? 0;
  const control = controls.get(take(cursor, /\\([afnrtv])/y)?.[1] ?? "");
  if (control !== undefined) return control;
  const octal = take(cursor, /\\(0[0-7]{0,2}|[1-7][0-7]{1,2})/y)?.[1];
  if (octal !== undefined) return parseInt(octal, 8);
  const hex = take(cursor, /\\x(?:\{([\da-f]+)\}|([\da-f]{2}))/yi);
  const codePoint = parseInt(hex?.[1] ?? hex?.[2] ?? "", 16);
  return codePoint <= lastCodePoint ? codePoint : refuseEscape(cursor, hex?.[0]);
}

function refuseEscape(cursor: Cursor, text = take(cursor, /\\[^]?/yu)?.[0] ?? ""): never {
  if (text === "\\") refuse("it ends in a backslash");
  if (/^\\[1-9]/.test(text)) refuse("it has a back-reference,", text);
  if (/^\\x/.test(text)) refuse("\\x takes two hexadecimal digits, or in braces up to 10FFFF");
  refuse("there is no escape", text);
}
