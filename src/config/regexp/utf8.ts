/**
 * UTF-8 as Go reads it.
 *
 * @module
 */

/** Read in place of a byte that begins no character. */
export const replacementCharacter = 0xfffd;

/** The least code point that is written in as many bytes as the index says. */
const leastOfLength = [0, 0, 0x80, 0x800, 0x10000];

/**
 * The character that begins with the byte at an offset, which is not an ASCII one; -1 if none does:
 * if bytes are missing or too many, or make a surrogate or more than the last code point.
 */
export function decodeCharacter(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  const length = first < 0xc0 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf8 ? 4 : 0;
  if (length === 0 || at + length > bytes.length) return -1;
  let codePoint = first & (0x7f >> length);
  for (let offset = 1; offset < length; offset++) {
    const byte = bytes[at + offset] ?? 0;
    if ((byte & 0xc0) !== 0x80) return -1;
    codePoint = (codePoint << 6) | (byte & 0x3f);
  }
  const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
  const isShortest = codePoint >= (leastOfLength[length] ?? 0);
  return isShortest && !isSurrogate && codePoint <= 0x10ffff ? codePoint : -1;
}

/** How many bytes were read for what {@link decodeCharacter} returned. */
export function lengthInBytes(decoded: number): number {
  if (decoded < 0) return 1;
  return decoded < 0x800 ? 2 : decoded < 0x10000 ? 3 : 4;
}
