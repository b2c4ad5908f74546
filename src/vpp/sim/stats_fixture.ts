/**
 * A small reader of stats segments, for tests, that shares nothing with what writes them.
 *
 * @module
 */

/** What an entry holds: a number, rows of numbers by thread, or names. A pair is its packets and bytes. */
export type StatsValue =
  | number
  | readonly (readonly (number | readonly [packets: number, bytes: number])[])[]
  | readonly (string | null)[];

/** A segment as a reader finds it. */
export interface ReadSegment {
  readonly epoch: bigint;
  readonly inProgress: bigint;
  /** By name, in the order of the directory. */
  readonly entries: ReadonlyMap<string, StatsValue>;
}

/** Reads all of a segment. */
export function readSegment(memory: Uint8Array): ReadSegment {
  const view = new DataView(memory.buffer, memory.byteOffset, memory.length);
  const word = (at: number) => view.getBigUint64(at, true);
  const base = word(8);
  const offset = (pointer: bigint) => Number(pointer - base);
  const elements = (pointer: bigint, bytes: number): number[] => {
    if (pointer === 0n) return [];
    const first = offset(pointer);
    const length = view.getUint32(first - 8, true);
    if (first < 64 || first + length * bytes > memory.length) throw new RangeError(`${pointer}`);
    return Array.from({ length }, (_, index) => first + index * bytes);
  };
  const textAt = (at: number) => {
    const end = memory.indexOf(0, at);
    return new TextDecoder().decode(memory.slice(at, end));
  };
  const counters = (pointer: bigint, columns: number, column?: number) =>
    elements(pointer, 8).map((row) => {
      const cells = elements(word(row), 8 * columns).map((cell) => {
        const first = Number(word(cell));
        return columns === 1 ? first : [first, Number(word(cell + 8))] as const;
      });
      return column === undefined ? cells : cells.slice(column, column + 1);
    });

  if (word(0) !== 2n) throw new Error(`version ${word(0)}`);
  const directory = elements(word(32), 144);
  const entries = new Map<string, StatsValue>();
  const valueOf = (at: number, column?: number): StatsValue => {
    const value = word(at + 8);
    switch (view.getUint32(at, true)) {
      case 1:
      case 9:
        return Number(value);
      case 2:
        return counters(value, 1, column);
      case 3:
        return counters(value, 2, column);
      case 4:
        return elements(value, 8).map((name) => {
          const pointer = word(name);
          return pointer === 0n ? null : textAt(offset(pointer));
        });
      case 6:
        return valueOf(directory[view.getUint32(at + 8, true)] ?? 0, view.getUint32(at + 12, true));
      default:
        throw new Error(`an entry of kind ${view.getUint32(at, true)}`);
    }
  };
  for (const at of directory) entries.set(textAt(at + 16), valueOf(at));
  return { epoch: word(16), inProgress: word(24), entries };
}

/** The counters of an index, summed over the threads: packets, and bytes where there are such. */
export function sumOf(segment: ReadSegment, name: string, index: number): readonly number[] {
  const value = segment.entries.get(name);
  if (!Array.isArray(value)) throw new Error(`${name} is no counter`);
  const cells = value.map((row: readonly unknown[]) => [row[index] ?? 0].flat().map(Number));
  return [0, 1].map((column) => cells.reduce((sum, cell) => sum + (cell[column] ?? 0), 0));
}
