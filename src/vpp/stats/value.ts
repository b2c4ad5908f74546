/**
 * The values of entries: copied within a pass, given meaning after it.
 *
 * @module
 */

import {
  type CombinedCounters,
  combinedCounters,
  type SimpleCounters,
  simpleCounters,
} from "./counters.ts";
import { columnKind } from "./directory.ts";
import { decodeEntry, type Entry, entryBytes, type Kind, symlinkTarget, textOf } from "./entry.ts";
import type { Pass } from "./pass.ts";
import { StatsError } from "./stats_error.ts";
import type { Header } from "./undisturbed.ts";

/** What the entries of each kind are read as. */
export interface ValueByKind {
  /** A number; undefined where there is no such entry. */
  readonly scalar: number | undefined;
  /** Counters that are all 0 where there is no such entry. */
  readonly simple: SimpleCounters;
  /** Counters that are all 0 where there is no such entry. */
  readonly combined: CombinedCounters;
  /** Names by index, undefined where an index has none; empty where there is no such entry. */
  readonly names: readonly (string | undefined)[];
}

type Bytes = Uint8Array<ArrayBuffer>;

/** What a pass took with it of one entry. */
export type ValueCopy =
  | { readonly kind: "scalar"; readonly value: bigint }
  | { readonly kind: "names"; readonly names: readonly Bytes[] }
  | { readonly kind: "simple" | "combined"; readonly threads: readonly Bytes[] };

/** The bytes of one counter. */
const counterBytes = { simple: 8, combined: 16 };

/**
 * Copies the value of an entry; undefined where there is none, or it holds nothing.
 *
 * @throws {StatsError} `kind` if it holds something else than wanted, and `bounds`.
 */
export function copyValue(
  pass: Pass,
  { directory }: Header,
  entry: Entry | undefined,
  wanted: Kind,
): ValueCopy | undefined {
  if (entry === undefined) return undefined;
  const { kind, value, column } = resolve(pass, directory, entry);
  if (kind === "free") return undefined;
  if (kind !== wanted) {
    const message = `VPP's "${entry.name}" is of the kind ${kind}, not ${wanted}`;
    throw new StatsError("kind", message);
  }
  if (wanted === "scalar") return { kind: wanted, value };
  if (wanted === "names") {
    return { kind: wanted, names: copyEach(pass, value, (name) => pass.elements(name, 1)) };
  }
  const size = counterBytes[wanted];
  const copy = column === undefined
    ? (thread: bigint) => pass.elements(thread, size)
    : (thread: bigint) => pass.element(thread, size, column);
  return { kind: wanted, threads: copyEach(pass, value, copy) };
}

/** What an entry holds, itself or through a symlink: then one column of it, on every thread. */
interface Resolved extends Pick<Entry, "kind" | "value"> {
  readonly column?: number;
}

function resolve(pass: Pass, directory: bigint, entry: Entry): Resolved {
  if (entry.kind !== "symlink") return entry;
  const { index, column } = symlinkTarget(entry);
  const bytes = pass.element(directory, entryBytes, index);
  const target = bytes.length === 0 ? undefined : decodeEntry(bytes);
  return { kind: columnKind(target), value: target?.value ?? 0n, column };
}

function copyEach(pass: Pass, pointer: bigint, copy: (pointer: bigint) => Bytes): Bytes[] {
  return Array.from(pass.pointers(pointer), copy);
}

/** Gives meaning to a copy, and to its absence. */
export function valueOf(copy: ValueCopy | undefined, wanted: Kind): ValueByKind[Kind] {
  if (copy === undefined) return absentValue[wanted];
  switch (copy.kind) {
    case "scalar":
      return Number(copy.value);
    case "simple":
      return simpleCounters(copy.threads);
    case "combined":
      return combinedCounters(copy.threads);
    case "names":
      return copy.names.map((name) => name.length === 0 ? undefined : textOf(name));
  }
}

const absentValue: ValueByKind = {
  scalar: undefined,
  simple: simpleCounters([]),
  combined: combinedCounters([]),
  names: [],
};
