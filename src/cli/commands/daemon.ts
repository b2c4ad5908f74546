/**
 * `maglev daemon`
 *
 * @module
 */
import { type Config, formatFindings, loadConfig, type LoadResult } from "../../config/mod.ts";
import { type Daemon, logLoaded, ObstacleError, startDaemon } from "../../daemon/daemon.ts";
import { type Level, levels, logger } from "../../log.ts";
import { type ListenAddress, ListenError, parseListenAddress } from "../../metrics/mod.ts";
import { LibcError } from "../../os/mod.ts";
import { build } from "../../version.ts";
import { exitCodes, type Invocation, type World } from "../command.ts";
import type { daemonFlags } from "../command_flags.ts";
import { type FlagValues, UsageError } from "../flags.ts";

/** The exit codes of a check that fails, which are also those of a start that fails for it. */
const checkCodes = { structure: 1, meaning: 2 } as const;

/** Runs the daemon until it is told to stop, or checks its configuration file. */
export async function runDaemon({ flags, world }: Invocation<typeof daemonFlags>): Promise<number> {
  if (flags.check) return await check(flags.config, world);
  const level = levelOf(flags["log-level"]);
  const format = formatOf(flags["log-format"]);
  const metrics = metricsAddressOf(flags["metrics-addr"]);
  const { clock, random, randomBytes } = world;
  const log = logger({ clock, sink: world.print, level, format });
  log.info("starting", { ...build, commit: build.commit ?? "from source" });
  const file = flags.config;
  const result = await loadConfig(file);
  if (!result.ok) return complain(result, file, world);
  logLoaded(log, file, result);
  try {
    const vpp = vppOf(flags);
    const { config } = result;
    let daemon: Daemon | undefined = undefined;
    // From now on no signal ends the process in the middle of something.
    const interrupted = world.untilInterrupted(() => void daemon?.reload());
    daemon = await startDaemon({ file, config, vpp, metrics, clock, random, randomBytes, log });
    const signal = await interrupted;
    log.info("shutdown", { signal });
    await daemon.stop();
    return exitCodes.ok;
  } catch (error) {
    const isExpected = [ObstacleError, LibcError, ListenError].some((kind) =>
      error instanceof kind
    );
    if (!isExpected || !(error instanceof Error)) throw error;
    world.complain(`maglev: ${error.message}`);
    return exitCodes.refused;
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

/** Where VPP is; null where both of its sockets are given as nothing. */
function vppOf(flags: FlagValues<typeof daemonFlags>) {
  const { "vpp-api-addr": apiPath, "vpp-stats-addr": statsPath } = flags;
  return apiPath === "" ? null : { apiPath, statsPath };
}

/** Where the metrics are to be; null where the flag is given as nothing. */
function metricsAddressOf(text: string): ListenAddress | null {
  if (text === "") return null;
  const parsed = parseListenAddress(text);
  if ("value" in parsed) return parsed.value;
  throw new UsageError(`--metrics-addr: ${JSON.stringify(text)} is ${parsed.problem}`);
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
