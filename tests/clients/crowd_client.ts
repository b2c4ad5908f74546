/**
 * Crowds of clients that watch events, or make them. They are of grpc-js, but for the silent ones: it
 * reads, and keeps, what nobody asks it for.
 *
 *     crowd_client.ts TARGET watch EVENTS READING SILENT   watches until all who read have all events
 *     crowd_client.ts TARGET set EVENTS                    sets a weight so often, one after another
 *     crowd_client.ts TARGET cancel STREAMS                opens so many streams, and cancels each
 *
 * Those who are silent read nothing until everybody else is done. Each event either came or was told
 * as lost, and the sequence rises.
 *
 * @module
 */

import { systemClock } from "../../src/clock.ts";
import { type RpcClient, rpcClient } from "../../src/rpc/client.ts";
import { type Event, methods, serviceName } from "../../src/rpc/maglev_pb.ts";
import { dial, parseServerAddress } from "../../src/transport/mod.ts";
import { type GrpcJsClient, type Message, openClient, say, streamEnd } from "./grpc_js.ts";

const [target = "", command = "", ...numbers] = Deno.args;
const [events = 0, reading = 0, silent = 0] = numbers.map(Number);
/** How long to wait for what should come. */
const patienceMs = 120_000;
const streamsPerChannel = 25;

const everything = { logLevel: "", weight: false, reload: false };
const onlyWeights = { log: false, backend: false, frontend: false, weight: true };

/** What one watcher saw. */
interface Watcher {
  received: number;
  lost: number;
  isInOrder: boolean;
  lastSequence: number;
  /** Starts to read, where it does not from the start. */
  read?(): void;
}

const commands: Readonly<Record<string, () => Promise<void>>> = { watch, set, cancel };

async function watch(): Promise<void> {
  const readers = open(reading);
  const others = await openSilent(silent);
  await until(() => readers.every(isDone));
  report("reading", readers);
  report("silent", others);
  for (const other of others) other.read?.();
  await until(() => others.every(isDone));
  report("silent, in the end", others);
}

function open(count: number): Watcher[] {
  let client: GrpcJsClient | undefined;
  return Array.from({ length: count }, (_, index) => {
    if (client === undefined || index % streamsPerChannel === 0) client = openClient(target);
    const stream = client.watch(onlyWeights);
    void streamEnd(stream).then((end) => say({ ended: end }));
    const watcher = newWatcher();
    stream.on("data", (event: Message) => take(watcher, event));
    return watcher;
  });
}

/** Opens streams on which a client takes one event, and no more until it is told to read. */
async function openSilent(count: number): Promise<Watcher[]> {
  const watchers: Watcher[] = [];
  for (let index = 0; index < count; index += streamsPerChannel) {
    const client = await openOwn();
    for (let each = index; each < Math.min(count, index + streamsPerChannel); each++) {
      const events = client.stream(methods.WatchEvents, { ...everything, ...onlyWeights });
      watchers.push(silentWatcher(events[Symbol.asyncIterator]()));
    }
  }
  return watchers;
}

/** Connects a client of ours. */
async function openOwn(): Promise<RpcClient> {
  const parsed = parseServerAddress(target);
  if ("problem" in parsed) throw new Error(parsed.problem);
  const { signal } = new AbortController();
  const transport = await dial(parsed.value, { signal, clock: systemClock });
  return rpcClient({ transport, authority: target, service: serviceName, clock: systemClock });
}

function silentWatcher(events: AsyncIterator<Event>): Watcher {
  const watcher = newWatcher();
  const first = events.next();
  const read = async () => {
    for (let next = await first; !next.done; next = await events.next()) take(watcher, next.value);
  };
  return Object.assign(watcher, { read: () => void read() });
}

function newWatcher(): Watcher {
  return { received: 0, lost: 0, isInOrder: true, lastSequence: -1 };
}

function take(watcher: Watcher, event: Message | Event): void {
  if (event.weight !== undefined) watcher.received++;
  const { lost } = event as { readonly lost?: { readonly count?: number | bigint } };
  if (lost !== undefined) return void (watcher.lost += Number(lost.count ?? 0));
  const sequence = Number(event.sequence);
  watcher.isInOrder &&= sequence > watcher.lastSequence;
  watcher.lastSequence = sequence;
}

function isDone({ received, lost }: Watcher): boolean {
  return received + lost >= events;
}

function report(who: string, watchers: readonly Watcher[]): void {
  const sums = watchers.map(({ received, lost }) => received + lost);
  const total = (of: (watcher: Watcher) => number) =>
    watchers.reduce((sum, each) => sum + of(each), 0);
  say({
    who,
    least: Math.min(...sums),
    most: Math.max(...sums),
    received: total(({ received }) => received),
    lost: total(({ lost }) => lost),
    inOrder: watchers.every(({ isInOrder }) => isInOrder),
  });
}

async function set(): Promise<void> {
  const client = openClient(target);
  const times: number[] = [];
  const wrong: unknown[] = [];
  const place = { frontend: "www", pool: "primary", backend: "web1" };
  for (let count = 0; count < events; count++) {
    const startMs = performance.now();
    const weight = 1 + count % 100;
    const end = await client.unary("SetFrontendPoolBackendWeight", { ...place, weight });
    times.push(performance.now() - startMs);
    if (end.code !== "OK") wrong.push(end);
  }
  times.sort((one, other) => one - other);
  const at = (share: number) => Number(times[Math.floor(times.length * share)]?.toFixed(2));
  say({ calls: events, wrong: wrong.length, medianMs: at(0.5), p99Ms: at(0.99), first: wrong[0] });
}

/** Half of them are cancelled when they have begun, the others at once. */
async function cancel(): Promise<void> {
  const clients = Array.from({ length: 2 }, () => openClient(target));
  const own = await Promise.all([openOwn(), openOwn()]);
  const ends: Record<string, number> = {};
  const late = async (client: GrpcJsClient) => {
    const stream = client.watch({});
    const end = streamEnd(stream);
    // A connection that is lost before has no data, and another end.
    await Promise.race([new Promise((resolve) => stream.once("data", resolve)), end]);
    stream.cancel();
    return (await end).code;
  };
  // Those of grpc-js that are cancelled at once stay open at the server: the runtime tells it nothing.
  const early = async (client: RpcClient) => {
    const cancelling = new AbortController();
    const stream = client.stream(methods.WatchEvents, everything, { signal: cancelling.signal });
    const first = stream[Symbol.asyncIterator]().next();
    cancelling.abort();
    return await first.then(() => "OK", ({ code }) => String(code));
  };
  for (let opened = 0; opened < events; opened += 100) {
    const codes = await Promise.all([
      ...clients.flatMap((client) => Array.from({ length: 25 }, () => late(client))),
      ...own.flatMap((client) => Array.from({ length: 25 }, () => early(client))),
    ]);
    for (const code of codes) ends[code] = (ends[code] ?? 0) + 1;
  }
  say({ cancelled: ends });
}

async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + patienceMs;
  while (!isSo() && performance.now() < end) await new Promise((resume) => setTimeout(resume, 20));
}

await commands[command]?.();
Deno.exit(0);
