/**
 * Text, as people count its characters.
 *
 * @module
 */
import { widthOf } from "../output/table.ts";

/** Made when it is needed: that takes 20 ms, and most lines are ASCII. */
let segmenter: Intl.Segmenter | undefined;

/** What a person takes for one character each: `é` is one, however it is written. */
export function graphemesOf(text: string): string[] {
  if (isAscii(text)) return text.split("");
  segmenter ??= new Intl.Segmenter();
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** The columns that a character takes on a terminal. */
export function columnsOf(grapheme: string): number {
  return isAscii(grapheme) ? grapheme.length : widthOf(grapheme);
}

/** The offset of the character boundary at or after an offset. */
export function boundaryAt(text: string, offset: number): number {
  let boundary = 0;
  for (const grapheme of graphemesOf(text)) {
    if (boundary >= offset) break;
    boundary += grapheme.length;
  }
  return boundary;
}

function isAscii(text: string): boolean {
  return /^[ -~]*$/.test(text);
}
