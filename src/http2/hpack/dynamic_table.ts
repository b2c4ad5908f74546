/**
 * The headers that one end told the other to remember (RFC 7541, section 4).
 *
 * @module
 */

import { type Header, headerSize } from "./header.ts";

/** Remembers the newest headers that fit. */
export interface DynamicTable {
  /** The header that so many newer ones have come after. */
  get(age: number): Header | undefined;
  /** Adds a header, for which the oldest make room. One that is too large empties the table. */
  add(header: Header): void;
  /** Sets how large the table may be, and forgets the oldest that no longer fit. */
  resize(maxSize: number): void;
}

/** What the table may hold before anybody says otherwise. */
export const initialTableSize = 4_096;

/** A new table, which is empty. */
export function dynamicTable(): DynamicTable {
  /** The oldest comes first. */
  const headers: Header[] = [];
  let size = 0;
  let maxSize = initialTableSize;

  const shrinkTo = (limit: number) => {
    while (size > limit) {
      const oldest = headers.shift();
      if (oldest === undefined) return;
      size -= headerSize(oldest);
    }
  };

  return {
    get: (age) => headers[headers.length - 1 - age],
    add(header) {
      const added = headerSize(header);
      shrinkTo(Math.max(0, maxSize - added));
      if (added > maxSize) return;
      headers.push(header);
      size += added;
    },
    resize(newMaxSize) {
      maxSize = newMaxSize;
      shrinkTo(maxSize);
    },
  };
}
