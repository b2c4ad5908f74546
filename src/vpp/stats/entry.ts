/**
 * An entry of the stats segment's directory: 4 bytes of type, 4 unused, 8 of value or pointer, and
 * 128 of name, which a NUL ends and garbage follows.
 *
 * @module
 */

/** The bytes that one entry takes. */
export const entryBytes = 144;

const nameOffset = 16;

/** The kinds of entries whose values can be read. */
export type Kind = "scalar" | "simple" | "combined" | "names";

/** What an entry holds; `free` is one without a name, to be used again. */
export type EntryKind = Kind | "histogram" | "ring" | "symlink" | "free" | "unknown";

/** By VPP's number. Gauges (9) are what older releases give as scalars. */
const kinds: readonly EntryKind[] = [
  "free",
  "scalar",
  "simple",
  "combined",
  "names",
  "free",
  "symlink",
  "histogram",
  "ring",
  "scalar",
];

/** One entry of the directory. */
export interface Entry {
  readonly kind: EntryKind;
  readonly name: string;
  /** The value of a scalar, a symlink's two indices, and the pointer to all else. */
  readonly value: bigint;
}

const utf8 = new TextDecoder();

/** Reads a copy of an entry, or the one at `offset` in a copy of more of them. */
export function decodeEntry(bytes: Uint8Array<ArrayBuffer>, offset = 0): Entry {
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, entryBytes);
  return {
    kind: kinds[view.getUint32(0, true)] ?? "unknown",
    name: textOf(bytes.subarray(offset + nameOffset, offset + entryBytes)),
    value: view.getBigUint64(8, true),
  };
}

/** The entry and the column in its vectors that a symlink stands for. */
export function symlinkTarget(
  { value }: Entry,
): { readonly index: number; readonly column: number } {
  return { index: Number(value & 0xffff_ffffn), column: Number(value >> 32n) };
}

/** The text before the first NUL. */
export function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return utf8.decode(end < 0 ? bytes : bytes.subarray(0, end));
}
