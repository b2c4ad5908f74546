/**
 * What VPP builds a VIP's new-flow table from, and what it may be.
 *
 * @module
 */

/** An application server as the new-flow table sees it. */
export interface TableEntry {
  /** The 16 bytes that VPP holds: an IPv4 address is in the last four, after zeros. */
  readonly address: Uint8Array;
  /**
   * A whole number from 0 to 255, as VPP takes it without a check, though only up to 100 is meant; with
   * 0 the AS gets no bucket.
   */
  readonly weight: number;
}

const addressBytes = 16;
const highestWeight = 255;
const longestTable = 65536;

/** As many ASes as the daemon gives a VIP. */
const mostEntries = 1000;

/**
 * The entries of weight above 0, each after its index, in the order of their addresses: the order
 * in which VPP serves them, whichever was added first.
 *
 * @throws {RangeError} An address has not 16 bytes or is there twice, a weight is not a whole number
 * from 0 to 255, or there are more than 1000 entries.
 */
export function servingOrder(entries: readonly TableEntry[]): [index: number, TableEntry][] {
  if (entries.length > mostEntries) {
    throw new RangeError(`a VIP has at most ${mostEntries} ASes, not ${entries.length}`);
  }
  const byAddress = new Map<string, [index: number, TableEntry]>();
  for (const [index, entry] of entries.entries()) {
    checkEntry(entry);
    const address = entry.address.toHex();
    if (byAddress.has(address)) throw new RangeError(`the address ${address} is there twice`);
    byAddress.set(address, [index, entry]);
  }
  return Array.from(byAddress)
    .filter(([, [, { weight }]]) => weight > 0)
    .sort(([a], [b]) => a < b ? -1 : 1)
    .map(([, indexed]) => indexed);
}

/**
 * Refuses a length that VPP refuses, or that is longer than the daemon asks for.
 *
 * @throws {RangeError} The length is not a power of two from 1 to 65536.
 */
export function checkTableLength(length: number): void {
  const isPowerOfTwo = Number.isInteger(length) && (length & (length - 1)) === 0;
  if (!isPowerOfTwo || length < 1 || length > longestTable) {
    throw new RangeError(`a table's length is a power of two up to ${longestTable}, not ${length}`);
  }
}

function checkEntry({ address, weight }: TableEntry): void {
  if (address.length !== addressBytes) {
    throw new RangeError(`an address has ${addressBytes} bytes, not ${address.length}`);
  }
  if (!Number.isInteger(weight) || weight < 0 || weight > highestWeight) {
    throw new RangeError(`a weight is a whole number from 0 to ${highestWeight}, not ${weight}`);
  }
}
