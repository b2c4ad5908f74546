/**
 * A text of a caller, as it can be shown to one.
 *
 * @module
 */

const longest = 80;

/** The text in quotation marks, cut if it is long, with its control characters spelt out. */
export function quote(text: string): string {
  return JSON.stringify(text.length > longest ? `${text.slice(0, longest)}…` : text);
}
