/**
 * Small stats segments with whatever content a test needs, sound or not.
 *
 * @module
 */

import { entryBytes, type Kind } from "./entry.ts";
import type { StatsReader, Values } from "./stats_reader.ts";

type Count = number | bigint;

/** An entry of the directory; null is VPP's null pointer. */
export type FixtureEntry =
  | { readonly name: string; readonly type: number; readonly value?: Count }
  | { readonly name: string; readonly simple: readonly (readonly Count[] | null)[] | null }
  | {
    readonly name: string;
    readonly combined: readonly (readonly (readonly [Count, Count])[] | null)[] | null;
  }
  | { readonly name: string; readonly names: readonly (string | null)[] | null }
  | { readonly name: string; readonly symlink: readonly [index: number, column: number] };

/** The header's words by their place. */
export const word = { version: 0, base: 1, epoch: 2, inProgress: 3, directory: 4 } as const;

/** Where VPP believes the segments to be that are built here. */
export const base = 0x7f61_b9ba_4000n;

const headerBytes = 64;

/** A sound segment of 16 KiB with these entries, in epoch 7. */
export function buildSegment(entries: readonly FixtureEntry[], size = 16 * 1024): Uint8Array {
  const bytes = new Uint8Array(size);
  const header = headerOf(bytes);
  header.set([2n, base, 7n, 0n]);
  header[word.directory] = writeDirectory(bytes, entries, headerBytes);
  return bytes;
}

/** The header's words, to be read and written. */
export function headerOf(bytes: Uint8Array): BigUint64Array {
  return new BigUint64Array(bytes.buffer, bytes.byteOffset, headerBytes / 8);
}

/** Writes a directory, with all that belongs to it, from an offset on, and gives its address. */
export function writeDirectory(
  bytes: Uint8Array,
  entries: readonly FixtureEntry[],
  start: number,
): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = start;
  /** Reserves a vector and gives the offset of its first element. */
  const reserve = (length: number, elementBytes: number) => {
    const offset = Math.ceil(end / 8) * 8 + 8;
    view.setUint32(offset - 8, length, true);
    end = offset + length * elementBytes;
    return offset;
  };
  const addressOf = (offset: number) => base + BigInt(offset);
  const words = (values: readonly (Count | null)[] | null, width = 1) => {
    if (values === null) return 0n;
    const offset = reserve(values.length / width, 8 * width);
    values.forEach((value, index) =>
      view.setBigUint64(offset + 8 * index, BigInt(value ?? 0), true)
    );
    return addressOf(offset);
  };
  const text = (name: string | null) => {
    if (name === null) return 0n;
    const encoded = new TextEncoder().encode(`${name}\0`);
    const offset = reserve(encoded.length, 1);
    bytes.set(encoded, offset);
    return addressOf(offset);
  };
  const contentOf = (entry: FixtureEntry): [type: number, value: bigint] => {
    if ("simple" in entry) {
      return [2, words(entry.simple?.map((each) => words(each)) ?? null)];
    }
    if ("combined" in entry) {
      return [3, words(entry.combined?.map((each) => words(each?.flat() ?? null, 2)) ?? null)];
    }
    if ("names" in entry) return [4, words(entry.names?.map(text) ?? null)];
    if ("symlink" in entry) return [6, BigInt(entry.symlink[0]) | BigInt(entry.symlink[1]) << 32n];
    return [entry.type, BigInt(entry.value ?? 0)];
  };
  const directory = reserve(entries.length, entryBytes);
  for (const [index, entry] of entries.entries()) {
    const [type, value] = contentOf(entry);
    const offset = directory + index * entryBytes;
    view.setUint32(offset, type, true);
    view.setBigUint64(offset + 8, value, true);
    // What follows a name in VPP's memory is garbage.
    bytes.fill(0xee, offset + 16, offset + entryBytes);
    bytes.set(new TextEncoder().encode(`${entry.name}\0`), offset + 16);
  }
  return addressOf(directory);
}

/** Reads all that a segment's directory lists, or the last of it, and that can be read. */
export async function readAll(
  stats: StatsReader,
  mostEntries = Infinity,
): Promise<Values<Record<string, Kind>>> {
  const wanted: Record<string, Kind> = {};
  for (const { name, kind } of (await stats.directory()).slice(-mostEntries)) {
    if (kind !== "histogram" && kind !== "ring") wanted[name] = kind;
  }
  return await stats.read(wanted);
}
