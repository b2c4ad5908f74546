/**
 * Runs a command line.
 *
 * @module
 */
import { type Command, exitCodes, type World } from "./command.ts";
import { globalFlags } from "./command_flags.ts";
import { type Flags, flagValues, splitLine, UsageError } from "./flags.ts";
import { commands } from "./grammar.ts";
import { RpcError, UnreachableError } from "../rpc/status.ts";
import { matchCommand } from "./match.ts";

/** Runs what the arguments say, and returns the code with which the process is to end. */
export async function runCommandLine(args: readonly string[], world: World): Promise<number> {
  const isOnTerminal = world.isInputTerminal && world.isOutputTerminal;
  try {
    return await runArguments(args, { commands, world, wordless: isOnTerminal ? ["shell"] : [] });
  } catch (error) {
    const failure = failureOf(error);
    if (failure === undefined) throw error;
    // It may quote what was typed, or what some server has answered.
    const { printable } = await import("../printable.ts");
    world.complain(printable(`maglev: ${failure.message}`));
    return failure.code;
  }
}

/** What went wrong by no fault of ours, and the exit code for it. */
export interface Failure {
  readonly message: string;
  readonly code: number;
}

/** Says what an error means if it is no fault of ours. */
export function failureOf(error: unknown): Failure | undefined {
  const code = exitCodeOf(error);
  return code === undefined ? undefined : { message: (error as Error).message, code };
}

function exitCodeOf(error: unknown): number | undefined {
  if (error instanceof UsageError) return exitCodes.usage;
  if (error instanceof UnreachableError) return exitCodes.serverUnreachable;
  if (!(error instanceof RpcError)) return undefined;
  if (error.code === "DEADLINE_EXCEEDED") return exitCodes.serverUnreachable;
  return error.code === "UNAVAILABLE" ? exitCodes.vppUnavailable : exitCodes.refused;
}

/** With what arguments are run. */
export interface RunArgumentsOptions {
  readonly commands: readonly Command[];
  readonly world: World;
  /** The words that are meant where there are only flags. Default: none, which is wrong. */
  readonly wordless?: readonly string[];
}

/**
 * Runs one command of a table, and returns its exit code.
 *
 * @throws {UsageError} The arguments are wrong.
 * @throws {RpcError} The daemon said no, or nothing.
 * @throws {UnreachableError} The daemon cannot be reached.
 */
export async function runArguments(
  args: readonly string[],
  { commands, world, wordless = [] }: RunArgumentsOptions,
): Promise<number> {
  const everyFlag: Flags = Object.assign({}, globalFlags, ...commands.map(({ flags }) => flags));
  const { words: given, flags } = splitLine(args, everyFlag);
  if (flags.has("version")) {
    return (await import("./commands/version.ts")).runVersion({ world });
  }
  if (flags.has("help")) {
    return (await import("./commands/help.ts")).showHelp(commands, given, world);
  }
  const words = given.length === 0 ? wordless : given;
  if (words.length === 0) {
    world.complain("maglev: which command? `maglev help` shows what there is");
    return exitCodes.usage;
  }
  const match = matchCommand(commands, words);
  if ("problem" in match) throw new UsageError(match.problem);
  const { command, slots } = match;
  for (const flag of flags.keys()) {
    if (Object.hasOwn(command.flags, flag)) continue;
    throw new UsageError(`--${flag} is no flag of ${command.words.split(" [")[0]}`);
  }
  if (!command.usesLibc) world.giveUpLibc();
  const run = await command.load();
  return await run({ flags: flagValues(command.flags, flags, envOf(world)), slots, world });
}

/** NO_COLOR turns colour off where no flag turns it on. */
function envOf({ env }: World): World["env"] {
  return (name) => name === "MAGLEV_COLOR" && env("NO_COLOR") ? "false" : env(name);
}
