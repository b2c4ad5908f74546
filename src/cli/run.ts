/**
 * Runs a command line.
 *
 * @module
 */
import { exitCodes, type World } from "./command.ts";
import { globalFlags } from "./command_flags.ts";
import { type Flags, flagValues, splitLine, UsageError } from "./flags.ts";
import { commands } from "./grammar.ts";
import { matchCommand } from "./match.ts";

/** Runs what the arguments say, and returns the code with which the process is to end. */
export async function runCommandLine(args: readonly string[], world: World): Promise<number> {
  try {
    return await run(args, world);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    world.complain(`maglev: ${error.message}`);
    return exitCodes.usage;
  }
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
