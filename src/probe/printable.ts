/**
 * What a server sent, in a form that fits into one line and does nothing to a terminal.
 *
 * @module
 */

/** So much of it is shown. */
const mostCharacters = 60;

/** The text with all that is not printable written as an escape, cut off where it is long. */
export function printable(text: string): string {
  const shown = [...text.slice(0, 2 * mostCharacters)].slice(0, mostCharacters).join("");
  const escaped = shown.replaceAll(/[\p{C}\p{Z}\\]/gu, escape);
  return shown.length < text.length ? `${escaped}…` : escaped;
}

/** The beginning of some bytes that are to be text, in quotes. */
export function quoted(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes.subarray(0, 4 * mostCharacters));
  return `"${printable(text).replaceAll('"', '\\"')}"`;
}

function escape(character: string): string {
  if (character === " ") return " ";
  const code = character.codePointAt(0) ?? 0;
  const known = { 9: "\\t", 10: "\\n", 13: "\\r", 92: "\\\\" }[code];
  if (known !== undefined) return known;
  const digits = code.toString(16);
  return code < 0x100 ? `\\x${digits.padStart(2, "0")}` : `\\u{${digits}}`;
}
