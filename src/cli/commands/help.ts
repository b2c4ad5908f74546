/**
 * `maglev help`: made from the command table.
 *
 * @module
 */
import { type Command, exitCodes, type Run, type World } from "../command.ts";
import { helpLines } from "../help_text.ts";

/** The command that prints the help that its words ask for. */
export function helpOn(commands: readonly Command[]): Run {
  return ({ slots, world }) => showHelp(commands, slots.get("command") ?? [], world);
}

/** Prints what there is, or what the commands that begin with these words do. */
export function showHelp(
  commands: readonly Command[],
  words: readonly string[],
  world: Pick<World, "print">,
): number {
  helpLines(commands, words).forEach((line) => world.print(line));
  return exitCodes.ok;
}
