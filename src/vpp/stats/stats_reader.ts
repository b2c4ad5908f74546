/**
 * Reads values out of VPP's stats segment by name, all of one moment, without asking VPP.
 *
 * @module
 */

import type { Clock } from "../../clock.ts";
import { copyDirectory, decodeDirectory, type DirectoryEntry, listEntries } from "./directory.ts";
import { DirectoryIndex } from "./directory_index.ts";
import type { Kind } from "./entry.ts";
import type { Segment } from "./segment.ts";
import { StatsError } from "./stats_error.ts";
import { type Copy, copyUndisturbed, type Memory, openMemory } from "./undisturbed.ts";
import { copyValue, type ValueByKind, valueOf } from "./value.ts";

/** The names of what to read, each with the kind of value that it must be. */
export type Wanted = Readonly<Record<string, Kind>>;

/** What was read, under the same names. */
export type Values<W extends Wanted> = { readonly [Name in keyof W]: ValueByKind[W[Name]] };

/** A reader of one segment, and thereby of one run of VPP. */
export interface StatsReader {
  /**
   * Reads values, in one pass in which no vector moved; the counters in them went on counting. A
   * name that is not in the directory reads as nothing counted: VPP's plugins add their entries
   * when they are first used.
   *
   * @throws {StatsError} As its codes say; `kind` where one is of another kind than wanted.
   */
  read<const W extends Wanted>(wanted: W): Promise<Values<W>>;
  /**
   * What there is to read.
   *
   * @throws {StatsError} As its codes say.
   */
  directory(): Promise<DirectoryEntry[]>;
  /** Unmaps the segment. Reading fails from then on, and so does what is being read. */
  close(): void;
}

/**
 * Makes a reader, to which the segment belongs from then on.
 *
 * @throws {StatsError} `version` or `bounds`; the segment is then still the caller's.
 */
export function openStats(segment: Segment, clock: Clock): StatsReader {
  let memory: Memory | undefined = openMemory(segment.bytes);
  const index = new DirectoryIndex();

  const copy = <T>(what: Copy<T>) =>
    copyUndisturbed(
      () => {
        if (memory !== undefined) return memory;
        throw new StatsError("closed", "the stats segment is closed; connect to VPP again");
      },
      clock,
      what,
    );

  return {
    read: async <const W extends Wanted>(wanted: W) => {
      const names = Object.entries(wanted);
      const copies = await copy((pass, header) => {
        const entries = index.find(pass, header, names.map(([name]) => name));
        return names.map(([, kind], place) => copyValue(pass, header, entries[place], kind));
      });
      const values = names.map(([name, kind], place) => [name, valueOf(copies[place], kind)]);
      return Object.fromEntries(values) as Values<W>;
    },
    directory: async () => listEntries(decodeDirectory(await copy(copyDirectory))),
    close: () => {
      if (memory === undefined) return;
      memory = undefined;
      segment.unmap();
    },
  };
}
