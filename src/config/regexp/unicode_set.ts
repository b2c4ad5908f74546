/**
 * The sets of characters that Unicode names: categories and scripts, as in `\p{Lu}` and `\p{Greek}`.
 * JavaScript's own expressions are asked for their members, so no tables are kept here.
 *
 * @module
 */
import { type CharacterSet, lastCodePoint } from "./character_set.ts";

/** What Go calls by long names, of which it ignores case and separators. JavaScript ignores nothing. */
const categories = `LC Cased_Letter Close_Punctuation Combining_Mark Connector_Punctuation Control
  Currency_Symbol Dash_Punctuation Decimal_Number Enclosing_Mark Final_Punctuation Format
  Initial_Punctuation Letter Letter_Number Line_Separator Lowercase_Letter Mark Math_Symbol
  Modifier_Letter Modifier_Symbol Nonspacing_Mark Number Open_Punctuation Other Other_Letter
  Other_Number Other_Punctuation Other_Symbol Paragraph_Separator Private_Use Punctuation Separator
  Space_Separator Spacing_Mark Surrogate Symbol Titlecase_Letter Unassigned Uppercase_Letter cntrl
  digit punct`.split(/\s+/);

const properties: ReadonlyMap<string, string> = new Map([
  ...["Any", "Assigned", "ASCII"].map((name) => [canonical(name), name] as const),
  ...categories.map((name) => [canonical(name), `General_Category=${name}`] as const),
]);

/** JavaScript also takes the four letters of a script's code, Go only names. These are names, too. */
const shortScripts = /^(Ahom|Cham|Kawi|Lisu|Miao|Modi|Newa|Thai|Toto)$/;

/** The set of this name, or null. */
export function unicodeSet(name: string): CharacterSet | null {
  if (!/^[\w -]+$/.test(name)) return null;
  const short = canonical(name);
  const known = properties.get(short);
  if (known !== undefined) return membersOf(known);
  const category = membersOf(`General_Category=${short}`);
  if (category !== null) return category;
  const isScript = short.length === 4 ? shortScripts.test(short) : short !== "Unknown";
  return isScript ? membersOf(`Script=${short}`) ?? membersOf(`Script=${name}`) : null;
}

/** Go's form of a name: one capital, and no separators. */
function canonical(name: string): string {
  const letters = name.replaceAll(/[-_ ]/g, "");
  return letters.slice(0, 1).toUpperCase() + letters.slice(1).toLowerCase();
}

const found = new Map<string, CharacterSet>();

/** The characters that have a property of JavaScript's, or null where there is no such property. */
function membersOf(property: string): CharacterSet | null {
  const known = found.get(property);
  if (known !== undefined) return known;
  const pattern = patternOf(property);
  if (pattern === null) return null;
  const set = [...charactersBelow(lastCodePoint + 1).matchAll(pattern)]
    .flatMap(({ index, 0: run }) => [codePointAt(index), codePointAt(index + run.length) - 1]);
  found.set(property, set);
  return set;
}

function patternOf(property: string): RegExp | null {
  try {
    return new RegExp(`\\p{${property}}+`, "gu");
  } catch {
    return null;
  }
}

/** Every character below a code point, in order, but for the surrogates, which no text has. */
export function charactersBelow(end: number): string {
  const units = new Uint16Array(2 * end);
  let length = 0;
  for (let codePoint = 0; codePoint < end; codePoint++) {
    if (codePoint > 0xffff) {
      units[length++] = 0xd7c0 + (codePoint >> 10);
      units[length++] = 0xdc00 + (codePoint & 0x3ff);
    } else if (codePoint < 0xd800 || codePoint > 0xdfff) {
      units[length++] = codePoint;
    }
  }
  return new TextDecoder("utf-16le").decode(units.subarray(0, length));
}

/** The code point that stands at an index of {@link charactersBelow}. */
function codePointAt(index: number): number {
  if (index < 0xd800) return index;
  return index < 0xf800 ? index + 0x800 : 0x10000 + (index - 0xf800) / 2;
}
