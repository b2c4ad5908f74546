/**
 * A soak from its start to its report.
 *
 * @module
 */

import { systemClock } from "../../src/clock.ts";
import { seeded } from "../seeded.ts";
import { assess, type Check } from "./assessment.ts";
import { calmDown, fewestDescriptors, sayGoodbye } from "./end.ts";
import { lagsBetween, quantileMs } from "./figures.ts";
import { pause } from "./load.ts";
import { periodsOf, type SoakOptions } from "./options.ts";
import { type Processes, processGroup } from "./process.ts";
import { minutes, type Moment, slopePerHour } from "./report.ts";
import { setScene } from "./scene.ts";
import { starvationWatch } from "./starvation.ts";
import { startLoad } from "./under_load.ts";

/** What to soak, and whom to tell. */
export interface SoakRun extends Omit<SoakOptions, "executable"> {
  readonly executable: string;
  readonly show: (line: string) => unknown;
  /** Ends it early, without a report. */
  readonly interruption: AbortSignal;
}

/** What a soak came to. */
export interface SoakReport {
  readonly ok: boolean;
  readonly seed: number;
  readonly seconds: number;
  readonly backends: number;
  readonly frontends: number;
  readonly checks: readonly Check[];
  /** What should not have happened, and when; at most 200. */
  readonly problems: readonly string[];
  /** How fast it grew in the second half. */
  readonly perHour: {
    readonly rssMib: number;
    readonly heapMib: number;
    readonly descriptors: number;
  };
  /** How late the loop was under load, at most. */
  readonly lagMs: { readonly p50: number; readonly p99: number; readonly max: number };
  /** The part of the load in which the machine had too little time for anything to be in time. */
  readonly starvedPart: number;
  /** The end of the load. */
  readonly last: Moment;
}

const mostProblems = 200;

/** Soaks. Null if it was interrupted. */
export async function soak(run: SoakRun): Promise<SoakReport | null> {
  const folder = await Deno.makeTempDir({ prefix: "maglev-soak-" });
  try {
    await using processes = processGroup();
    return await soakIn(folder, processes, run);
  } catch (error) {
    // Ctrl-C at a terminal ends what was started, too.
    if (run.interruption.aborted) return null;
    throw error;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function soakIn(
  folder: string,
  processes: Processes,
  run: SoakRun,
): Promise<SoakReport | null> {
  const { seed, seconds, backends, frontends, show, interruption } = run;
  const startMs = systemClock.monotonic();
  const elapsedSeconds = () => (systemClock.monotonic() - startMs) / 1_000;
  const problems: string[] = [];
  const report = (problem: string) => {
    if (problems.length === mostProblems || interruption.aborted) return;
    const told = `${minutes(elapsedSeconds())} ${problem}`;
    problems.push(told);
    show(`! ${told}`);
  };
  const loadEnd = new AbortController();
  const signal = AbortSignal.any([loadEnd.signal, interruption]);

  const { isStarved, watch } = starvationWatch();
  const periods = periodsOf(run);
  const scene = await setScene({ ...run, folder, processes, periods, report, isStarved });
  const { daemon } = scene;
  daemon.ended.then((code) => {
    if (!signal.aborted) report(`the daemon has ended with ${code}`);
    loadEnd.abort();
  });
  await scene.scrape();
  await pause({ signal }, periods.probeMs);
  const descriptorsBefore = await fewestDescriptors(daemon.pid);
  const told = { elapsedSeconds, show, report, isStarved, watch };
  const loadRun = { ...told, periods, signal, random: seeded(seed) };
  const { moments, ended } = await startLoad(scene, loadRun);
  await pause({ signal }, 1_000 * seconds);
  loadEnd.abort();
  await ended;
  if (interruption.aborted) return null;
  const calm = await calmDown(scene, interruption);
  if (interruption.aborted) return null;
  const farewell = await sayGoodbye(scene);
  daemon.close();

  const [first] = moments;
  const last = moments.at(-1);
  if (last === undefined) throw new Error("nothing was measured");
  const vppConnects = daemon.logged("vpp-connect");
  const checks = assess({ last, problems, descriptorsBefore, vppConnects, calm, farewell });
  const lags = lagsBetween(first, last);
  // The last look was when the load had ended.
  const underLoad = moments.slice(0, -1);
  const soaked: SoakReport = {
    ok: checks.every(({ ok }) => ok),
    ...{ seed, seconds, backends, frontends, checks, problems },
    perHour: {
      rssMib: slopePerHour(underLoad, "rssMib"),
      heapMib: slopePerHour(underLoad, "heapMib"),
      descriptors: slopePerHour(underLoad, "descriptors"),
    },
    lagMs: { p50: quantileMs(lags, 0.5), p99: quantileMs(lags, 0.99), max: quantileMs(lags, 1) },
    starvedPart: moments.filter((moment) => moment.isStarved).length / moments.length,
    last,
  };
  summary(soaked).forEach(show);
  return soaked;
}

function summary({ checks, perHour, lagMs, starvedPart }: SoakReport): readonly string[] {
  const { rssMib, heapMib, descriptors } = perHour;
  const { p50, p99, max } = lagMs;
  const per = (value: number) => `${value < 0 ? "" : "+"}${value.toFixed(1)}`;
  return [
    "",
    ...checks.map(({ what, ok, detail }) => `${ok ? "ok    " : "FAILED"} ${what}: ${detail}`),
    `an hour, from the second half: RSS ${per(rssMib)} MiB, heap ${per(heapMib)} MiB, ` +
    `descriptors ${per(descriptors)}`,
    `loop lag: half below ${p50} ms, 99 % below ${p99} ms, all below ${max} ms`,
    `the machine was too busy in ${Math.round(100 * starvedPart)} % of the time`,
  ];
}
