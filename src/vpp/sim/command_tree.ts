/**
 * How VPP finds the command that a line means, and what it prints where it finds none.
 *
 * @module
 */

import { type CommandLine, createCommandLine } from "./command_line.ts";
import { retval } from "./retval.ts";

/**
 * A command: the names that lead to it, and what it does with the rest of the line. What it leaves is
 * taken for another command.
 */
export interface Command {
  readonly path: string;
  readonly run: (line: CommandLine) => CommandResult;
}

/** What a command printed, or why it failed. */
export type CommandResult = { readonly output: string } | { readonly error: string };

/** What `cli_inband` replies. */
export interface CommandReply {
  readonly retval: number;
  readonly reply: string;
}

/** Runs the commands of a text, one after the other until one fails. */
export function runCommands(commands: readonly Command[], text: string): CommandReply {
  const line = createCommandLine(text);
  let output = "";
  do {
    const result = dispatch(commands, "", line);
    if ("error" in result) {
      return { retval: retval.unspecified, reply: `${output}${result.error}\n` };
    }
    output += result.output;
    line.skipBlanks();
  } while (!line.isEmpty);
  return { retval: retval.ok, reply: output };
}

/** Runs the command that the line names below a path, which is the empty text at the top. */
function dispatch(commands: readonly Command[], path: string, line: CommandLine): CommandResult {
  const start = line.position;
  const name = nameBelow(commands, path, line.takeName());
  if (name === undefined) {
    line.position = start;
    line.skipBlanks();
    const place = path === "" ? "" : `${path}: `;
    return { error: `${place}unknown input \`${line.quoted}'` };
  }
  const below = path === "" ? name : `${path} ${name}`;
  const command = commands.find((each) => each.path === below);
  if (commands.some((each) => each.path.startsWith(`${below} `))) {
    const afterName = line.position;
    const result = dispatch(commands, below, line);
    if (command === undefined || "output" in result) return result;
    line.position = afterName;
  }
  return command === undefined ? { error: `${below}: no sub-commands` } : run(command, line);
}

/** The name below the path that was typed, or else the only one that begins so. */
function nameBelow(
  commands: readonly Command[],
  path: string,
  typed: string | undefined,
): string | undefined {
  if (typed === undefined) return undefined;
  const before = path === "" ? "" : `${path} `;
  const names = new Set(
    commands
      .filter((command) => command.path.startsWith(before))
      .map((command) => command.path.slice(before.length).split(" ")[0]),
  );
  if (names.has(typed)) return typed;
  const [candidate, ...others] = [...names].filter((name) => name?.startsWith(typed));
  return others.length === 0 ? candidate : undefined;
}

function run({ path, run }: Command, line: CommandLine): CommandResult {
  const result = run(line);
  return "error" in result ? { error: `${path}: ${result.error}` } : result;
}
