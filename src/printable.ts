/**
 * What somebody typed, wrote into a file or sent, made fit to be shown to a person at a terminal.
 *
 * @module
 */

/** What moves a terminal's cursor, changes its colours, or turns the direction of writing. */
const unfit = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

/** Nobody reads more of a message. */
const mostRead = 1_000;

/** The text on one line, without what a terminal would obey; cut off where it is longer than that. */
export function printable(text: string, mostLetters: number = mostRead): string {
  const short = text.length > mostLetters ? `${text.slice(0, mostLetters)}…` : text;
  return short.replaceAll(
    unfit,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The text with blanks for what a terminal would obey, so that all else stays in its column. */
export function blanked(text: string): string {
  return text.replaceAll(unfit, " ");
}
