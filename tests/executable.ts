/**
 * The executable that scripts/build makes.
 *
 * @module
 */

import type { Outcome } from "./program.ts";

/** How to run it. */
export interface ExecutableOptions {
  /** Its whole environment. Default: nothing. */
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  /** A program with arguments that runs it: `setpriv …`. */
  readonly through?: readonly string[];
}

const root = new URL("..", import.meta.url).pathname;
let made: Promise<string> | undefined;

/** Makes the executable once, in a folder of its own; or takes the one that MAGLEV_TEST_EXECUTABLE names. */
export function executable(): Promise<string> {
  const given = Deno.env.get("MAGLEV_TEST_EXECUTABLE");
  made ??= given === undefined ? build() : Deno.realPath(given);
  return made;
}

async function build(): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "maglev-executable-" });
  await Deno.chmod(folder, 0o755);
  globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
  const output = `${folder}/maglev`;
  const { code, err } = await runBuild(["--packing", "packed", "--output", output]);
  if (code !== 0) throw new Error(err);
  return output;
}

/** Runs scripts/build. */
export function runBuild(args: readonly string[]): Promise<Outcome> {
  return toEnd(`${root}scripts/build`, args, {});
}

/** Runs an executable with an empty environment, and waits for its end. */
export function runAlone(
  path: string,
  args: readonly string[],
  { env = {}, cwd = "/", through = [] }: ExecutableOptions = {},
): Promise<Outcome> {
  const [command = "", ...rest] = [...through, path, ...args];
  return toEnd(command, rest, { env, cwd, clearEnv: true });
}

async function toEnd(
  command: string,
  args: readonly string[],
  options: Pick<Deno.CommandOptions, "env" | "cwd" | "clearEnv">,
): Promise<Outcome> {
  const { code, stdout, stderr } = await new Deno.Command(command, {
    ...options,
    args: [...args],
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
}
