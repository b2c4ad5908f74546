/**
 * Which characters `(?i)` takes for the same: those that Unicode folds into one, as k, K and the
 * Kelvin sign.
 *
 * @module
 */
import { type CharacterSet, contains, single, union } from "./character_set.ts";
import { charactersBelow } from "./unicode_set.ts";

/** Of each character that is not alone, all that are folded with it, and itself. */
let families: ReadonlyMap<number, readonly number[]> | undefined;

/** The characters of a set, and all that differ from one of them only in case. */
export function foldCase(set: CharacterSet): CharacterSet {
  const kin = families ??= findFamilies();
  const [first = 0, last] = set;
  const members = set.length === 2 && first === last
    ? [first]
    : [...kin.keys()].filter((codePoint) => contains(set, codePoint));
  const added = members.flatMap((member) => kin.get(member) ?? [])
    .filter((codePoint) => !contains(set, codePoint));
  return union([set, ...added.map(single)]);
}

function findFamilies(): Map<number, readonly number[]> {
  const byFolded = new Map<string, number[]>();
  // None is beyond the first two planes.
  for (const [character] of charactersBelow(0x20000).matchAll(/\p{Changes_When_Casemapped}/gu)) {
    const family = byFolded.get(fold(character)) ?? [];
    family.push(character.codePointAt(0) ?? 0);
    byFolded.set(fold(character), family);
  }
  return new Map([...byFolded.values()].flatMap((family) => family.map((each) => [each, family])));
}

/** The one character that stands for all of a family. A mapping to several characters is none. */
function fold(character: string): string {
  // The dotless i has a capital, which is no capital of its own: I folds with i.
  if (character === "ı") return character;
  const upper = singleOrNull(character.toUpperCase()) ?? character;
  return singleOrNull(upper.toLowerCase()) ?? upper;
}

function singleOrNull(text: string): string | null {
  return [...text].length === 1 ? text : null;
}
