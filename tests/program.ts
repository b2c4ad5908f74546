/**
 * Runs the program as a user would.
 *
 * @module
 */

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

/** The command that runs the program: from source, with the permissions that it is meant to have. */
export const program: readonly string[] = [
  Deno.execPath(),
  ...["run", "--quiet", "--no-prompt", "--allow-read", "--allow-write", "--allow-env"],
  ...["--allow-net", "--allow-ffi", "--allow-sys"],
  `${root}main.ts`,
];

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
