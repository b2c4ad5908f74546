/**
 * The commands of the shell, and what runs a line of them.
 *
 * @module
 */
import { type Command, exitCodes, type World } from "../command.ts";
import { helpOn } from "../commands/help.ts";
import { UsageError } from "../flags.ts";
import { colorStyle, plainStyle } from "../output/style.ts";
import { failureOf, runArguments } from "../run.ts";
import type { KeptServer } from "./kept_server.ts";
import { printable } from "../../printable.ts";
import { splitWords } from "./words.ts";

/** What runs lines. */
export interface Session {
  /** What can be said here. */
  readonly commands: readonly Command[];
  /** Whether a line asked to leave. */
  readonly isOver: boolean;
  /**
   * Runs a line and returns its exit code; it never rejects. Once the signal aborts, the line has
   * ended, whatever becomes of its command, and says nothing more.
   */
  run(line: string, options: RunLineOptions): Promise<number>;
}

/** How to run a line, where that is not as the world has it. */
export interface RunLineOptions
  extends Partial<Pick<World, "print" | "untilKey" | "untilInterrupted">> {
  readonly signal: AbortSignal;
}

/** What a session is made with. */
export interface SessionOptions {
  /** All commands that there are. */
  readonly commands: readonly Command[];
  /** Those that leave the shell. */
  readonly shellCommands: readonly Command[];
  readonly world: World;
  /** In place of the world's. */
  readonly env: World["env"];
  readonly kept: KeptServer;
  readonly isColored: boolean;
}

/** What takes over a process or a terminal, or is for another shell. */
const notHere = new Set(["daemon", "sim", "demo", "shell", "completions"]);

/** The code of a line that was interrupted. */
const interruptedCode = 130;

/** Begins a session. */
export function startSession(options: SessionOptions): Session {
  const { world, env, kept, isColored } = options;
  const style = isColored ? colorStyle : plainStyle;
  const complain = (line: string) => world.complain(style.bad(printable(line)));
  let isOver = false;
  const leave = () => {
    isOver = true;
    return exitCodes.ok;
  };
  const commands = commandsWithin(options, leave);

  const runLine = async (line: string, { signal, ...given }: RunLineOptions) => {
    const outside = { ...world, env, ...given };
    const inside: World = {
      ...outside,
      giveUpLibc: () => {},
      print: (text) => !signal.aborted && outside.print(text),
      complain: (text) => signal.aborted ? undefined : complain(text),
      withServer: (flags, use) => kept.use(flags, use, signal),
    };
    try {
      return await runArguments(argumentsOf(line), { commands, world: inside });
    } catch (error) {
      const internal = { message: `internal error: ${error}`, code: exitCodes.internalError };
      const { message, code } = failureOf(error) ?? internal;
      inside.complain(`maglev: ${message}`);
      return code;
    }
  };
  return {
    commands,
    get isOver() {
      return isOver;
    },
    async run(line, options) {
      if (/^\s*(#|$)/.test(line)) return exitCodes.ok;
      const interrupted = untilAborted(options.signal).then(() => interruptedCode);
      return await Promise.race([runLine(line, options), interrupted]);
    },
  };
}

/** The commands that make sense in the shell, and those that leave it. */
function commandsWithin(
  { commands, shellCommands }: Pick<SessionOptions, "commands" | "shellCommands">,
  leave: () => number,
): readonly Command[] {
  const within: Command[] = [];
  const help = () => Promise.resolve(helpOn(within));
  for (const row of commands) {
    const first = firstOf(row.words);
    if (!notHere.has(first)) within.push(first === "help" ? { ...row, load: help } : row);
  }
  const load = () => Promise.resolve(leave);
  within.push(...shellCommands.map((row) => ({ ...row, load })));
  return within;
}

function firstOf(words: string): string {
  return words.split(" ")[0] ?? "";
}

/** @throws {UsageError} The line is wrong, or its command is not for here. */
function argumentsOf(line: string): readonly string[] {
  const split = splitWords(line);
  if ("problem" in split) throw new UsageError(split.problem);
  const [first = ""] = split.words;
  if (notHere.has(first)) throw new UsageError(`${first}: not in the shell`);
  return split.words;
}

/** Resolves with the signal of Ctrl-C, as which an abort is seen. */
export function untilAborted(signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve("SIGINT");
    signal.addEventListener("abort", () => resolve("SIGINT"), { once: true });
  });
}
