/**
 * How words are told apart on a terminal: by colour, where that is wanted.
 *
 * @module
 */

/** Marks text by what it means. Without colour it stays as it is. */
export interface Style {
  /** As it should be. */
  readonly good: (text: string) => string;
  /** On its way, or held by somebody. */
  readonly warn: (text: string) => string;
  /** Not as it should be. */
  readonly bad: (text: string) => string;
  /** A title. */
  readonly bold: (text: string) => string;
  /** Of less importance. */
  readonly dim: (text: string) => string;
}

const same = (text: string) => text;
const marked = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[0m`;

/** Text as it is. */
export const plainStyle: Style = { good: same, warn: same, bad: same, bold: same, dim: same };

/** Text in colour. */
export const colorStyle: Style = {
  good: marked(32),
  warn: marked(33),
  bad: marked(31),
  bold: marked(1),
  dim: marked(2),
};
