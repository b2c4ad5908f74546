/**
 * Checks the backends of a configuration for a while, as the daemon does, and prints as JSON what that
 * took: `bench_checker.ts FILE SECONDS`.
 *
 * @module
 */

import { cpuUsage } from "node:process";
import { startChecker } from "../src/checker/mod.ts";
import { inTurns, systemClock } from "../src/clock.ts";
import { loadConfig } from "../src/config/mod.ts";
import { lineWriter } from "../src/line_writer.ts";
import { logger } from "../src/log.ts";
import { openProber } from "../src/probe/mod.ts";
import type { CheckerRun } from "./bench_row.ts";

/** How long the code gets to become warm, and first probes to pass. */
const WARM_UP_MS = 3_000;

/** How often the loop's lag is sampled. */
const SAMPLE_MS = 10;

const [file = "", seconds = "5"] = Deno.args;
const loaded = await loadConfig(file);
if (!loaded.ok) throw new Error(`${file} is wrong`);

const clock = systemClock;
const prober = openProber({
  clock,
  randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
});
let [passed, failed, voids] = [0, 0, 0];
const counting: Pick<typeof prober, "prepare"> = {
  prepare: (spec) => {
    const prepared = prober.prepare(spec);
    const start: typeof prepared.start = (done) =>
      prepared.start((outcome) => {
        if (outcome.kind === "void") voids++;
        else if (outcome.result.ok) passed++;
        else failed++;
        done(outcome);
      });
    return { start };
  },
};
const log = logger({ clock, sink: () => {}, level: "error" });
const checker = startChecker({
  config: loaded.config,
  prober: counting,
  clock: inTurns(clock, 5),
  random: Math.random,
  log,
});
await clock.sleep(WARM_UP_MS);

[passed, failed, voids] = [0, 0, 0];
const lagsMs: number[] = [];
let dueMs = clock.monotonic();
const sample = () => {
  lagsMs.push(clock.monotonic() - dueMs);
  dueMs = clock.monotonic() + SAMPLE_MS;
  timer = clock.setTimerAt(dueMs, sample);
};
let timer = clock.setTimer(0, sample);
const cpuBefore = cpuUsage();
await clock.sleep(1_000 * Number(seconds));
const cpu = cpuUsage();
timer.cancel();
const run: CheckerRun = {
  passed,
  failed,
  voids,
  cpuSeconds: (cpu.user + cpu.system - cpuBefore.user - cpuBefore.system) / 1e6,
  lagP99Ms: lagsMs.sort((a, b) => a - b)[Math.floor(0.99 * lagsMs.length)] ?? NaN,
  residentMB: Deno.memoryUsage().rss / 1e6,
};
checker.stop();
await prober.close();
lineWriter(Deno.stdout)(JSON.stringify(run));
