/**
 * What the process and the runtime tell of themselves.
 *
 * @module
 */

import process from "node:process";
import type { Clock, Timer } from "../clock.ts";
import { createHistogram } from "../histogram.ts";
import { countOpenDescriptors } from "../os/mod.ts";
import { runtime } from "../version.ts";
import type { RuntimeSource } from "./sources.ts";

/** Watches the runtime until it is stopped. */
export interface RuntimeWatch extends RuntimeSource {
  stop(): void;
}

const sampleMs = 250;

/** Starts to sample how late the event loop is. The rest is read when somebody wants to know. */
export function watchRuntime(clock: Clock): RuntimeWatch {
  const loopLag = createHistogram();
  let timer: Timer;
  const sample = () => {
    const dueMs = clock.monotonic() + sampleMs;
    timer = clock.setTimerAt(dueMs, () => {
      loopLag.observe(Math.max(0, clock.monotonic() - dueMs) / 1000);
      sample();
    });
  };
  sample();
  return {
    now: () => clock.now(),
    name: runtime,
    startedAtMs: clock.now() - process.uptime() * 1000,
    cpuSeconds: () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1e6;
    },
    memory: () => {
      const { rss, heapUsed, heapTotal } = Deno.memoryUsage();
      return { resident: rss, heapUsed, heapTotal };
    },
    openDescriptors,
    loopLag,
    stop: () => timer.cancel(),
  };
}

/** Null where the C library cannot be used, or there is no /proc. */
function openDescriptors(): number | null {
  try {
    return countOpenDescriptors();
  } catch {
    return null;
  }
}
