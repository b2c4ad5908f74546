/**
 * The text of a status in a header: UTF-8, in which every byte that is not printable ASCII, and `%`, is
 * written as `%` and two hexadecimal digits.
 *
 * @module
 */

/** Longer texts are cut. Clients take headers of some kilobytes. */
const longestText = 1_024;

/** The header for a text. */
export function encodeStatusMessage(text: string): string {
  const cut = text.length > longestText ? `${text.slice(0, longestText)}…` : text;
  const bytes = new TextEncoder().encode(cut);
  return Array.from(bytes, (byte) => {
    const isPlain = byte >= 0x20 && byte <= 0x7e && byte !== 0x25;
    const hexadecimal = byte.toString(16).toUpperCase().padStart(2, "0");
    return isPlain ? String.fromCharCode(byte) : `%${hexadecimal}`;
  }).join("");
}

/** The text of a header. What is no such text is taken as it is. */
export function decodeStatusMessage(header: string): string {
  const bytes: number[] = [];
  for (let at = 0; at < header.length; at++) {
    const [, digits] = /^%([0-9a-f]{2})/i.exec(header.slice(at, at + 3)) ?? [];
    bytes.push(digits === undefined ? header.charCodeAt(at) & 0xff : parseInt(digits, 16));
    if (digits !== undefined) at += 2;
  }
  return new TextDecoder().decode(new Uint8Array(bytes));
}
