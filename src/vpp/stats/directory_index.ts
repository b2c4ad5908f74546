/**
 * Finds entries of the directory by name without going through thousands of them each time.
 *
 * @module
 */

import { copyDirectory, decodeDirectory } from "./directory.ts";
import { decodeEntry, type Entry, entryBytes } from "./entry.ts";
import type { Pass } from "./pass.ts";
import type { Header } from "./undisturbed.ts";

/** The place of each name in the directory, as it was once. */
interface Index extends Header {
  readonly length: number;
  readonly places: ReadonlyMap<string, number>;
}

/**
 * Remembers where entries were, and looks at the name there before each use: VPP renames some and
 * removes others without counting that as a change. Therefore it need not begin anew for a change
 * elsewhere in the segment, of which a burst brings thousands a second, and what it learns in a
 * pass that comes to nothing makes the next one short.
 */
export class DirectoryIndex {
  #index: Index = { epoch: 0n, directory: 0n, length: 0, places: new Map() };

  /** The entry of each name, undefined where there is none. */
  find(pass: Pass, header: Header, names: readonly string[]): readonly (Entry | undefined)[] {
    return findByIndex(pass, header, this.#index, names) ?? this.#findAnew(pass, header, names);
  }

  #findAnew(pass: Pass, header: Header, names: readonly string[]): (Entry | undefined)[] {
    const entries = decodeDirectory(copyDirectory(pass, header));
    const places = new Map(entries.map(({ name }, place) => [name, place]));
    this.#index = { ...header, length: entries.length, places };
    return names.map((name) => entries[places.get(name) ?? -1]);
  }
}

/** Undefined if the index does not suffice. */
function findByIndex(
  pass: Pass,
  header: Header,
  index: Index,
  names: readonly string[],
): (Entry | undefined)[] | undefined {
  const { epoch, directory } = header;
  const isSame = epoch === index.epoch && directory === index.directory &&
    pass.length(directory, entryBytes) === index.length;
  const found: (Entry | undefined)[] = [];
  for (const name of names) {
    const place = index.places.get(name);
    const entry = place === undefined ? undefined : entryAt(pass, directory, place);
    const suffices = place === undefined ? isSame : entry?.name === name;
    if (!suffices) return undefined;
    found.push(entry);
  }
  return found;
}

function entryAt(pass: Pass, directory: bigint, place: number): Entry | undefined {
  const bytes = pass.element(directory, entryBytes, place);
  return bytes.length === 0 ? undefined : decodeEntry(bytes);
}
