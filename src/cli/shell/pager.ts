/**
 * Output that is longer than the screen, shown by a program for that.
 *
 * @module
 */
import type { World } from "../command.ts";
import { splitWords } from "./words.ts";

/** Shows lines: as they are if they fit the screen, else with the program in PAGER, or less. */
export async function showPaged(
  lines: readonly string[],
  { env, print, complain }: Pick<World, "env" | "print" | "complain">,
): Promise<void> {
  const text = `${lines.join("\n")}\n`;
  // The prompt takes the last row.
  if (text.split("\n").length <= screenRows()) return lines.forEach((line) => print(line));
  const named = splitWords(env("PAGER") || "less");
  const [program = "", ...args] = "words" in named ? named.words : [];
  try {
    await pipeTo(program, { args, text, env });
  } catch (error) {
    lines.forEach((line) => print(line));
    const reason = Error.isError(error) ? error.message : String(error);
    complain(`maglev: cannot run the pager ${JSON.stringify(program)}: ${reason}`);
  }
}

function screenRows(): number {
  try {
    return Deno.consoleSize().rows || Infinity;
  } catch {
    return Infinity;
  }
}

/** Resolves when the program has ended, whether or not it took all of the text. */
async function pipeTo(
  program: string,
  { args, text, env }: {
    readonly args: readonly string[];
    readonly text: string;
    readonly env: World["env"];
  },
): Promise<void> {
  const child = new Deno.Command(program, {
    args: [...args],
    stdin: "piped",
    // As it is for others that page colours: they are shown.
    env: { LESS: env("LESS") ?? "R" },
  }).spawn();
  const writing = new Response(text).body?.pipeTo(child.stdin).catch(() => {});
  await child.status;
  await writing;
}
