/**
 * VPP's way of reading a command line: from the left, each attempt either taking something off the
 * front, with the white space around it, or leaving all as it was.
 *
 * @module
 */

import { type Address, type Family, parseAddress } from "../../config/address.ts";
import { type Ip46Prefix, toIp46 } from "./ip46.ts";

/**
 * What is left of a command line. Each `take` gives undefined where it took nothing. The `words` in
 * front of a value may be none; as in VPP there may be any white space between them, or none, and the
 * last may be the beginning of a longer one, the rest of which stays.
 */
export interface CommandLine {
  /** Whether nothing is left. */
  readonly isEmpty: boolean;
  /** What is left, as VPP quotes it in its errors. */
  readonly quoted: string;
  /** How much was taken. Setting it back undoes what was taken since. */
  position: number;
  skipBlanks(): void;
  take(words: string): true | undefined;
  /** A signed number, which VPP then keeps as an unsigned one. */
  takeNumber(words: string): number | undefined;
  takeUnsigned(words: string): number | undefined;
  takeAddress(words: string, families?: readonly Family[]): Address | undefined;
  /** An address with a length behind a slash. */
  takePrefix(): Ip46Prefix | undefined;
  /** The name of a command, or the beginning of one. */
  takeName(): string | undefined;
  /** The rest of the line, apart from the lines that may follow. */
  takeLine(): CommandLine;
}

/** The families, with the bits of their addresses and those that VPP counts before them. */
const lengths = { 4: { most: 32, before: 96 }, 6: { most: 128, before: 0 } };

/** A line, or several of them. */
export function createCommandLine(text: string): CommandLine {
  let position = 0;
  const match = (pattern: RegExp): string | undefined => {
    const sticky = new RegExp(pattern, "y");
    sticky.lastIndex = position;
    const found = sticky.exec(text)?.[0];
    position += found?.length ?? 0;
    return found;
  };
  const skipBlanks = () => {
    match(/\s*/);
  };
  const attempt = <T>(words: string, take: () => T | undefined): T | undefined => {
    const before = position;
    skipBlanks();
    const isThere = words.split(" ").every((word) => {
      const isNext = text.startsWith(word, position);
      if (isNext) position += word.length;
      skipBlanks();
      return isNext;
    });
    const taken = isThere ? take() : undefined;
    if (taken === undefined) position = before;
    else skipBlanks();
    return taken;
  };
  const unsigned = (most: number): number | undefined => {
    const value = Number(match(/\+?\d+/));
    return value <= most ? value : undefined;
  };
  const address = (families: readonly Family[]): Address | undefined => {
    const before = position;
    for (const family of families) {
      position = before;
      const parsed = parseAddress(match(shapes[family]) ?? "");
      if ("value" in parsed) return parsed.value;
    }
    return undefined;
  };

  return {
    get isEmpty() {
      return position >= text.length;
    },
    get quoted() {
      return quote(text.slice(position));
    },
    get position() {
      return position;
    },
    set position(value) {
      position = value;
    },
    skipBlanks,
    take: (words) => attempt(words, () => true),
    takeNumber: (words) =>
      attempt(words, () => {
        const value = Number(match(/[+-]?\d+/));
        return value >= -(2 ** 31) && value < 2 ** 31 ? value >>> 0 : undefined;
      }),
    takeUnsigned: (words) => attempt(words, () => unsigned(0xffffffff)),
    takeAddress: (words, families = [4, 6]) => attempt(words, () => address(families)),
    takePrefix: () =>
      attempt("", () => {
        const found = address([4, 6]);
        skipBlanks();
        if (found === undefined || match(/\/\s*/) === undefined) return undefined;
        const { most, before } = lengths[found.family];
        const length = unsigned(most);
        return length === undefined
          ? undefined
          : { address: toIp46(found), length: length + before };
      }),
    takeName: () => attempt("", () => match(/[\w-]+/)),
    takeLine() {
      const line = createCommandLine(match(/[^\n]*/) ?? "");
      match(/\n/);
      return line;
    },
  };
}

const shapes = { 4: /\d+\.\d+\.\d+\.\d+/, 6: /[0-9a-fA-F:]+/ };

/** As many characters as VPP quotes of what it does not understand. */
const quotedLength = 30;

function quote(text: string): string {
  const isShort = text.length <= quotedLength;
  const shown = isShort ? text.trimEnd() : text.slice(0, quotedLength);
  const escaped = shown.replaceAll("\r", "\\r").replaceAll("\n", "\\n").replaceAll("\t", "\\t");
  return isShort ? escaped : `${escaped}...`;
}
