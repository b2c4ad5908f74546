/**
 * `maglev daemon`
 *
 * @module
 */
import { type Config, formatFindings, loadConfig, type LoadResult } from "../../config/mod.ts";
import type { ApiSettings, TlsFiles } from "../../daemon/api.ts";
import { type Daemon, logLoaded, ObstacleError, startDaemon } from "../../daemon/daemon.ts";
import { live, type Living, type Start } from "../../daemon/life.ts";
import { watchProgress } from "../../daemon/progress.ts";
import { connectServiceManager } from "../../daemon/service_manager.ts";
import { statusLine } from "../../daemon/status_line.ts";
import { type Level, levels, logger } from "../../log.ts";
import {
  ignoreInspectorSignal,
  LibcError,
  monotonicMicroseconds,
  sendNotification,
} from "../../os/mod.ts";
import {
  type HostPort,
  ListenError,
  parseHostPort,
  parseServerAddresses,
  type ServerAddress,
  TlsSettingsError,
} from "../../transport/mod.ts";
import { build } from "../../version.ts";
import { exitCodes, type Invocation, type World } from "../command.ts";
import type { daemonFlags } from "../command_flags.ts";
import { type FlagValues, UsageError } from "../flags.ts";

/** The exit codes of a check that fails, which are also those of a start that fails for it. */
const checkCodes = { structure: 1, meaning: 2 } as const;

/** What can keep a daemon from starting, and is for the operator to change. */
const expectedErrors = [ObstacleError, LibcError, ListenError, TlsSettingsError];

/** Runs the daemon until it is told to stop, or checks its configuration file. */
export async function runDaemon({ flags, world }: Invocation<typeof daemonFlags>): Promise<number> {
  if (flags.check) return await check(flags.config, world);
  const level = levelOf(flags["log-level"]);
  const format = formatOf(flags["log-format"]);
  const metrics = metricsAddressOf(flags["metrics-addr"]);
  const api = apiOf(flags);
  const { clock, random, randomBytes, env, process } = world;
  const log = logger({ clock, sink: world.print, level, format });
  log.info("starting", { ...build, commit: build.commit ?? "from source" });
  const serviceManager = connectServiceManager({
    ...{ env, pid: process.pid, clock, log, monotonicMicroseconds },
    send: sendNotification,
  });
  const file = flags.config;
  const start = async (): Promise<Start> => {
    ignoreInspectorSignal();
    const result = await loadConfig(file);
    if (!result.ok) return { kind: "failed", code: complain(result, file, world) };
    logLoaded(log, file, result);
    const daemon = await startDaemon({
      ...{ file, config: result.config, vpp: vppOf(flags), metrics, api },
      ...{ clock, random, randomBytes, log, serviceManager },
    });
    return { kind: "started", living: livingOf(daemon) };
  };
  return await live({
    ...{ process, serviceManager, clock, log },
    start: async () => await orComplain(start, world),
  });
}

function livingOf(daemon: Daemon): Living {
  const { reload, stop, checker } = daemon;
  return { reload, stop, status: () => statusLine(daemon), isAlive: watchProgress(checker) };
}

/** Says in one line why something cannot be started, if that is for the operator to change. */
async function orComplain(start: () => Promise<Start>, world: World): Promise<Start> {
  try {
    return await start();
  } catch (error) {
    const isExpected = expectedErrors.some((kind) => error instanceof kind);
    if (!isExpected || !(error instanceof Error)) throw error;
    world.complain(`maglev: ${error.message}`);
    return { kind: "failed", code: exitCodes.refused };
  }
}

async function check(file: string, world: World): Promise<number> {
  const result = await loadConfig(file);
  if (!result.ok) return complain(result, file, world);
  const { warnings, config } = result;
  for (const line of formatFindings(warnings, optionsFor(result, file, world))) {
    world.complain(line);
  }
  world.print(`config ok: ${counts(config, warnings.shown.length + warnings.more)}`);
  return exitCodes.ok;
}

/** Says what is wrong with a file, and returns the exit code for it. */
function complain(
  result: Extract<LoadResult, { readonly ok: false }>,
  file: string,
  world: World,
): number {
  const lines = formatFindings(result.findings, optionsFor(result, file, world));
  for (const line of lines) world.complain(line);
  return checkCodes[result.stage];
}

function optionsFor({ text }: LoadResult, file: string, { isErrorTerminal }: World) {
  return isErrorTerminal ? { file, excerptOf: text } : { file };
}

/** Where VPP is; null where the socket of its API is given as nothing. */
function vppOf(flags: FlagValues<typeof daemonFlags>) {
  const { "vpp-api-addr": apiPath, "vpp-stats-addr": statsPath } = flags;
  return apiPath === "" ? null : { apiPath, statsPath };
}

/** Where the metrics are to be; null where the flag is given as nothing. */
function metricsAddressOf(text: string): HostPort | null {
  if (text === "") return null;
  const parsed = parseHostPort(text);
  if ("value" in parsed) return parsed.value;
  throw new UsageError(`--metrics-addr: ${JSON.stringify(text)} is ${parsed.problem}`);
}

/** Where and how the API is to be; null where no address is given. */
function apiOf(flags: FlagValues<typeof daemonFlags>): ApiSettings | null {
  const addresses = serverAddresses(flags, "grpc-addr");
  const readOnlyAddresses = serverAddresses(flags, "grpc-read-only");
  if (addresses.length + readOnlyAddresses.length === 0) return null;
  return { addresses, readOnlyAddresses, tls: tlsOf(flags), hasReflection: flags.reflection };
}

function serverAddresses(
  flags: FlagValues<typeof daemonFlags>,
  flag: "grpc-addr" | "grpc-read-only",
): readonly ServerAddress[] {
  const text = flags[flag];
  if (text === "") return [];
  const parsed = parseServerAddresses(text);
  if ("value" in parsed) return parsed.value;
  throw new UsageError(`--${flag}: ${JSON.stringify(text)} is ${parsed.problem}`);
}

function tlsOf(flags: FlagValues<typeof daemonFlags>): TlsFiles | null {
  const { "grpc-tls-cert": certificate, "grpc-tls-key": key, "grpc-tls-client-ca": ca } = flags;
  if (certificate === "" && key === "" && ca === "") return null;
  if (certificate === "") throw new UsageError("TLS needs --grpc-tls-cert as well");
  if (key === "") throw new UsageError("TLS needs --grpc-tls-key as well");
  return { certificate, key, clientAuthorities: ca === "" ? null : ca };
}

function levelOf(text: string): Level {
  const level = levels.find((each) => each === text);
  if (level !== undefined) return level;
  throw new UsageError(`--log-level takes ${levels.join(", ")}, not ${JSON.stringify(text)}`);
}

function formatOf(text: string): "json" | "text" {
  if (text === "json" || text === "text") return text;
  throw new UsageError(`--log-format takes json or text, not ${JSON.stringify(text)}`);
}

function counts({ healthchecks, backends, frontends }: Config, warnings: number): string {
  const all: [number, string][] = [
    [healthchecks.size, "health check"],
    [backends.size, "backend"],
    [frontends.size, "frontend"],
    [warnings, "warning"],
  ];
  return all.map(([count, what]) => `${count} ${what}${count === 1 ? "" : "s"}`).join(", ");
}
