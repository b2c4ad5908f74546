/**
 * Runs the daemon in simulated worlds, each drawn by a seed: `--seeds 1..1000`, or `--seeds 17`.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { type RunReport, runSeed } from "../tests/simulation/run_seed.ts";

/** How often to say how far it is. */
const reportEvery = 100;

/** So many failures are shown whole; of the others, the seeds. */
const mostShown = 5;

/** `1..1000`, or `17`. */
function seedsOf(text: string): { readonly first: number; readonly last: number } {
  const [, first, last = first] = /^(\d+)(?:\.\.(\d+))?$/.exec(text) ?? [];
  if (first === undefined) throw new RangeError(`--seeds wants 1..1000 or 17, not ${text}`);
  return { first: Number(first), last: Number(last) };
}

function print(text: string): void {
  const bytes = new TextEncoder().encode(`${text}\n`);
  for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
}

function printFailure({ seed, lines, error }: RunReport): void {
  print(lines.join("\n"));
  print(`\nseed ${seed} failed: ${error instanceof Error ? error.stack : error}`);
  print(`repeat it with: ./scripts/deno task simulate --seeds ${seed}`);
}

const { values: { seeds, log } } = parseArgs({
  options: {
    seeds: { type: "string", default: "1..300" },
    /** Prints the event log of runs that went well, too. */
    log: { type: "boolean", default: false },
  },
});
const { first, last } = seedsOf(seeds);
const startMs = performance.now();
const failed: number[] = [];
let virtualMs = 0;
for (let seed = first; seed <= last; seed++) {
  const report = await runSeed(seed);
  virtualMs += report.virtualMs;
  if (report.error !== null) {
    failed.push(seed);
    if (failed.length <= mostShown) printFailure(report);
  } else if (log) print(report.lines.join("\n"));
  if ((seed - first + 1) % reportEvery === 0) print(`${seed - first + 1} seeds`);
}
const count = last - first + 1;
const seconds = (performance.now() - startMs) / 1_000;
const hours = (virtualMs / 3_600_000).toFixed(1);
print(`${count} seeds, ${hours} simulated hours, ${seconds.toFixed(1)} s: ${failed.length} failed`);
if (failed.length > 0) {
  print(`failed: ${failed.slice(0, 100).join(" ")}`);
  Deno.exit(1);
}
