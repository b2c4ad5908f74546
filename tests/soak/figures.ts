/**
 * What a daemon under soak says of itself, and what the system says of its process.
 *
 * @module
 */

import { bucketBounds } from "../../src/histogram.ts";

/** The daemon at one moment. What is counted is counted from its start. */
export interface Figures {
  readonly elapsedSeconds: number;
  readonly rssMib: number;
  readonly heapMib: number;
  readonly descriptors: number;
  readonly threads: number;
  readonly cpuSeconds: number;
  /** How long the main thread could have run, and no processor was free for it. */
  readonly waitedSeconds: number;
  readonly probes: number;
  readonly voids: number;
  /** Probes that started more than 100 ms later than due. */
  readonly late: number;
  readonly transitions: number;
  readonly syncs: number;
  readonly eventsDropped: number;
  /** How often the loop was how late: by the buckets of all histograms. */
  readonly loopLags: readonly number[];
}

const mib = 1_048_576;
const lateSeconds = 0.1;

/** Reads one scrape after the other: what is needed of megabytes, without making much of the rest. */
export type FigureReader = (text: string, elapsedSeconds: number) => Figures;

/** Reads the scrapes of a daemon. */
export function figureReader(pid: number): FigureReader {
  const totals = { probes: runningTotal(), voids: runningTotal(), transitions: runningTotal() };
  return (text, elapsedSeconds) => readFigures(text, { pid, elapsedSeconds, totals });
}

type Total = (samples: Iterable<readonly [string, number]>) => number;

/** What series count together, also those that vanish with what they are about. */
function runningTotal(): Total {
  let total = 0;
  let before = new Map<string, number>();
  return (samples) => {
    const now = new Map(samples);
    for (const [series, value] of now) {
      const counted = before.get(series) ?? 0;
      total += value < counted ? value : value - counted;
    }
    before = now;
    return total;
  };
}

interface Context {
  readonly pid: number;
  readonly elapsedSeconds: number;
  readonly totals: Readonly<Record<"probes" | "voids" | "transitions", Total>>;
}

function readFigures(text: string, { pid, elapsedSeconds, totals }: Context): Figures {
  const of = (name: string, label = "") =>
    [...samplesOf(text, name)].filter(([series]) => series.includes(label));
  const sum = (name: string, label?: string) => sumOf(of(name, label).map(([, value]) => value));
  const probeLags = bucketsOf(text, "maglev_probe_lag_seconds");
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  const ofStatus = (name: string) =>
    Number(new RegExp(`^${name}:\\s*(\\d+)`, "m").exec(status)?.[1]);
  return {
    elapsedSeconds,
    rssMib: ofStatus("VmRSS") / 1_024,
    heapMib: sum("maglev_runtime_heap_used_bytes") / mib,
    descriptors: descriptorsOf(pid),
    threads: ofStatus("Threads"),
    cpuSeconds: sum("process_cpu_seconds_total"),
    waitedSeconds: waitedSecondsOf(pid),
    probes: totals.probes(of("maglev_probe_total")),
    voids: totals.voids(of("maglev_probe_total", 'result="void"')),
    late: sumOf(probeLags.slice(bucketBounds.indexOf(lateSeconds) + 1)),
    transitions: totals.transitions(of("maglev_backend_transitions_total")),
    syncs: sum("maglev_vpp_lbsync_duration_seconds", "_count"),
    eventsDropped: sum("maglev_events_dropped_total"),
    loopLags: bucketsOf(text, "maglev_runtime_loop_lag_seconds"),
  };
}

/** How many files and sockets a process has open. */
export function descriptorsOf(pid: number): number {
  return [...Deno.readDirSync(`/proc/${pid}/fd`)].length;
}

/**
 * How long the main thread of a process could have run, and no processor was free for it. NaN if the
 * process is gone.
 */
export function waitedSecondsOf(pid: number): number {
  try {
    const text = Deno.readTextFileSync(`/proc/${pid}/schedstat`);
    return Number(text.split(" ")[1]) / 1e9;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return NaN;
    throw error;
  }
}

/** The bound in milliseconds below which that part of the observations lies. */
export function quantileMs(counts: readonly number[], part: number): number {
  const rank = part * sumOf(counts);
  let below = 0;
  for (const [index, count] of counts.entries()) {
    below += count;
    if (below > 0 && below >= rank) return 1_000 * (bucketBounds[index] ?? Infinity);
  }
  return 0;
}

/** What came since. */
export function lagsBetween(before: Figures | undefined, after: Figures): readonly number[] {
  return after.loopLags.map((count, index) => count - (before?.loopLags[index] ?? 0));
}

/** The lines of a family: what stands before the value, and the value. */
function* samplesOf(text: string, family: string): Generator<readonly [string, number]> {
  const head = text.indexOf(`# TYPE ${family} `);
  if (head < 0) return;
  const end = text.indexOf("\n# ", head);
  const section = text.slice(text.indexOf("\n", head) + 1, end < 0 ? undefined : end);
  for (const line of section.trimEnd().split("\n")) {
    const space = line.lastIndexOf(" ");
    yield [line.slice(0, space), Number(line.slice(space + 1))];
  }
}

/** What fell into each bucket; in the text each has those before it, too. */
function bucketsOf(text: string, histogram: string): readonly number[] {
  const upTo = [...samplesOf(text, histogram)].flatMap(([labels, value]) =>
    labels.includes("_bucket{") ? [value] : []
  );
  return upTo.map((value, index) => value - (upTo[index - 1] ?? 0));
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
