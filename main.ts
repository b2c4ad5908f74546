/**
 * The executable.
 *
 * @module
 */
import { runCommandLine } from "./src/cli/run.ts";
import { lineWriter } from "./src/line_writer.ts";

if (import.meta.main) {
  const complain = lineWriter(Deno.stderr);
  try {
    Deno.exitCode = await runCommandLine(Deno.args, {
      print: lineWriter(Deno.stdout),
      complain,
      env: (name) => Deno.env.get(name),
      isErrorTerminal: Deno.stderr.isTerminal(),
    });
  } catch (error) {
    complain(`maglev: internal error: ${error instanceof Error ? error.stack : error}`);
    Deno.exitCode = 70;
  }
}
