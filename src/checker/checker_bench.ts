/**
 * What the checker itself costs: a probe without the probing, a change, the start, a reload.
 *
 * @module
 */

import { type Clock, virtualClock } from "../clock.ts";
import { logger } from "../log.ts";
import type { PreparedProbe, Prober } from "../probe/mod.ts";
import type { ProbeResult } from "../health/mod.ts";
import { type Checker, startChecker } from "./checker.ts";
import { fleetConfig } from "./testing.ts";

const result: ProbeResult = {
  ok: true,
  code: "L7OK",
  detail: "status 200",
  started: 0,
  durationMs: 3,
  phases: {},
};

/** A clock whose timers cost next to nothing: they fire in the order in which they were set. */
function hastyClock(): { readonly clock: Clock; readonly fire: (count: number) => void } {
  let timers: { dueMs: number; callback: (() => void) | null }[] = [];
  let nowMs = 0;
  const setTimerAt = (dueMs: number, callback: () => void) => {
    const timer: { dueMs: number; callback: (() => void) | null } = { dueMs, callback };
    timers.push(timer);
    return { cancel: () => void (timer.callback = null) };
  };
  return {
    clock: { ...virtualClock(), now: () => nowMs, monotonic: () => nowMs, setTimerAt },
    fire(count) {
      const due = timers.slice(0, count);
      timers = timers.slice(count);
      for (const { dueMs, callback } of due) {
        nowMs = Math.max(nowMs, dueMs);
        callback?.();
      }
    },
  };
}

/** A prober whose probes end as soon as they are asked to. */
function instantProber(): {
  readonly prober: Pick<Prober, "prepare">;
  readonly answer: () => void;
} {
  let waiting: Parameters<PreparedProbe["start"]>[0][] = [];
  const run = { cancel: () => {} };
  return {
    prober: {
      prepare: () => ({
        start(done) {
          waiting.push(done);
          return run;
        },
      }),
    },
    answer() {
      const all = waiting;
      waiting = [];
      for (const done of all) done({ kind: "result", result });
    },
  };
}

const config = fleetConfig({ count: 10_000 });
const { clock, fire } = hastyClock();
const { prober, answer } = instantProber();
const log = logger({ clock, sink: () => {} });

function start(count = 10_000): Checker {
  const of = count === 10_000 ? config : fleetConfig({ count });
  return startChecker({ config: of, prober, clock, random: Math.random, log });
}

const checker = start();
for (let time = 0; time < 20; time++) {
  fire(1000);
  answer();
}
const subscriptions = Array.from({ length: 200 }, () => checker.subscribe({ kinds: ["backend"] }));
for (const subscription of subscriptions) while (subscription.take().length > 0);

Deno.bench("1,000 probes that pass, of 10,000 backends", () => {
  fire(1000);
  answer();
});

Deno.bench("a pause and a resume, told to 200 subscribers who do not read", () => {
  checker.act("web1", "pause", "me");
  checker.act("web1", "resume", "me");
});

Deno.bench("subscribe, and read the states of 10,000 backends and 5,000 frontends", () => {
  const subscription = checker.subscribe();
  while (subscription.take().length > 0);
  subscription.close();
});

Deno.bench("start and stop 10,000 backends", () => {
  start().stop();
});

Deno.bench("a reload of 10,000 backends that changes nothing", () => {
  checker.reload(config);
});
