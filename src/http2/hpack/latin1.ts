/**
 * Octets as text.
 *
 * @module
 */

/** So many octets are taken at a time, as they become the arguments of a function. */
const atOnce = 4_096;

/** The octets from `start` to `end`, each as the code point of its number. */
export function latin1(bytes: Uint8Array, start: number, end: number): string {
  // A TextDecoder would not do: its "latin1" is windows-1252, which differs from 0x80 to 0x9f. And
  // node:buffer takes longer to load than a whole short call.
  let text = "";
  for (let at = start; at < end; at += atOnce) {
    text += String.fromCharCode(...bytes.subarray(at, Math.min(end, at + atOnce)));
  }
  return text;
}
