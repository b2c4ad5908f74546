/**
 * A line of text with a cursor in it, and what can be done to them.
 *
 * @module
 */
import { boundaryAt, graphemesOf } from "./graphemes.ts";

/** A line that is being edited. It has no control characters. */
export interface Line {
  readonly text: string;
  /** The offset of the character that the cursor stands on. */
  readonly cursor: number;
}

/** Where the cursor of a line could go: an offset. */
export type Motion = (line: Line) => number;

/** What does not fit into a line is dropped. */
export const LONGEST_LINE = 4096;

/** The line of which nothing is written. */
export const emptyLine: Line = { text: "", cursor: 0 };

/** A line with the cursor at its end. */
export function lineOf(text: string): Line {
  return { text, cursor: text.length };
}

/** What is before the cursor. */
export function beforeCursor({ text, cursor }: Line): string {
  return text.slice(0, cursor);
}

/** What is at the cursor and after it. */
export function afterCursor({ text, cursor }: Line): string {
  return text.slice(cursor);
}

/** Puts text before the cursor. Tabs become blanks, other control characters vanish. */
export function insert(line: Line, inserted: string): Line {
  const room = LONGEST_LINE - line.text.length;
  const clean = withoutControls(inserted);
  const fitting = clean.length <= room ? clean : clean.slice(0, boundaryBefore(clean, room));
  const text = beforeCursor(line) + fitting + afterCursor(line);
  // A mark joins the character before it, which may be one that the cursor stood behind.
  return { text, cursor: boundaryAt(text, line.cursor + fitting.length) };
}

/** Moves the cursor. */
export function move(line: Line, motion: Motion): Line {
  return { text: line.text, cursor: motion(line) };
}

/** Takes away what is between the cursor and where the motion leads. */
export function remove(line: Line, motion: Motion): Line {
  const [from, to] = between(line, motion);
  const text = line.text.slice(0, from) + line.text.slice(to);
  return { text, cursor: boundaryAt(text, from) };
}

/** What {@link remove} takes away. */
export function removed(line: Line, motion: Motion): string {
  return line.text.slice(...between(line, motion));
}

/** Swaps the characters around the cursor, or the last two, and moves on. */
export function transpose(line: Line): Line {
  const at = line.cursor === line.text.length ? toCharacterBefore(line) : line.cursor;
  const first = toCharacterBefore({ text: line.text, cursor: at });
  const end = toCharacterAfter({ text: line.text, cursor: at });
  if (first === at || end === at) return line;
  const { text } = line;
  const swapped = text.slice(at, end) + text.slice(first, at);
  return { text: text.slice(0, first) + swapped + text.slice(end), cursor: end };
}

/** To the beginning of the line. */
export function toStart(): number {
  return 0;
}

/** To the end of the line. */
export function toEnd({ text }: Line): number {
  return text.length;
}

/** One character back. */
export function toCharacterBefore(line: Line): number {
  return line.cursor - (graphemesOf(beforeCursor(line)).at(-1)?.length ?? 0);
}

/** One character on. */
export function toCharacterAfter(line: Line): number {
  return line.cursor + (graphemesOf(afterCursor(line))[0]?.length ?? 0);
}

/** To where the word before the cursor begins. Words are of letters and digits. */
export function toWordBefore(line: Line): number {
  return line.cursor - lengthOf(beforeCursor(line), /[\p{L}\p{N}\p{M}_]*[^\p{L}\p{N}\p{M}_]*$/u);
}

/** To where the word at the cursor, or the next one, ends. */
export function toWordAfter(line: Line): number {
  return line.cursor + lengthOf(afterCursor(line), /^[^\p{L}\p{N}\p{M}_]*[\p{L}\p{N}\p{M}_]*/u);
}

/** To the blank before the word before the cursor. */
export function toBlankBefore(line: Line): number {
  return line.cursor - lengthOf(beforeCursor(line), /\S*\s*$/);
}

function between(line: Line, motion: Motion): [from: number, to: number] {
  const other = motion(line);
  return [Math.min(line.cursor, other), Math.max(line.cursor, other)];
}

function lengthOf(text: string, pattern: RegExp): number {
  return pattern.exec(text)?.[0].length ?? 0;
}

function withoutControls(text: string): string {
  return text.replaceAll("\t", " ").replaceAll(/[\p{Cc}\u2028\u2029]/gu, "");
}

function boundaryBefore(text: string, offset: number): number {
  const boundary = boundaryAt(text, offset);
  return boundary <= offset ? boundary : toCharacterBefore({ text, cursor: boundary });
}
