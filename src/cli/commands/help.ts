/**
 * `maglev help`: made from the command table.
 *
 * @module
 */
import { build, versionLine } from "../../version.ts";
import { type Command, exitCodes, type Run, type World } from "../command.ts";
import { globalFlags } from "../command_flags.ts";
import { type Flags, UsageError } from "../flags.ts";
import { matchCommand } from "../match.ts";

/** The command that prints the help that its words ask for. */
export function helpOn(commands: readonly Command[]): Run {
  return ({ slots, world }) => showHelp(commands, slots.get("command") ?? [], world);
}

/** Prints what there is, or what the commands that begin with these words do. */
export function showHelp(
  commands: readonly Command[],
  words: readonly string[],
  world: World,
): number {
  for (const line of helpLines(commands, words)) world.print(line);
  return exitCodes.ok;
}

function helpLines(commands: readonly Command[], words: readonly string[]): string[] {
  if (words.length === 0) {
    return [
      versionLine(build),
      "The control plane of VPP's Maglev load balancer.",
      "",
      ...columns(commands.map(({ words, help }) => [`maglev ${words}`, help])),
      "",
      ...flagLines(globalFlags),
    ];
  }
  const begun = commands.filter((command) => command.words.startsWith(`${words.join(" ")} `));
  const match = matchCommand(commands, words);
  if (begun.length === 0 && "problem" in match) throw new UsageError(match.problem);
  return ("command" in match ? [match.command] : begun).flatMap(commandLines);
}

function commandLines({ words, help, flags }: Command): string[] {
  return [`maglev ${words}`, `    ${help}.`, ...flagLines({ ...flags, ...globalFlags })];
}

function flagLines(flags: Flags): string[] {
  return columns(
    Object.entries(flags).map(([name, flag]) => {
      if (flag.kind === "switch") return [`--${name}`, flag.help];
      const env = flag.env === undefined ? "" : `, or ${flag.env}`;
      const fallback = flag.fallback === "" ? "" : ` (default: ${flag.fallback})`;
      const value = flag.kind === "toggle" ? `=${!flag.fallback}` : ` ${flag.placeholder}`;
      return [`--${name}${value}${env}`, flag.help + fallback];
    }),
  );
}

/** Two columns, indented. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(...rows.map(([left = ""]) => left.length));
  return rows.map(([left = "", right = ""]) => `    ${left.padEnd(width)}  ${right}`);
}
