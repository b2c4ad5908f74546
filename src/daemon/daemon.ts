/**
 * The daemon: probes backends, decides, and drives VPP, until it is told to stop.
 *
 * @module
 */

import { type Checker, startChecker } from "../checker/mod.ts";
import { type Clock, inTurns } from "../clock.ts";
import { type CheckOutcome, controlService, type ReloadOutcome } from "../control/mod.ts";
import { type Config, formatFindings, loadConfig, type LoadResult } from "../config/mod.ts";
import { type Controller, startController } from "../lb/mod.ts";
import type { Logger } from "../log.ts";
import { type MetricsServer, startMetricsServer, watchRuntime } from "../metrics/mod.ts";
import { openProber, type Prober } from "../probe/mod.ts";
import { type HostPort, type ServerAddress, TlsSettingsError } from "../transport/mod.ts";
import { build } from "../version.ts";
import { type ApiCounters, countMessages } from "../vpp/api/mod.ts";
import { type Api, type ApiSettings, startApi } from "./api.ts";
import { findObstacle } from "./obstacles.ts";
import { countReloads, type ReloadCounters } from "./reload_counters.ts";
import type { ServiceManager } from "./service_manager.ts";
import { findPathProblem } from "./socket_paths.ts";

/** What a daemon is started with. */
export interface DaemonOptions {
  /** The configuration file, which is read again at each reload. */
  readonly file: string;
  /** What was read from it. */
  readonly config: Config;
  /** The sockets of VPP; null = there is no VPP. */
  readonly vpp: { readonly apiPath: string; readonly statsPath: string } | null;
  /** Where to show the metrics; null = nowhere. */
  readonly metrics: HostPort | null;
  /** Where and how to serve the API; null = nowhere. */
  readonly api: ApiSettings | null;
  readonly clock: Clock;
  readonly random: () => number;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly log: Logger;
  /** Is told of reloads. */
  readonly serviceManager: Pick<ServiceManager, "reloading">;
}

/** A daemon that runs. */
export interface Daemon {
  readonly checker: Checker;
  /** Null where there is no VPP. */
  readonly controller: Controller | null;
  readonly apiCounters: ApiCounters;
  /** Where the metrics are; null where they are nowhere. */
  readonly metricsAddress: HostPort | null;
  /** Where the API is served, for reading and changing, and for reading alone. */
  readonly apiAddresses: readonly ServerAddress[];
  /**
   * Reads the file again, and goes over to it if it is right. A second one waits for the first; all
   * that come while one waits are that one, as it has yet to read the file.
   */
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
 * @throws {ListenError} A port is in use, or an address is none of this machine.
 * @throws {TlsSettingsError} A certificate for the API cannot be used.
 */
export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const { file, clock, random, randomBytes, log, config, vpp } = options;
  for (const path of vpp === null ? [] : [vpp.apiPath, vpp.statsPath]) {
    const problem = findPathProblem(path);
    if (problem === undefined) continue;
    throw new ObstacleError(`VPP cannot have a socket at ${JSON.stringify(path)}: ${problem}`);
  }
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

  let api: Api | null = null;
  let metrics: MetricsServer | null = null;
  let lastReload: Promise<unknown> = Promise.resolve();
  let waiting: Promise<ReloadOutcome> | undefined;
  const reloadNow = async (): Promise<ReloadOutcome> => {
    waiting = undefined;
    const reloaded = options.serviceManager.reloading();
    try {
      const outcome = await reloadOnce(options, { checker, prober, api });
      reloads.add(outcome.kind === "reloaded" ? "success" : "failure");
      return outcome;
    } finally {
      reloaded();
    }
  };
  const reload = (): Promise<ReloadOutcome> => {
    if (waiting !== undefined) return waiting;
    waiting = lastReload.then(reloadNow);
    lastReload = waiting.catch(() => {});
    return waiting;
  };
  const stop = async () => {
    await api?.stop();
    await metrics?.stop();
    checker.stop();
    await controller?.close();
    await prober.close();
  };
  try {
    if (options.api !== null) {
      const check = async () => await checkOnce(file, prober);
      const configFile = { file, check, reload };
      const control = controlService({ checker, controller, clock, config: configFile });
      api = await startApi({ settings: options.api, control, clock, log });
    }
    metrics = startMetrics(options, {
      ...{ checker, controller, apiCounters, reloads },
      rpc: api?.counts ?? [],
    });
  } catch (error) {
    await stop();
    throw error;
  }
  const metricsAddress = metrics?.address ?? null;
  const apiAddresses = api?.addresses ?? [];
  return { checker, controller, apiCounters, metricsAddress, apiAddresses, reload, stop };
}

/** Shows the metrics, if anywhere. */
function startMetrics(
  { metrics: address, clock, log }: DaemonOptions,
  parts: Pick<Daemon, "checker" | "controller" | "apiCounters"> & {
    readonly reloads: ReloadCounters;
    readonly rpc: Api["counts"];
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

/** Reads the file, and says whether a reload would go over to it. */
async function checkOnce(file: string, prober: Prober): Promise<CheckOutcome> {
  const result = await loadConfig(file);
  if (!result.ok) return { kind: "wrong-file", result };
  const reason = findObstacle(result.config, prober);
  if (reason !== undefined) return { kind: "refused", reason };
  return { kind: "right", warnings: result.warnings };
}

/** Goes over to what the files say now: to all of it, or to nothing. */
async function reloadOnce(
  { file, log }: DaemonOptions,
  { checker, prober, api }: {
    readonly checker: Checker;
    readonly prober: Prober;
    readonly api: Api | null;
  },
): Promise<ReloadOutcome> {
  const refused = (reason: string): ReloadOutcome => {
    log.error("config-reload-failed", { file, error: reason });
    return { kind: "refused", reason };
  };
  const result = await loadConfig(file);
  if (!result.ok) {
    const findings = formatFindings(result.findings, { file });
    log.error("config-reload-failed", { file, findings });
    return { kind: "wrong-file", result };
  }
  const obstacle = findObstacle(result.config, prober);
  if (obstacle !== undefined) return refused(obstacle);
  try {
    const useTls = await api?.readTls();
    useTls?.();
  } catch (error) {
    if (error instanceof TlsSettingsError) return refused(error.message);
    throw error;
  }
  logLoaded(log, file, result);
  checker.reload(result.config);
  return { kind: "reloaded", warnings: result.warnings };
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
