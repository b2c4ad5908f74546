/**
 * What a soak shows while it runs, and what it comes to.
 *
 * @module
 */

import { type Figures, lagsBetween, quantileMs } from "./figures.ts";

/** What is counted outside of the daemon, since the start. */
export interface LoadCounts {
  readonly eventsSeen: number;
  /** What the daemon said that was lost. */
  readonly eventsLost: number;
  readonly streamsBegun: number;
  readonly calls: number;
  /** Calls that were allowed to fail, and did. */
  readonly excused: number;
  readonly rpcErrors: number;
  readonly httpErrors: number;
  readonly reloads: number;
  readonly refused: number;
  readonly vppRestarts: number;
  readonly failedSyncs: number;
  /** The slowest call since the line before. */
  readonly slowestCallMs: number;
  /** Void probes for which the machine is no excuse. */
  readonly inexcusableVoids: number;
  /** Whether the machine has had too little time lately. */
  readonly isStarved: boolean;
}

/** Everything that a line is made of. */
export interface Moment extends Figures, LoadCounts {}

interface Column {
  readonly head: string;
  readonly width: number;
  readonly value: (now: Moment, before: Moment | undefined) => string;
}

type Counted = Exclude<keyof Moment, "loopLags" | "isStarved">;

const whole = (head: string, key: Counted, width = 6): Column => ({
  ...{ head, width, value: (now) => `${Math.round(now[key])}` },
});

const since = (key: Counted, now: Moment, before: Moment | undefined) =>
  now[key] - (before?.[key] ?? 0);

const increase = (head: string, key: Counted, width = 6): Column => ({
  ...{ head, width, value: (now, before) => `${since(key, now, before)}` },
});

const perSecond = (head: string, key: Counted, factor = 1): Column => ({
  ...{ head, width: 6 },
  value: (now, before) =>
    `${Math.round(factor * since(key, now, before) / since("elapsedSeconds", now, before))}`,
});

const lag = (head: string, part: number): Column => ({
  ...{ head, width: 5, value: (now, before) => `${quantileMs(lagsBetween(before, now), part)}` },
});

const columns: readonly Column[] = [
  { head: "time", width: 6, value: ({ elapsedSeconds }) => minutes(elapsedSeconds) },
  whole("RSS", "rssMib", 5),
  whole("heap", "heapMib", 5),
  whole("fds", "descriptors", 5),
  whole("thr", "threads", 4),
  perSecond("CPU %", "cpuSeconds", 100),
  perSecond("wait %", "waitedSeconds", 100),
  lag("p50", 0.5),
  lag("p99", 0.99),
  lag("max", 1),
  whole("call", "slowestCallMs", 5),
  perSecond("prb/s", "probes"),
  increase("void", "voids", 5),
  increase("late", "late", 5),
  increase("trans", "transitions"),
  increase("syncs", "syncs"),
  increase("fail", "failedSyncs", 5),
  increase("events", "eventsSeen", 7),
  increase("lost", "eventsLost"),
  increase("rpc!", "rpcErrors", 5),
  increase("http!", "httpErrors"),
  increase("rel", "reloads", 4),
  increase("ref", "refused", 4),
];

/** What the columns mean. */
export const legend: readonly string[] = [
  "RSS, heap: MiB; fds, thr: descriptors and threads; wait: how long the machine had no time for it;",
  "p50, p99, max: ms that the loop was late, at most; call: ms of the slowest; late: by over 100 ms;",
  "fail: failed syncs; rel, ref: files loaded and refused. What is counted is since the line before.",
];

/** The line over the table. */
export const header: string = columns.map(({ head, width }) => head.padStart(width)).join(" ");

/** A line of the table. */
export function line(now: Moment, before: Moment | undefined): string {
  return columns.map(({ value, width }) => value(now, before).padStart(width)).join(" ");
}

/** A time as minutes and seconds. */
export function minutes(seconds: number): string {
  const rounded = Math.round(seconds);
  return `${Math.floor(rounded / 60)}:${`${rounded % 60}`.padStart(2, "0")}`;
}

type Growing = "rssMib" | "heapMib" | "descriptors";

/** How fast something grew in the second half, by the straight line that fits best, per hour. */
export function slopePerHour(
  moments: readonly Pick<Figures, "elapsedSeconds" | Growing>[],
  key: Growing,
): number {
  const half = moments.slice(Math.floor(moments.length / 2));
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanTime = mean(half.map(({ elapsedSeconds }) => elapsedSeconds));
  const meanValue = mean(half.map((moment) => moment[key]));
  let covariance = 0;
  let variance = 0;
  for (const moment of half) {
    const distance = moment.elapsedSeconds - meanTime;
    covariance += distance * (moment[key] - meanValue);
    variance += distance ** 2;
  }
  return variance === 0 ? 0 : 3_600 * covariance / variance;
}
