/**
 * The directory of the stats segment: which values there are, and at which place each is.
 *
 * @module
 */

import { decodeEntry, type Entry, entryBytes, type Kind, symlinkTarget } from "./entry.ts";
import type { Pass } from "./pass.ts";
import type { Header } from "./undisturbed.ts";

/** An entry of the directory, for people who look what there is. */
export interface DirectoryEntry {
  /** Its name, such as `/if/names` or `first session packet`. */
  readonly name: string;
  /** What it holds; a symlink holds what it leads to. Histograms and rings cannot be read here. */
  readonly kind: Kind | "histogram" | "ring";
}

/** Copies the whole directory. */
export function copyDirectory(pass: Pass, { directory }: Header): Uint8Array<ArrayBuffer> {
  return pass.elements(directory, entryBytes);
}

/** Reads all entries of such a copy. */
export function decodeDirectory(bytes: Uint8Array<ArrayBuffer>): Entry[] {
  const length = bytes.length / entryBytes;
  return Array.from({ length }, (_, place) => decodeEntry(bytes, place * entryBytes));
}

/** The entries that hold something, in the order of the directory. */
export function listEntries(entries: readonly Entry[]): DirectoryEntry[] {
  return entries.flatMap((entry) => {
    const isSymlink = entry.kind === "symlink";
    const kind = isSymlink ? columnKind(entries[symlinkTarget(entry).index]) : entry.kind;
    const holdsSomething = kind !== "free" && kind !== "unknown";
    return holdsSomething ? [{ name: entry.name, kind }] : [];
  });
}

/** What a symlink to this entry holds: nothing, unless the entry has columns. */
export function columnKind(target: Entry | undefined): "simple" | "combined" | "free" {
  return target?.kind === "simple" || target?.kind === "combined" ? target.kind : "free";
}
