/**
 * `maglev completions`
 *
 * @module
 */
import { type Command, exitCodes, type Run } from "../command.ts";
import { completedShells, completionScript } from "../completions/script.ts";

/** The command that prints a script for the shell that is named. */
export function completionsOf(commands: readonly Command[]): Run {
  return ({ slots, world }) => {
    const shell = completedShells.find((name) => slots.has(name));
    if (shell === undefined) throw new Error("no shell is named");
    world.print(completionScript(commands, shell).trimEnd());
    return exitCodes.ok;
  };
}
