/**
 * VPP's pools: places in a row, of which the one that was freed last is used first.
 *
 * @module
 */

/** Items by index. Iterating gives those that are there, in the order of their indices. */
export interface Pool<T> extends Iterable<T> {
  /** How many items there are. */
  readonly size: number;
  /** The items with their indices. */
  entries(): Iterable<[index: number, item: T]>;
  /** The item at an index, undefined where there is none. */
  at(index: number): T | undefined;
  /**
   * Adds an item, which `make` gets an index for. VPP does not clear the memory of an item that
   * is removed, so `leftover` is what the place held before.
   */
  add(make: (index: number, leftover: T | undefined) => T): T;
  /** Removes the item at an index. */
  remove(index: number): void;
}

/** An empty pool. */
export function createPool<T>(): Pool<T> {
  const places: T[] = [];
  const isFree: boolean[] = [];
  const free: number[] = [];
  const entries = function* (): Generator<[number, T]> {
    for (const [index, place] of places.entries()) if (!isFree[index]) yield [index, place];
  };
  return {
    get size() {
      return places.length - free.length;
    },
    at: (index) => isFree[index] === false ? places[index] : undefined,
    add(make) {
      const index = free.pop() ?? places.length;
      const item = make(index, places[index]);
      places[index] = item;
      isFree[index] = false;
      return item;
    },
    remove(index) {
      if (isFree[index] !== false) throw new RangeError(`nothing is at ${index}`);
      isFree[index] = true;
      free.push(index);
    },
    entries,
    *[Symbol.iterator]() {
      for (const [, item] of entries()) yield item;
    },
  };
}
