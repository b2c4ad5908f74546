/**
 * The executable.
 *
 * @module
 */
import { runCommandLine } from "./src/cli/run.ts";
import { systemClock } from "./src/clock.ts";
import { lineWriter } from "./src/line_writer.ts";

if (import.meta.main) {
  const complain = lineWriter(Deno.stderr);
  try {
    Deno.exitCode = await runCommandLine(Deno.args, {
      print: lineWriter(Deno.stdout),
      complain,
      env: (name) => Deno.env.get(name),
      isErrorTerminal: Deno.stderr.isTerminal(),
      clock: systemClock,
      random: Math.random,
      randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
      untilInterrupted,
    });
  } catch (error) {
    complain(`maglev: internal error: ${error instanceof Error ? error.stack : error}`);
    Deno.exitCode = 70;
  }
}

function untilInterrupted(onHangup?: () => void): Promise<string> {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  return new Promise((resolve) => {
    const handlers = signals.map((signal) => {
      const end = () => {
        for (const [index, each] of signals.entries()) {
          Deno.removeSignalListener(each, handlers[index] ?? end);
        }
        resolve(signal);
      };
      const handler = signal === "SIGHUP" && onHangup !== undefined ? onHangup : end;
      Deno.addSignalListener(signal, handler);
      return handler;
    });
  });
}
