/**
 * Checks the backends of a configuration for a while, as the daemon does, and prints as JSON what that
 * took: `checker.ts FILE SECONDS`.
 *
 * @module
 */

import { cpuUsage } from "node:process";
import { startChecker } from "../../src/checker/mod.ts";
import { inTurns, systemClock } from "../../src/clock.ts";
import { loadConfig } from "../../src/config/mod.ts";
import { lineWriter } from "../../src/line_writer.ts";
import { logger } from "../../src/log.ts";
import { openProber } from "../../src/probe/mod.ts";

/** One second of checking. */
export interface CheckedSecond {
  /** How long it was, to be exact. */
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** How many probes ended in each way. */
  readonly passed: number;
  readonly failed: number;
  readonly voids: number;
}

/** What checking backends for a while took. */
export interface CheckerRun {
  readonly bySecond: readonly CheckedSecond[];
  /** How much later than due a timer ran, each 10 ms. */
  readonly lagsMs: readonly number[];
  readonly residentMB: number;
}

/** How long the code gets to become warm, and first probes to pass. */
const WARM_UP_MS = 3_000;

/** How often the loop's lag is sampled. */
const SAMPLE_MS = 10;

if (import.meta.main) {
  const [file = "", seconds = "5"] = Deno.args;
  lineWriter(Deno.stdout)(JSON.stringify(await check(file, Number(seconds))));
}

async function check(file: string, seconds: number): Promise<CheckerRun> {
  const loaded = await loadConfig(file);
  if (!loaded.ok) throw new Error(`${file} is wrong`);
  const clock = systemClock;
  const prober = openProber({
    clock,
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  });
  const ends = { passed: 0, failed: 0, voids: 0 };
  const counting: Pick<typeof prober, "prepare"> = {
    prepare: (spec) => {
      const prepared = prober.prepare(spec);
      const start: typeof prepared.start = (done) =>
        prepared.start((outcome) => {
          ends[outcome.kind === "void" ? "voids" : outcome.result.ok ? "passed" : "failed"]++;
          done(outcome);
        });
      return { start };
    },
  };
  const checker = startChecker({
    config: loaded.config,
    prober: counting,
    clock: inTurns(clock, 5),
    random: Math.random,
    log: logger({ clock, sink: () => {}, level: "error" }),
  });
  await clock.sleep(WARM_UP_MS);

  const lagsMs: number[] = [];
  let dueMs = clock.monotonic();
  const sample = () => {
    lagsMs.push(clock.monotonic() - dueMs);
    dueMs = clock.monotonic() + SAMPLE_MS;
    timer = clock.setTimerAt(dueMs, sample);
  };
  let timer = clock.setTimer(0, sample);
  const look = () => {
    const { user, system } = cpuUsage();
    return { ...ends, seconds: clock.monotonic() / 1e3, cpuSeconds: (user + system) / 1e6 };
  };
  const bySecond: CheckedSecond[] = [];
  for (let before = look(); bySecond.length < seconds;) {
    await clock.sleep(1_000);
    const after = look();
    bySecond.push({
      seconds: after.seconds - before.seconds,
      cpuSeconds: after.cpuSeconds - before.cpuSeconds,
      passed: after.passed - before.passed,
      failed: after.failed - before.failed,
      voids: after.voids - before.voids,
    });
    before = after;
  }
  timer.cancel();
  const residentMB = Deno.memoryUsage().rss / 1e6;
  checker.stop();
  await prober.close();
  return { bySecond, lagsMs, residentMB };
}
