/**
 * Runs the daemon in a process of its own.
 *
 * @module
 */

import { program } from "./program.ts";

/** A daemon in a process of its own. */
export interface RunningDaemon {
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  signal(signal: Deno.Signal): void;
  /** The exit code, after its end. */
  ended(): Promise<number>;
}

/** Runs a test with a daemon, which is killed afterwards if it still runs. */
export async function withDaemon(
  args: readonly string[],
  test: (daemon: RunningDaemon) => Promise<void>,
): Promise<void> {
  const [command = "", ...rest] = [...program, "daemon", ...args];
  const child = new Deno.Command(command, {
    args: rest,
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const lines: Record<string, unknown>[] = [];
  const reading = (async () => {
    let text = "";
    for await (const part of child.stdout.pipeThrough(new TextDecoderStream())) {
      text += part;
      const whole = text.split("\n");
      text = whole.pop() ?? "";
      lines.push(...whole.map((line) => JSON.parse(line)));
    }
  })();
  let code: number | undefined;
  const status = child.status.then((status) => code = status.code);
  try {
    await test({ lines, signal: (name) => child.kill(name), ended: () => status });
  } finally {
    if (code === undefined) child.kill("SIGKILL");
    await status;
    await reading;
  }
}
