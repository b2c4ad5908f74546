/**
 * The daemon: probes backends, decides, and drives VPP, until it is told to stop.
 *
 * @module
 */

import { type Checker, startChecker } from "../checker/mod.ts";
import { type Clock, inTurns } from "../clock.ts";
import { type Config, formatFindings, loadConfig, type LoadResult } from "../config/mod.ts";
import { type Controller, startController } from "../lb/mod.ts";
import type { Logger } from "../log.ts";
import {
  type ListenAddress,
  type MetricsServer,
  startMetricsServer,
  watchRuntime,
} from "../metrics/mod.ts";
import { openProber, type Prober } from "../probe/mod.ts";
import { build } from "../version.ts";
import { type ApiCounters, countMessages } from "../vpp/api/mod.ts";
import { findObstacle } from "./obstacles.ts";
import { countReloads, type ReloadCounters } from "./reload_counters.ts";

/** What a daemon is started with. */
export interface DaemonOptions {
  /** The configuration file, which is read again at each reload. */
  readonly file: string;
  /** What was read from it. */
  readonly config: Config;
  /** The sockets of VPP; null = there is no VPP. */
  readonly vpp: { readonly apiPath: string; readonly statsPath: string } | null;
  /** Where to show the metrics; null = nowhere. */
  readonly metrics: ListenAddress | null;
  readonly clock: Clock;
  readonly random: () => number;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly log: Logger;
}

/** What became of a reload. */
export type ReloadOutcome =
  | { readonly kind: "reloaded" }
  /** The file is wrong, and nothing has changed. */
  | { readonly kind: "wrong-file"; readonly result: Extract<LoadResult, { readonly ok: false }> }
  /** The file is right, and asks for what this process may not do. */
  | { readonly kind: "refused"; readonly reason: string };

/** A daemon that runs. */
export interface Daemon {
  readonly checker: Checker;
  /** Null where there is no VPP. */
  readonly controller: Controller | null;
  readonly apiCounters: ApiCounters;
  /** Where the metrics are; null where they are nowhere. */
  readonly metricsAddress: ListenAddress | null;
  /** Reads the file again, and goes over to it if it is right. A second one waits for the first. */
  reload(): Promise<ReloadOutcome>;
  /** Ends probing and the connection to VPP, and leaves VPP as it is. */
  stop(): Promise<void>;
}

/** The process may not do what the configuration asks for. */
export class ObstacleError extends Error {
  override readonly name = "ObstacleError";
  readonly code = "OBSTACLE";
}

/**
 * Probes start in turns of this length. Backends vary their intervals by a tenth anyway, and to wake
 * up costs more than a probe.
 */
const probeTurnMs = 5;

/**
 * Starts a daemon.
 *
 * @throws {ObstacleError} A capability is missing that the configuration needs.
 * @throws {LibcError} The C library cannot be used here.
 * @throws {ListenError} The port for the metrics is in use, or the address is none of this machine.
 */
export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const { clock, random, randomBytes, log, config, vpp } = options;
  const prober = openProber({ clock, randomBytes });
  const obstacle = findObstacle(config, prober);
  if (obstacle !== undefined) {
    await prober.close();
    throw new ObstacleError(obstacle);
  }
  const checker = startChecker({ config, prober, clock: inTurns(clock, probeTurnMs), random, log });
  const apiCounters = countMessages();
  const controller = vpp === null
    ? null
    : startController({ ...vpp, watched: checker, clock, log, apiCounters });

  const reloads = countReloads(clock);

  let lastReload: Promise<unknown> = Promise.resolve();
  const reload = (): Promise<ReloadOutcome> => {
    const next = lastReload.then(async () => {
      const outcome = await reloadOnce(options, checker, prober);
      reloads.add(outcome.kind === "reloaded" ? "success" : "failure");
      return outcome;
    });
    lastReload = next.catch(() => {});
    return next;
  };
  let metrics: MetricsServer | null = null;
  const stop = async () => {
    await metrics?.stop();
    checker.stop();
    await controller?.close();
    await prober.close();
  };
  try {
    metrics = startMetrics(options, { checker, controller, apiCounters, reloads });
  } catch (error) {
    await stop();
    throw error;
  }
  const metricsAddress = metrics?.address ?? null;
  return { checker, controller, apiCounters, metricsAddress, reload, stop };
}

/** Shows the metrics, if anywhere. */
function startMetrics(
  { metrics: address, clock, log }: DaemonOptions,
  parts: Pick<Daemon, "checker" | "controller" | "apiCounters"> & {
    readonly reloads: ReloadCounters;
  },
): MetricsServer | null {
  if (address === null) return null;
  const runtime = watchRuntime(clock);
  try {
    const sources = { ...parts, build, runtime };
    const server = startMetricsServer({ address, sources, clock, log });
    const stop = async () => {
      runtime.stop();
      await server.stop();
    };
    return { ...server, stop };
  } catch (error) {
    runtime.stop();
    throw error;
  }
}

async function reloadOnce(
  { file, log }: DaemonOptions,
  checker: Checker,
  prober: Prober,
): Promise<ReloadOutcome> {
  const result = await loadConfig(file);
  if (!result.ok) {
    const findings = formatFindings(result.findings, { file });
    log.error("config-reload-failed", { file, findings });
    return { kind: "wrong-file", result };
  }
  const reason = findObstacle(result.config, prober);
  if (reason !== undefined) {
    log.error("config-reload-failed", { file, error: reason });
    return { kind: "refused", reason };
  }
  logLoaded(log, file, result);
  checker.reload(result.config);
  return { kind: "reloaded" };
}

/** Logs what a file holds, and what is probably not meant in it. */
export function logLoaded(
  log: Logger,
  file: string,
  { config, warnings }: Extract<LoadResult, { readonly ok: true }>,
): void {
  log.info("config-loaded", {
    file,
    healthchecks: config.healthchecks.size,
    backends: config.backends.size,
    frontends: config.frontends.size,
  });
  for (const finding of formatFindings(warnings, { file })) log.warn("config-warning", { finding });
}
