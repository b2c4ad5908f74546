/**
 * The executable.
 *
 * @module
 */
import { exitCodes } from "./src/cli/command.ts";
import { processWorld } from "./src/cli/process_world.ts";
import { runCommandLine } from "./src/cli/run.ts";

if (import.meta.main) {
  const world = processWorld({
    random: Math.random,
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    giveUpLibc: () => void Deno.permissions.revokeSync({ name: "ffi" }),
  });
  try {
    // Nothing that is left of a command keeps the process.
    world.process.exit(await runCommandLine(Deno.args, world));
  } catch (error) {
    world.complain(`maglev: internal error: ${error instanceof Error ? error.stack : error}`);
    world.process.exit(exitCodes.internalError);
  }
}
