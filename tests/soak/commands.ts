/**
 * What people do in a soak now and then: they run commands, and reload files.
 *
 * @module
 */

import { methods } from "../../src/rpc/maglev_pb.ts";
import { soakConfiguration, type SoakSite, type SoakVersion } from "./configuration.ts";
import type { SoakDaemon } from "./daemon.ts";
import { connect, every, type Load, waitUntil } from "./load.ts";
import type { Processes } from "./process.ts";

/** What it takes to run commands. */
export interface CommandLoad extends Load {
  readonly executable: string;
  readonly processes: Processes;
  readonly isVppAway: () => boolean;
  readonly periodMs: number;
}

/** A command, with the exit codes that are right at any time. */
interface Command {
  readonly args: readonly string[];
  readonly codes: readonly number[];
  /** Whether it may fail while VPP is away. */
  readonly needsVpp?: boolean;
}

const commands: readonly Command[] = [
  { args: ["show", "vpp", "lb", "plan", "-o", "json"], codes: [0, 3], needsVpp: true },
  { args: ["show", "backends"], codes: [0] },
  { args: ["show", "frontends", "-o", "json"], codes: [0] },
  { args: ["watch", "events", "num", "50"], codes: [0] },
];

/** Runs one command after another, until the load ends. */
export function runCommands(load: CommandLoad): Promise<void> {
  let turn = 0;
  return every(load, load.periodMs, async () => {
    const command = commands[turn++ % commands.length];
    if (command === undefined) return;
    const { args, codes, needsVpp = false } = command;
    const wasVppAway = load.isVppAway();
    const { code, complaints } = await runCommand(load, args);
    if (codes.includes(code) || load.signal.aborted) return;
    if (load.isStarved() || (needsVpp && (wasVppAway || load.isVppAway()))) return;
    load.report(`${args.join(" ")}: exit code ${code}: ${complaints}`);
  });
}

/** Runs the executable against the daemon. */
export async function runCommand(
  { executable, processes, target }: Pick<CommandLoad, "executable" | "processes" | "target">,
  args: readonly string[],
): Promise<{ readonly code: number; readonly complaints: string }> {
  const lines: string[] = [];
  const command = [executable, ...args, "--server", target];
  const code = await processes.start(command, { onComplaint: (line) => lines.push(line) }).ended;
  return { code, complaints: lines.join(" ") };
}

/** What it takes to reload. */
export interface ReloadLoad extends Load {
  readonly daemon: SoakDaemon;
  readonly file: string;
  readonly site: SoakSite;
  readonly periodMs: number;
}

/** How long a reload may take on a machine that has no time. */
const reloadMs = 30_000;

const turns: readonly SoakVersion[] = ["second", "first", "second", "first", "wrong"];

/** What came of reloads, as the log has it: the start is none of them. */
export function reloadCounts(
  { logged }: Pick<SoakDaemon, "logged">,
): { readonly reloads: number; readonly refused: number } {
  return { reloads: logged("config-loaded") - 1, refused: logged("config-reload-failed") };
}

/** Reloads until the load ends: by signal and by call in turn, every fifth time a file that is wrong. */
export function runReloads(load: ReloadLoad): Promise<void> {
  const { daemon, file, site, report } = load;
  let turn = 0;
  return every(load, load.periodMs, async () => {
    const version = turns[turn % turns.length] ?? "first";
    const before = reloadCounts(daemon);
    await Deno.writeTextFile(file, soakConfiguration(site, version));
    if (turn++ % 2 === 0) {
      daemon.signal("SIGHUP");
    } else {
      const client = await connect(load);
      await client.call(methods.ReloadConfig, {}, { timeoutMs: reloadMs });
      client.close();
    }
    const isDone = () => {
      const { reloads, refused } = reloadCounts(daemon);
      return version === "wrong"
        ? reloads === before.reloads && refused === before.refused + 1
        : reloads === before.reloads + 1 && refused === before.refused;
    };
    if (!await waitUntil(() => isDone() || !daemon.isRunning, reloadMs)) {
      report(`the ${version} file is not ${version === "wrong" ? "refused" : "in force"}`);
    }
  });
}
