/**
 * The words of a line, as people quote them: `"…"`, `'…'`, and a backslash before one character.
 *
 * @module
 */

/** A word, and where it stands in the line. */
export interface LineWord {
  /** Without its quotes. */
  readonly text: string;
  readonly start: number;
  /** The quote that it begins with, if any. */
  readonly quote: Quote | undefined;
}

/** What words are quoted with. */
export type Quote = '"' | "'";

/** All words of a line. */
export interface LineWords {
  readonly words: readonly LineWord[];
  /** What is not closed: a quote, or a backslash at the end. */
  readonly open: Quote | "\\" | undefined;
  /** Whether the line ends within its last word: no blank follows it. */
  readonly endsInWord: boolean;
}

const isBlank = (char: string) => /\s/.test(char);
const isQuote = (char: string | undefined): char is Quote => char === '"' || char === "'";

/** Reads a line, which may end in the middle of a word. */
export function readWords(line: string): LineWords {
  const words: LineWord[] = [];
  let at = 0;
  for (;;) {
    while (at < line.length && isBlank(line.charAt(at))) at++;
    if (at === line.length) return { words, open: undefined, endsInWord: false };
    const { text, end, open } = readWord(line, at);
    const first = line[at];
    words.push({ text, start: at, quote: isQuote(first) ? first : undefined });
    at = end;
    if (at === line.length) return { words, open, endsInWord: true };
  }
}

function readWord(line: string, start: number) {
  let text = "";
  let quote: Quote | undefined;
  for (let at = start; at < line.length; at++) {
    const char = line.charAt(at);
    const next = line[at + 1];
    if (char === "\\" && quote !== "'") {
      // Between double quotes it is itself before all that it need not protect.
      const isItself = quote === '"' && next !== undefined && next !== '"' && next !== "\\";
      if (next === undefined) return { text, end: line.length, open: "\\" as const };
      text += isItself ? char : next;
      if (!isItself) at++;
    } else if (quote === undefined && isBlank(char)) {
      return { text, end: at, open: undefined };
    } else if (char === quote) {
      quote = undefined;
    } else if (quote === undefined && isQuote(char)) {
      quote = char;
    } else {
      text += char;
    }
  }
  return { text, end: line.length, open: quote };
}

/** The words of a whole line, or one line about what is wrong with it. */
export function splitWords(
  line: string,
): { readonly words: readonly string[] } | { readonly problem: string } {
  const { words, open } = readWords(line);
  if (open === "\\") return { problem: "the line ends with a backslash that protects nothing" };
  if (open !== undefined) return { problem: `the quote ${open} is not closed` };
  return { words: words.map(({ text }) => text) };
}

/** Whether a word is read as it is without quotes. */
export function isBare(word: string): boolean {
  return word !== "" && !/[\s"'\\]|^#/.test(word);
}

/** The word in quotes, so that it is read as one. */
export function quoteWord(word: string, quote: Quote = '"'): string {
  if (quote === "'" && !word.includes("'")) return `'${word}'`;
  return `"${word.replaceAll(/["\\]/g, (char) => `\\${char}`)}"`;
}
