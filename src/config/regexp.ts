/**
 * Regular expressions in Go's syntax (RE2), which existing files are written in, as JavaScript's.
 *
 * The two differ in ways that a match would not show: `\z` is a plain z to JavaScript, `(?i)` an error,
 * `[[:alpha:]]` a set of colons and letters. Look-around and back-references are refused as Go does:
 * what they cost cannot be bounded.
 *
 * @module
 */
import type { Parsed } from "./parsed.ts";

const posixClasses: Readonly<Record<string, string>> = {
  alnum: "0-9A-Za-z",
  alpha: "A-Za-z",
  ascii: "\\x00-\\x7f",
  blank: "\\t ",
  cntrl: "\\x00-\\x1f\\x7f",
  digit: "0-9",
  graph: "!-~",
  lower: "a-z",
  print: " -~",
  punct: "!-\\/:-@\\[-`\\{-~",
  space: "\\t\\n\\v\\f\\r ",
  upper: "A-Z",
  word: "\\w",
  xdigit: "0-9A-Fa-f",
};

class Refused extends Error {}

/** A piece of Go's syntax, and what it is in JavaScript's. */
type Rule = readonly [RegExp, (...groups: string[]) => string];

const escapes: readonly Rule[] = [
  [/\\[1-9]|\\k/y, () => refuse("it has a back-reference")],
  [/\\Q(.*?)(?:\\E|$)/sy, (_, literal = "") => literal.replaceAll(/[^\w\s]/g, literally)],
  [/\\x\{([\da-f]+)\}/iy, (_, digits) => `\\u{${digits}}`],
  [/\\([pP])([A-Z])/y, (_, p, letter) => `\\${p}{${letter}}`],
  [/\\([pP])\{\^?(\w+)\}/y, (all, p, name = "") => {
    const isScript = name.length > 2;
    const letter = all.includes("^") ? (p === "p" ? "P" : "p") : p;
    return `\\${letter}{${isScript ? `Script=${name}` : name}}`;
  }],
  [/\\a/y, () => "\\x07"],
  [/\\[dDwWtnrfvx]/y, (all) => all],
  [/\\0([0-7]{0,2})/y, (_, octal) => `\\u{${parseInt(`0${octal}`, 8).toString(16)}}`],
  [/\\([^0-9A-Za-z])/uy, (_, character = "") => literally(character)],
  [/\\(.?)/suy, (_, letter) => refuse(`it has the escape \\${letter}, which Go does not know`)],
];

const inClass: readonly Rule[] = [
  [/\[:(\^?)(\w+):\]/y, (_, not, name = "") => {
    const members = posixClasses[name] ?? refuse(`it has no such class as [:${name}:]`);
    return not ? refuse(`[:^${name}:] is not supported; write the other characters`) : members;
  }],
  [/\\s/y, () => "\\t\\n\\f\\r "],
  [/\\S/y, () => refuse("\\S in a class is not supported; write the characters")],
  [/\\([dDwW])-/y, (_, letter) => `\\${letter}\\-`],
  [/-(?=\\[dDwW])/y, () => "\\-"],
  ...escapes,
  [/\[/y, () => "\\["],
];

const outside: readonly Rule[] = [
  // A bracket that closes right after it opened is one of the class's characters.
  [/\[(\^?)(\]?)((?:\[:\^?\w+:\]|\\[^]|[^\]\\])*)\]/y, (_, not, first, members = "") => {
    return `[${not}${first && "\\]"}${translate(members, inClass)}]`;
  }],
  [/\(\?P?<(\w+)>/y, (_, name) => `(?<${name}>`],
  [/\(\?<?[=!]/y, () => refuse("it has a look-around")],
  [/\(\?:/y, (all) => all],
  [/\(\?([ims]+):/y, (_, flags) => `(?${flags}:`],
  [/\(\?/y, () => refuse("flags other than i, m and s, or in the middle, are not supported")],
  [/\\A/y, () => "(?<![^])"],
  [/\\z/y, () => "(?![^])"],
  [/\\[bB]/y, (all) => all],
  [/\\s/y, () => "[\\t\\n\\f\\r ]"],
  [/\\S/y, () => "[^\\t\\n\\f\\r ]"],
  ...escapes,
  [/\{\d+(?:,\d*)?\}/y, (all) => all],
  [/[{}\]]/y, (all) => `\\${all}`],
];

/** Compiles a regular expression in Go's syntax; the problem completes the sentence "this is …". */
export function compileRegexp(source: string): Parsed<RegExp> {
  if (source.length > 1_000) return { problem: "longer than 1000 characters" };
  const [leading, flags = ""] = /^\(\?([ims]+)\)/.exec(source) ?? [""];
  try {
    const translated = translate(source.slice(leading.length), outside);
    return { value: new RegExp(translated, [...new Set(`${flags}u`)].join("")) };
  } catch (error) {
    if (!(error instanceof Refused || error instanceof SyntaxError)) throw error;
    const reason = error.message.replace(/^Invalid regular expression: \/.*\/\w*: /s, "");
    return { problem: `not a regular expression that Go knows: ${reason}` };
  }
}

function translate(source: string, rules: readonly Rule[]): string {
  let result = "";
  for (let at = 0; at < source.length;) {
    const [length, text] = translateOne(source, rules, at);
    result += text;
    at += length;
  }
  return result;
}

/** The piece of the source that stands at an offset: its length, and what it becomes. */
function translateOne(source: string, rules: readonly Rule[], at: number): [number, string] {
  for (const [pattern, replace] of rules) {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match !== null) return [match[0].length, replace(...match)];
  }
  return [1, source[at] ?? ""];
}

function literally(character: string): string {
  return /[\^$\\.*+?()[\]{}|/]/.test(character)
    ? `\\${character}`
    : `\\u{${character.codePointAt(0)?.toString(16)}}`;
}

function refuse(reason: string): never {
  throw new Refused(reason);
}
