/**
 * Where a VPP worker remembers which AS a flow went to: buckets of four entries each, found by
 * the flow's hash, in which time-outs make room and nothing else does.
 *
 * Quirks, all VPP's. An entry whose time is over keeps pointing to its AS until another flow takes
 * its place: it counts among the AS's flows, and a deleted AS lingers as long. An entry that was flushed
 * points nowhere, but its place stays taken until its time is over.
 *
 * @module
 */

/** The entries of one bucket. */
const entriesPerBucket = 4;

/** The VIP of an entry that was flushed. */
const noVip = 0xffffffff;

/**
 * A table. Entries are numbers; each array has one element for each. The last two arrays are not
 * VPP's, which cannot know who sends, nor until when.
 */
export interface FlowTable {
  readonly bucketCount: number;
  /** For how many seconds a packet keeps an entry, as it was set at the last packet. */
  timeout: number;
  readonly hashes: Uint32Array;
  /** The second from which on the entry does not count any more. */
  readonly expiries: Uint32Array;
  readonly vips: Uint32Array;
  readonly ases: Uint32Array;
  /** The second in which the flow sends its last packet; 0 for nobody's entry. */
  readonly lastSeconds: Uint32Array;
  /** Which traffic the flow belongs to. */
  readonly sources: Uint16Array;
}

/** A flow that is to be remembered. */
export interface Flow {
  readonly hash: number;
  readonly vip: number;
  readonly as: number;
  readonly expiry: number;
  readonly lastSecond: number;
  readonly source: number;
}

/** The flows of the one worker that the simulated VPP has. */
export interface Flows {
  /** Undefined until the first packet. */
  readonly table: FlowTable | undefined;
  /** How many entries point to an AS, those whose time is over included. */
  countOf(as: number): number;
  /** Begins an empty table. */
  replaceTable(bucketCount: number): FlowTable;
  /** Writes an entry over whatever was there. */
  store(entry: number, flow: Flow): void;
  /** Forgets the flows of a VIP, all of them or those that went to one AS. */
  flush(vip: number, as?: number): void;
}

/** No flows, and no table for them. */
export function createFlows(): Flows {
  let table: FlowTable | undefined;
  let counts: number[] = [];
  const point = (entry: number, as: number, { ases }: FlowTable) => {
    const before = ases[entry] ?? 0;
    counts[before] = (counts[before] ?? 0) - 1;
    counts[as] = (counts[as] ?? 0) + 1;
    ases[entry] = as;
  };
  return {
    get table() {
      return table;
    },
    countOf: (as) => counts[as] ?? 0,
    replaceTable(bucketCount) {
      counts = [];
      table = createFlowTable(bucketCount);
      return table;
    },
    store(entry, { hash, vip, as, expiry, lastSecond, source }) {
      if (table === undefined) return;
      point(entry, as, table);
      table.hashes[entry] = hash;
      table.vips[entry] = vip;
      table.expiries[entry] = expiry;
      table.lastSeconds[entry] = lastSecond;
      table.sources[entry] = source;
    },
    flush(vip, as) {
      if (table === undefined) return;
      for (const [entry, owner] of table.vips.entries()) {
        if (owner !== vip || (as !== undefined && table.ases[entry] !== as)) continue;
        point(entry, 0, table);
        table.vips[entry] = noVip;
      }
    },
  };
}

/** The entry of a flow, −1 where it has none that counts. */
export function findFlow(table: FlowTable, hash: number, vip: number, now: number): number {
  const { hashes, expiries, vips } = table;
  const first = firstEntry(table, hash);
  for (let entry = first; entry < first + entriesPerBucket; entry++) {
    const isOver = (expiries[entry] ?? 0) <= now;
    if (!isOver && hashes[entry] === hash && vips[entry] === vip) return entry;
  }
  return -1;
}

/** The first entry that a new flow may take, −1 where its bucket is full. */
export function findRoom(table: FlowTable, hash: number, now: number): number {
  const first = firstEntry(table, hash);
  for (let entry = first; entry < first + entriesPerBucket; entry++) {
    if ((table.expiries[entry] ?? 0) <= now) return entry;
  }
  return -1;
}

function firstEntry({ bucketCount }: FlowTable, hash: number): number {
  return ((hash & (bucketCount - 1)) >>> 0) * entriesPerBucket;
}

function createFlowTable(bucketCount: number): FlowTable {
  const size = bucketCount * entriesPerBucket;
  return {
    bucketCount,
    timeout: 0,
    hashes: new Uint32Array(size),
    expiries: new Uint32Array(size),
    vips: new Uint32Array(size),
    ases: new Uint32Array(size),
    lastSeconds: new Uint32Array(size),
    sources: new Uint16Array(size),
  };
}
