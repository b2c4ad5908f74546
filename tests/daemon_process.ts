/**
 * Runs the daemon in a process of its own.
 *
 * @module
 */

import { systemClock } from "../src/clock.ts";
import { program, sourceProgram } from "./program.ts";

/** A daemon in a process of its own. */
export interface RunningDaemon {
  readonly pid: number;
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  signal(signal: Deno.Signal): void;
  /** What it wrote to stderr so far. */
  readonly complaints: string;
  /** The exit code, after its end, which is waited for no longer than 20 s. */
  ended(): Promise<number>;
}

/** What else to run it with. */
export interface DaemonProcessOptions {
  readonly env?: Record<string, string>;
  /** Another program that begins as ours does, by its path from here. */
  readonly entry?: string;
  /** The command that runs it, if not the one that all tests use. */
  readonly command?: readonly string[];
}

/**
 * Runs a test with a daemon, which is killed afterwards if it still runs. Without `--grpc-addr` it has
 * no API.
 */
export async function withDaemon(
  args: readonly string[],
  test: (daemon: RunningDaemon) => Promise<void>,
  { env = {}, entry, command: given = program }: DaemonProcessOptions = {},
): Promise<void> {
  const begun = entry === undefined ? given : [
    ...sourceProgram.slice(0, -1),
    new URL(entry, import.meta.url).pathname,
  ];
  const withoutApi = args.includes("--grpc-addr") ? [] : ["--grpc-addr", ""];
  const [command = "", ...rest] = [...begun, "daemon", ...withoutApi, ...args];
  const child = new Deno.Command(command, {
    args: rest,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    env,
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
  let complaints = "";
  const complaining = (async () => {
    for await (const part of child.stderr.pipeThrough(new TextDecoderStream())) complaints += part;
  })();
  let code: number | undefined;
  const status = child.status.then((status) => code = status.code);
  const ended = async () => {
    const deadline = Promise.withResolvers<never>();
    const timer = systemClock.setTimer(20_000, () => deadline.reject(new Error("it does not end")));
    try {
      const code = await Promise.race([status, deadline.promise]);
      await Promise.all([reading, complaining]);
      return code;
    } finally {
      timer.cancel();
    }
  };
  try {
    await test({
      pid: child.pid,
      lines,
      get complaints() {
        return complaints;
      },
      signal: (name) => child.kill(name),
      ended,
    });
  } catch (error) {
    throw complaints === "" ? error : new Error(`it complained: ${complaints}`, { cause: error });
  } finally {
    if (code === undefined) child.kill("SIGKILL");
    await status;
    await Promise.all([reading, complaining]);
  }
}
