/**
 * The shell with a person at a terminal.
 *
 * @module
 */
import { exitCodes, type World } from "../command.ts";
import { completeLine, type SlotNames } from "./completion.ts";
import type { FollowWords } from "./cursor.ts";
import type { ShellEditor } from "./editor.ts";
import { followingHelp } from "./following_help.ts";
import { codeOfSignal } from "./script.ts";
import { type Session, untilAborted } from "./session.ts";

/** With what a person is spoken with. */
export interface ConversationOptions {
  readonly session: Session;
  readonly editor: ShellEditor;
  readonly world: World;
  readonly follow: FollowWords;
  readonly names: SlotNames;
  /** Shows a whole answer at once. Default: each line is shown as soon as it comes. */
  readonly showPaged?: ((lines: readonly string[]) => Promise<void>) | undefined;
}

const prompt = "maglev> ";

/** Reads and runs lines until the person leaves; the code tells of a signal alone. */
export async function converse(options: ConversationOptions): Promise<number> {
  const { session, editor, world, follow, names } = options;
  const ending = new AbortController();
  let code: number = exitCodes.ok;
  let running: AbortController | undefined;
  const stopHearing = world.process.onSignal((signal) => {
    if (signal === "SIGINT") return running?.abort();
    code = codeOfSignal(signal);
    ending.abort();
    running?.abort();
  });
  const sources = { commands: session.commands, follow, names };
  const request = {
    prompt,
    complete: (before: string) => completeLine(before, sources),
    help: (before: string) => Promise.resolve(followingHelp(before, sources)),
    signal: ending.signal,
  };
  try {
    while (!session.isOver && !ending.signal.aborted) {
      const outcome = await editor.edit(request);
      if (outcome.kind === "end") break;
      if (outcome.kind === "interrupted") continue;
      running = new AbortController();
      await runLine(outcome.text, running, options);
      running = undefined;
    }
    return code;
  } finally {
    stopHearing();
    editor.close();
  }
}

async function runLine(
  line: string,
  { signal }: AbortController,
  { session, editor, world, showPaged }: ConversationOptions,
): Promise<void> {
  const lines: string[] = [];
  let isPaged = showPaged !== undefined;
  const print = (text: string) => isPaged ? lines.push(...text.split("\n")) > 0 : world.print(text);
  const over = new AbortController();
  let key: Promise<void> | undefined;
  const untilKey = (unless: AbortSignal) => {
    // What goes on until somebody has seen enough is shown as it comes.
    isPaged = false;
    lines.splice(0).forEach(world.print);
    return key = editor.anyKey(AbortSignal.any([unless, over.signal]));
  };
  const untilInterrupted = () => untilAborted(signal);
  await session.run(line, { signal, print, untilKey, untilInterrupted });
  over.abort();
  await key;
  // What was typed to interrupt it stands there.
  if (signal.aborted) world.print("");
  else if (lines.length > 0) await showPaged?.(lines);
}
