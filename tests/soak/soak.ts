/**
 * Soaks the executable: a daemon with thousands of servers that come and go, a VPP that is killed and
 * begins with nothing, readers of events, scrapes, reloads, operators and commands, for as long as it
 * is told to. It shows how the daemon is, and says at the end whether it held:
 *
 *     scripts/soak --minutes 20 [--seconds N] [--backends N] [--frontends N] [--seed N]
 *                  [--executable FILE] [--json]
 *
 * The exit code is 0 if all held, 1 if not, and 130 if it was interrupted.
 *
 * @module
 */

import { systemClock } from "../../src/clock.ts";
import { lineWriter } from "../../src/line_writer.ts";
import { soak } from "./run.ts";
import { parseSoakOptions } from "./options.ts";
import { soakExecutable } from "./executable.ts";

const options = parseSoakOptions(Deno.args);
const write = lineWriter(Deno.stdout);
const show = options.json ? lineWriter(Deno.stderr) : write;
const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.addSignalListener(signal, () => interruption.abort());
}

const executable = options.executable ?? await soakExecutable(show);
const startMs = systemClock.monotonic();
const report = await soak({ ...options, executable, show, interruption: interruption.signal });
if (report === null) {
  show("interrupted");
  Deno.exit(130);
}
if (options.json) write(JSON.stringify(report, null, 2));
show(
  `${report.ok ? "OK" : "FAILED"} after ${
    Math.round((systemClock.monotonic() - startMs) / 1_000)
  } s`,
);
Deno.exit(report.ok ? 0 : 1);
