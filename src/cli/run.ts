/**
 * Runs a command line.
 *
 * @module
 */
import { exitCodes, type World } from "./command.ts";
import { globalFlags } from "./command_flags.ts";
import { type Flags, flagValues, splitLine, UsageError } from "./flags.ts";
import { commands } from "./grammar.ts";
import { RpcError, UnreachableError } from "../rpc/status.ts";
import { matchCommand } from "./match.ts";

/** Runs what the arguments say, and returns the code with which the process is to end. */
export async function runCommandLine(args: readonly string[], world: World): Promise<number> {
  try {
    return await run(args, world);
  } catch (error) {
    const code = exitCodeOf(error);
    if (code === undefined) throw error;
    world.complain(`maglev: ${(error as Error).message}`);
    return code;
  }
}

/** The code for what went wrong by no fault of ours. */
function exitCodeOf(error: unknown): number | undefined {
  if (error instanceof UsageError) return exitCodes.usage;
  if (error instanceof UnreachableError) return exitCodes.serverUnreachable;
  if (!(error instanceof RpcError)) return undefined;
  if (error.code === "DEADLINE_EXCEEDED") return exitCodes.serverUnreachable;
  return error.code === "UNAVAILABLE" ? exitCodes.vppUnavailable : exitCodes.refused;
}

async function run(args: readonly string[], world: World): Promise<number> {
  const everyFlag: Flags = Object.assign({}, globalFlags, ...commands.map(({ flags }) => flags));
  const { words, flags: given } = splitLine(args, everyFlag);
  if (given.has("version")) {
    return (await import("./commands/version.ts")).runVersion({ world });
  }
  if (given.has("help")) {
    return (await import("./commands/help.ts")).showHelp(commands, words, world);
  }
  if (words.length === 0) {
    world.complain("maglev: which command? `maglev help` shows what there is");
    return exitCodes.usage;
  }
  const match = matchCommand(commands, words);
  if ("problem" in match) throw new UsageError(match.problem);
  const { command, slots } = match;
  for (const flag of given.keys()) {
    if (Object.hasOwn(command.flags, flag)) continue;
    throw new UsageError(`--${flag} is no flag of ${command.words.split(" [")[0]}`);
  }
  const run = await command.load();
  return await run({ flags: flagValues(command.flags, given, world.env), slots, world });
}
