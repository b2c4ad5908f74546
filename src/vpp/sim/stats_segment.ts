/**
 * A stats segment, as VPP writes it: a header, and a directory of entries that lead to counters, all
 * in memory that other processes read meanwhile. Format version 2.
 *
 * What readers must not see half done happens between `in_progress` = 1 and 0, and ends with another
 * `epoch`: new entries, and vectors that move to where there is more room. Counters change at any
 * time, each by one store of 64 bits.
 *
 * @module
 */

import { createStatsHeap } from "./stats_heap.ts";
import { createStatsVectors, type StatsVectors } from "./stats_vector.ts";

/** The kinds of entries that are made here, by VPP's number. */
const kinds = { scalar: 1, simple: 2, combined: 3, names: 4, symlink: 6, gauge: 9 };

const entryBytes = 144;
const valueOffset = 8;
const nameOffset = 16;
const nameBytes = 128;
const version = 2n;

/** The header's fields, as indices of 64-bit words. */
const header = { version: 0, base: 1, epoch: 2, inProgress: 3, directory: 4 };

/** The heap begins one page behind the header. */
const pageBytes = 4096;

/** An entry that is one number. */
export interface ScalarEntry {
  set(value: number): void;
}

/** An entry of counters by thread and index, each of one number or of packets and bytes. */
export interface CounterEntry {
  /** The number of the entry, for symlinks to it. */
  readonly entry: number;
  /** Makes sure that there is a counter of this index on each thread. */
  validate(index: number): void;
  /** Sets the counters of an index to 0 on all threads. */
  clear(index: number): void;
  /** Adds to the counter of an index on one thread. */
  add(thread: number, index: number, amounts: readonly number[]): void;
  /** The first number of the counter of an index, summed over the threads. */
  total(index: number): number;
}

/** An entry of names by index. */
export interface NamesEntry {
  set(index: number, name: string): void;
}

/** What entries can be added to. */
export interface StatsSegment {
  addScalar(name: string): ScalarEntry;
  /** As a scalar; newer releases tell apart what can go down. */
  addGauge(name: string): ScalarEntry;
  addSimple(name: string, threads: number): CounterEntry;
  addCombined(name: string, threads: number): CounterEntry;
  addNames(name: string): NamesEntry;
  /** An entry that stands for one index of another. Quirk: VPP adds these without a new epoch. */
  addSymlink(name: string, target: CounterEntry, index: number): void;
}

/** How a segment is made. */
export interface StatsSegmentOptions {
  /** Where it is written: all zeros, and aligned to 8 bytes. */
  readonly memory: Uint8Array<ArrayBuffer>;
  /** The address that its first byte is said to have. */
  readonly base: bigint;
}

