/**
 * What to write so that a terminal shows a prompt and a line, wrapped at its width.
 *
 * The cursor of a terminal that has written the last column of a row stands still until the next
 * character comes, and terminals do not agree on where that is. So a blank is written that brings it
 * to the next row for certain.
 *
 * @module
 */
import { columnsOf, graphemesOf } from "./graphemes.ts";
import type { Line } from "./line.ts";

/** What is to be seen. */
export interface Frame {
  /** It may have colours. */
  readonly prompt: string;
  readonly line: Line;
  /** The width of the terminal. */
  readonly columns: number;
}

/** A place, counted from where the prompt begins. */
interface Place {
  readonly row: number;
  readonly column: number;
}

/** Where the characters of a frame go. */
interface Layout {
  readonly prompt: readonly string[];
  readonly text: readonly string[];
  /** Where each character of the prompt and of the text stands, and last, where the next one would. */
  readonly places: readonly Place[];
  /** The place of the cursor. */
  readonly cursor: Place;
}

/** Erases everything from the cursor on. */
const ERASE_BELOW = "\u001b[J";

/** Empties the terminal and puts the cursor at its top. */
export const CLEAR_SCREEN = "\u001b[H\u001b[2J";

/** What makes a terminal show a frame, with the cursor at the left edge or after another frame. */
export function draw(to: Frame, from?: Frame): string {
  if (from === undefined) return `\r${drawAll(layoutOf(to), to)}`;
  const next = layoutOf(to);
  if (from.columns !== to.columns) {
    // Terminals wrap again what they wrapped before, so the old frame stands as it would at this width.
    const now = layoutOf({ ...from, columns: to.columns });
    return `${moved(now.cursor, origin)}${ERASE_BELOW}${drawAll(next, to)}`;
  }
  const last = layoutOf(from);
  if (from.prompt !== to.prompt) {
    return `${moved(last.cursor, origin)}${ERASE_BELOW}${drawAll(next, to)}`;
  }
  const same = commonLength(last.text, next.text);
  const isSame = same === last.text.length && same === next.text.length;
  if (isSame) return moved(last.cursor, next.cursor);
  const start = placeAfter(next, next.prompt.length + same, to.columns);
  return moved(last.cursor, start) + (same < last.text.length ? ERASE_BELOW : "") +
    drawRest(next, same, start);
}

/** What leaves a frame behind: the cursor goes to the row below. */
export function leave(frame: Frame): string {
  const { cursor, places } = layoutOf(frame);
  return `${moved(cursor, places.at(-1) ?? origin)}\r\n`;
}

const origin: Place = { row: 0, column: 0 };

function drawAll(layout: Layout, { prompt, columns }: Frame): string {
  const start = placeAfter(layout, layout.prompt.length, columns);
  const isFull = layout.text.length === 0 && start.column === 0 && start.row > 0;
  return prompt + (isFull ? " \r" : "") + drawRest(layout, 0, start);
}

/** The characters of the text from one on, which is where the cursor stands, then the cursor. */
function drawRest(layout: Layout, from: number, start: Place): string {
  const end = layout.places.at(-1) ?? origin;
  const rest = layout.text.slice(from).join("");
  const isFull = rest !== "" && end.column === 0;
  return rest + (isFull ? " \r" : "") + moved(rest === "" ? start : end, layout.cursor);
}

function layoutOf({ prompt, line, columns }: Frame): Layout {
  // deno-lint-ignore no-control-regex
  const promptShown = graphemesOf(prompt.replaceAll(/\u001b\[[\d;]*m/g, ""));
  const text = graphemesOf(line.text);
  const places: Place[] = [];
  let [row, column, offset] = [0, 0, -promptShown.join("").length];
  let cursor: Place | undefined;
  for (const grapheme of [...promptShown, ...text, ""]) {
    const width = Math.min(columnsOf(grapheme), columns);
    // Also what has no width starts on the next row, once this one is full.
    if (column + Math.max(width, 1) > columns) [row, column] = [row + 1, 0];
    const place = { row, column };
    places.push(place);
    if (offset >= line.cursor) cursor ??= place;
    offset += grapheme.length;
    column += width;
  }
  return { prompt: promptShown, text, places, cursor: cursor ?? places.at(-1) ?? origin };
}

/** Where the cursor is after so many characters, before a wide one that does not fit goes on. */
function placeAfter({ prompt, text, places }: Layout, count: number, columns: number): Place {
  const last = places[count - 1];
  if (last === undefined) return origin;
  const grapheme = prompt[count - 1] ?? text[count - 1 - prompt.length] ?? "";
  const column = last.column + Math.min(columnsOf(grapheme), columns);
  return column < columns ? { row: last.row, column } : { row: last.row + 1, column: 0 };
}

function commonLength(some: readonly string[], others: readonly string[]): number {
  let length = 0;
  while (length < some.length && some[length] === others[length]) length++;
  return length;
}

function moved(from: Place, to: Place): string {
  const rows = to.row - from.row;
  const vertical = rows === 0 ? "" : `\u001b[${Math.abs(rows)}${rows < 0 ? "A" : "B"}`;
  if (to.column === from.column) return vertical;
  if (to.column === 0) return `${vertical}\r`;
  if (to.column === from.column - 1) return `${vertical}\b`;
  return `${vertical}\u001b[${to.column + 1}G`;
}
