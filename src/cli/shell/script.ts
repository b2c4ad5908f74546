/**
 * Runs lines that no person types.
 *
 * @module
 */
import { exitCodes, type World } from "../command.ts";
import { inputLines } from "./input_lines.ts";
import type { Session } from "./session.ts";

/** The numbers that are added to 128 for a process that a signal ended. */
const signalNumbers: { readonly [name: string]: number } = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

/** The exit code of a process that a signal ended. */
export function codeOfSignal(name: string): number {
  return 128 + (signalNumbers[name] ?? 0);
}

/** Runs all lines, also after one that failed; the code is that of the first one that did. */
export async function runScript(session: Session, world: World): Promise<number> {
  let code: number = exitCodes.ok;
  let running = new AbortController();
  let isRead = true;
  let interruption: string | undefined;
  const print = (line: string) => {
    isRead &&= world.print(line);
    if (!isRead) running.abort();
    return isRead;
  };
  // The commands that hear a signal themselves end by it, and so does the script.
  const untilInterrupted = async (unless?: AbortSignal) =>
    interruption = await world.untilInterrupted(unless);
  for await (const line of inputLines(world.readInput)) {
    if ("problem" in line) {
      world.complain(`maglev: ${line.problem}`);
      code ||= exitCodes.usage;
      continue;
    }
    running = new AbortController();
    const ended = await session.run(line.text, { signal: running.signal, print, untilInterrupted });
    if (!isRead) break;
    code ||= ended;
    if (interruption !== undefined) return codeOfSignal(interruption);
    if (session.isOver) break;
  }
  return code;
}
