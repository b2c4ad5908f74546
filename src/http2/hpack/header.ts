/**
 * A header field as HPACK carries it.
 *
 * @module
 */

/** A name and a value: octets as code points from 0 to 255, of which HPACK changes none. */
export type Header = readonly [name: string, value: string];

/** What a header counts for in the dynamic table and in a header list: 32 for what goes with it. */
export function headerSize(header: Header): number {
  return header[0].length + header[1].length + 32;
}