/** Writes an empty segment. */
export function createStatsSegment({ memory, base }: StatsSegmentOptions): StatsSegment {
  const words = new BigInt64Array(memory.buffer, memory.byteOffset, memory.length >> 3);
  const heap = createStatsHeap(pageBytes, memory.length);
  const vectors = createStatsVectors({ memory, base, heap });
  const encoder = new TextEncoder();
  let directory = 0;
  let entries = 0;
  let changes = 0;

  /** Makes a change that readers must not see half done. Changes within changes are one. */
  const change = <T>(make: () => T): T => {
    if (changes++ === 0) Atomics.store(words, header.inProgress, 1n);
    const result = make();
    if (--changes === 0) {
      Atomics.add(words, header.epoch, 1n);
      Atomics.store(words, header.inProgress, 0n);
    }
    return result;
  };
  const valueWord = (entry: number) => (directory + entry * entryBytes + valueOffset) >> 3;
  const addEntry = (kind: number, name: string, value = 0n): number => {
    const entry = entries++;
    directory = vectors.resize(directory, entries, entryBytes);
    const at = directory + entry * entryBytes;
    memory.fill(0, at, at + entryBytes);
    encoder.encodeInto(name, memory.subarray(at + nameOffset, at + nameOffset + nameBytes - 1));
    words[valueWord(entry)] = value;
    memory[at] = kind;
    words[header.directory] = base + BigInt(directory);
    return entry;
  };
  const addNumber = (kind: number, name: string): ScalarEntry => {
    const entry = change(() => addEntry(kind, name));
    return {
      set: (value) => {
        words[valueWord(entry)] = BigInt(value);
      },
    };
  };
  const addCounters = (kind: number, name: string, threads: number): CounterEntry => {
    const entry = change(() => addEntry(kind, name));
    const columns = kind === kinds.combined ? 2 : 1;
    return counterEntry({
      ...{ entry, threads, columns, vectors, words, change },
      setPointer: (pointer) => {
        words[valueWord(entry)] = pointer;
      },
    });
  };

  words[header.version] = version;
  words[header.base] = base;
  words[header.epoch] = 1n;
  return {
    addScalar: (name) => addNumber(kinds.scalar, name),
    addGauge: (name) => addNumber(kinds.gauge, name),
    addSimple: (name, threads) => addCounters(kinds.simple, name, threads),
    addCombined: (name, threads) => addCounters(kinds.combined, name, threads),
    addNames(name) {
      const entry = change(() => addEntry(kinds.names, name));
      let names = 0;
      return {
        set: (index, text) =>
          change(() => {
            names = vectors.resize(names, Math.max(vectors.lengthOf(names), index + 1), 8);
            const bytes = encoder.encode(`${text}\0`);
            const place = (names >> 3) + index;
            const vector = vectors.resize(vectors.offsetOf(words[place] ?? 0n), bytes.length, 1);
            memory.set(bytes, vector);
            words[place] = vectors.pointerTo(vector);
            words[valueWord(entry)] = vectors.pointerTo(names);
          }),
      };
    },
    addSymlink(name, target, index) {
      addEntry(kinds.symlink, name, BigInt(target.entry) | BigInt(index) << 32n);
    },
  };
}

interface CounterEntryOptions {
  readonly entry: number;
  readonly threads: number;
  readonly columns: number;
  readonly vectors: StatsVectors;
  readonly words: BigInt64Array;
  readonly change: <T>(make: () => T) => T;
  readonly setPointer: (pointer: bigint) => void;
}

function counterEntry(options: CounterEntryOptions): CounterEntry {
  const { entry, threads, columns, vectors, words, change, setPointer } = options;
  const elementBytes = 8 * columns;
  const rows: number[] = Array(threads).fill(0);
  let pointers = 0;
  const wordOf = (thread: number, index: number) => ((rows[thread] ?? 0) >> 3) + index * columns;
  const grow = (length: number) => {
    pointers = vectors.resize(pointers, threads, 8);
    for (const [thread, row] of rows.entries()) {
      const grown = vectors.resize(row, length, elementBytes);
      rows[thread] = grown;
      words[(pointers >> 3) + thread] = vectors.pointerTo(grown);
    }
    setPointer(vectors.pointerTo(pointers));
  };
  return {
    entry,
    validate(index) {
      const length = index + 1;
      if (rows.every((row) => vectors.lengthOf(row) >= length)) return;
      // Quirk: a vector that has spare room grows where it is, without another epoch.
      if (rows.every((row) => vectors.roomOf(row, elementBytes) >= length)) grow(length);
      else change(() => grow(length));
    },
    clear(index) {
      for (const thread of rows.keys()) {
        const word = wordOf(thread, index);
        words.fill(0n, word, word + columns);
      }
    },
    add(thread, index, amounts) {
      const word = wordOf(thread, index);
      for (const [column, amount] of amounts.entries()) {
        words[word + column] = (words[word + column] ?? 0n) + BigInt(amount);
      }
    },
    total: (index) =>
      rows.reduce((sum, _, thread) => sum + Number(words[wordOf(thread, index)] ?? 0n), 0),
  };
}
