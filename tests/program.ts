/**
 * Runs the program as a user would.
 *
 * @module
 */

import { resolve } from "node:path";
import { build, versionLine } from "../src/version.ts";

/** What a run left behind. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** How to run it. */
export interface RunOptions {
  readonly env?: Record<string, string>;
  /** A program with arguments that runs the program: `setpriv …`. */
  readonly through?: readonly string[];
}

const root = new URL("..", import.meta.url).pathname;

/** The command that runs the program from source, with the permissions that it is meant to have. */
export const sourceProgram: readonly string[] = [
  Deno.execPath(),
  ...["run", "--quiet", "--no-prompt", "--allow-read", "--allow-write", "--allow-env"],
  ...["--allow-net", "--allow-ffi", "--allow-sys"],
  `${root}main.ts`,
];

const executable = Deno.env.get("MAGLEV_TEST_EXECUTABLE");

/** The command that runs the program: from source, or the executable that MAGLEV_TEST_EXECUTABLE names. */
export const program: readonly string[] = executable === undefined
  ? sourceProgram
  : [resolve(executable)];

/** A pattern for the line that it answers when it is asked for its version. */
export const versionPattern: string = executable === undefined
  ? RegExp.escape(versionLine(build))
  : String.raw`maglev \d\S+ \(commit \w{12}(\+changes)?, [\d-]{10}T[\d:]{8}Z, (packed|compiled)\)`;

/** Runs the program with arguments and waits for its end. */
export async function runProgram(
  args: readonly string[],
  { env = {}, through = [] }: RunOptions = {},
): Promise<Outcome> {
  const [command = "", ...rest] = [...through, ...program, ...args];
  const output = await new Deno.Command(command, {
    args: rest,
    cwd: root,
    env: { DENO_TLS_CA_STORE: "system", ...env },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return {
    code: output.code,
    out: decoder.decode(output.stdout),
    err: decoder.decode(output.stderr),
  };
}
