/**
 * Those who read events in a soak: some all of them, some slowly, some not for long. Each checks that
 * what it is told is in order and complete.
 *
 * @module
 */

import { type Event, methods, WatchRequest } from "../../src/rpc/maglev_pb.ts";
import { connect, type Load, pause } from "./load.ts";

/** What was read so far. */
export interface StreamCounts {
  readonly seen: number;
  /** What the daemon said that was lost. */
  readonly lost: number;
  /** How often a stream began. */
  readonly begun: number;
}

/** Readers that run until the load ends. */
export interface Streams {
  readonly counts: StreamCounts;
  readonly ended: Promise<void>;
}

interface Kind {
  readonly name: string;
  readonly readers: number;
  readonly request: WatchRequest;
  /** How long it does not read, and for how long it does before. Default: it always reads. */
  readonly rest?: { readonly afterMs: number; readonly forMs: number };
  /** The longest that it stays. Default: to the end. */
  readonly mostMs?: number;
}

const everything = { logLevel: "info", weight: true, reload: true } as const;

const kinds: readonly Kind[] = [
  { name: "full", readers: 11, request: everything },
  { name: "transitions", readers: 2, request: { ...everything, log: false, weight: false } },
  { name: "slow", readers: 1, request: everything, rest: { afterMs: 0, forMs: 10 } },
  { name: "napping", readers: 2, request: everything, rest: { afterMs: 5_000, forMs: 60_000 } },
  { name: "passing", readers: 4, request: everything, mostMs: 8_000 },
];

/** Starts to read. */
export function startStreams(load: Load): Streams {
  const counts = { seen: 0, lost: 0, begun: 0 };

  const readOnce = async ({ name, request, rest, mostMs }: Kind) => {
    const client = await connect(load);
    const leave = new AbortController();
    const timer = mostMs === undefined ? undefined : setTimeout(
      // Some say that they leave, some are just gone.
      () => load.random.chance() ? leave.abort() : client.close(),
      load.random.int(0, mostMs),
    );
    const signal = AbortSignal.any([load.signal, leave.signal]);
    counts.begun++;
    try {
      const order = eventOrder(request);
      let awakeSinceMs = performance.now();
      for await (const event of client.stream(methods.WatchEvents, request, { signal })) {
        counts.seen++;
        counts.lost += Number(event.lost?.count ?? 0n);
        const problem = order(event);
        if (problem !== null) load.report(`stream (${name}): ${problem}`);
        if (rest === undefined || performance.now() - awakeSinceMs < rest.afterMs) continue;
        if (!await pause(load, rest.forMs)) break;
        awakeSinceMs = performance.now();
      }
      if (!signal.aborted) load.report(`stream (${name}): the daemon ended it`);
    } catch (error) {
      if (!signal.aborted && mostMs === undefined) load.report(`stream (${name}): ${error}`);
    } finally {
      clearTimeout(timer);
      client.close();
    }
  };
  const read = async (kind: Kind) => {
    do {
      try {
        await readOnce(kind);
      } catch (error) {
        load.report(`stream (${kind.name}): cannot begin: ${error}`);
      }
    } while (await pause(load, kind.mostMs === undefined ? 1_000 : load.random.int(0, 500)));
  };
  const readers = kinds.flatMap((kind) => Array.from({ length: kind.readers }, () => read(kind)));
  return { counts, ended: Promise.all(readers).then(() => {}) };
}

/**
 * Checks the numbers of events, one after another. The first tell the present state, all with one
 * number. Who wants everything then gets each number, or is told how many are missing.
 */
export function eventOrder(request: WatchRequest): (event: Event) => string | null {
  const isComplete = request.log !== false;
  let last: bigint | null = null;
  let isPresent = true;
  return (event) => {
    const { sequence, lost } = event;
    const before = last;
    last = sequence;
    if (before === null) return isOfPresent(event) ? null : "it does not begin with a state";
    if (isPresent && sequence === before) {
      return isOfPresent(event) ? null : `event ${sequence} is no state`;
    }
    isPresent = false;
    if (sequence <= before) return `event ${sequence} comes after ${before}`;
    const missing = sequence - before - (lost === undefined ? 1n : lost.count);
    if (!isComplete || missing === 0n) return null;
    return `${missing} events before ${sequence} are missing, and nobody said so`;
  };
}

function isOfPresent({ backend, frontend }: Event): boolean {
  const transition = backend?.transition ?? frontend?.transition;
  return transition !== undefined && transition.from === transition.to;
}
