/**
 * A soak's load, and a look at the daemon each second.
 *
 * @module
 */

import { startCalls } from "./calls.ts";
import { reloadCounts, runCommands, runReloads } from "./commands.ts";
import { probeTimeoutMs } from "./configuration.ts";
import { figureReader } from "./figures.ts";
import { every, type Load } from "./load.ts";
import type { Periods } from "./options.ts";
import { header, legend, line, type Moment } from "./report.ts";
import type { SoakScene } from "./scene.ts";
import { startStreams } from "./streams.ts";

/** A load that runs until its signal says that it is over. */
export interface LoadRun {
  /** What was seen, once a second. */
  readonly moments: readonly Moment[];
  readonly ended: Promise<unknown>;
}

/** What it is made with. */
export interface LoadRunOptions extends Omit<Load, "target"> {
  readonly periods: Periods;
  readonly elapsedSeconds: () => number;
  /** Looks whether the machine has time for these processes. */
  readonly watch: (pids: readonly number[]) => void;
  /** Shows a line. */
  readonly show: (line: string) => unknown;
}

const scrapeMs = 1_000;
const watchMs = 500;

/** Half of a probe's timeout: if the daemon stood still for so long, the machine made it do so. */
const excusingWaitSeconds = probeTimeoutMs / 2_000;

/** Starts all that disturbs the daemon. */
export async function startLoad(scene: SoakScene, options: LoadRunOptions): Promise<LoadRun> {
  const { daemon, vpp, site } = scene;
  const { periods, show, elapsedSeconds, report, isStarved, watch } = options;
  const load = { ...scene, ...options, target: daemon.target, isVppAway: vpp.isAway };
  const streams = startStreams(load);
  const calls = await startCalls({ ...load, site });
  const read = figureReader(daemon.pid);
  const moments: Moment[] = [];
  let httpErrors = 0;
  let shown: Moment | undefined;

  const observe = async () => {
    try {
      const text = await scene.scrape();
      const figures = read(text, elapsedSeconds());
      const before = moments.at(-1);
      const isExcused = isStarved() ||
        figures.waitedSeconds - (before?.waitedSeconds ?? 0) > excusingWaitSeconds;
      const voids = isExcused ? 0 : figures.voids - (before?.voids ?? 0);
      const inexcusableVoids = (before?.inexcusableVoids ?? 0) + voids;
      moments.push({ ...figures, ...counted(), inexcusableVoids });
    } catch (error) {
      if (isStarved() && error instanceof DOMException) return;
      httpErrors++;
      report(`scrape: ${error}`);
    }
  };
  const counted = () => ({
    isStarved: isStarved(),
    eventsSeen: streams.counts.seen,
    eventsLost: streams.counts.lost,
    streamsBegun: streams.counts.begun,
    calls: calls.counts.calls,
    excused: calls.counts.excused,
    rpcErrors: calls.counts.errors,
    slowestCallMs: calls.counts.slowestMs,
    httpErrors,
    ...reloadCounts(daemon),
    vppRestarts: vpp.restarts,
    failedSyncs: daemon.logged("vpp-lbsync-error"),
  });
  const showLine = () => {
    const [now, before] = [moments.at(-1), shown ?? moments[0]];
    if (now === undefined || now === before) return;
    show(line(now, before));
    calls.counts.slowestMs = 0;
    shown = now;
  };
  legend.forEach(show);
  show(header);
  const ended = Promise.all([
    streams.ended,
    calls.ended,
    every(load, watchMs, () => watch([daemon.pid, vpp.pid])),
    every(load, scrapeMs, observe),
    every(load, periods.lineMs, showLine),
    every(load, periods.vppRestartMs, vpp.restart),
    runCommands({ ...load, periodMs: periods.commandMs }),
    runReloads({ ...load, periodMs: periods.reloadMs }),
  ]);
  return { moments, ended: ended.then(observe).then(showLine) };
}
