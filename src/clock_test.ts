import assert from "node:assert/strict";
import { forSeeds, type Random } from "../tests/seeded.ts";
import { type Clock, inTurns, systemClock, virtualClock } from "./clock.ts";

const startMs = Date.UTC(2026, 10, 21);

Deno.test("a virtual clock stands still until it is advanced", async () => {
  const clock = virtualClock({ startMs });
  assert.deepEqual([clock.now(), clock.monotonic()], [startMs, 0]);
  await clock.advance(1500);
  assert.deepEqual([clock.now(), clock.monotonic()], [startMs + 1500, 1500]);
  await clock.advance(0);
  assert.equal(clock.monotonic(), 1500);
  assert.equal(virtualClock().now(), Date.UTC(2026, 0, 1));
});

Deno.test("a timer fires when its time is reached, and not before", async () => {
  const clock = virtualClock();
  const fired: string[] = [];
  clock.setTimer(100, () => fired.push("after 100"));
  clock.setTimerAt(100.5, () => fired.push("at 100.5"));
  assert.equal(clock.pending, 2);
  await clock.advance(99);
  assert.deepEqual(fired, []);
  await clock.advance(1);
  assert.deepEqual(fired, ["after 100"]);
  await clock.advance(1);
  assert.deepEqual(fired, ["after 100", "at 100.5"]);
  assert.equal(clock.pending, 0);
});

Deno.test("setting a timer never runs it, even one that is due already", async () => {
  const clock = virtualClock();
  await clock.advance(1000);
  const fired: number[] = [];
  for (const dueMs of [0, 1000, 999]) clock.setTimerAt(dueMs, () => fired.push(dueMs));
  clock.setTimer(-5, () => fired.push(-5));
  assert.deepEqual(fired, []);
  await clock.advance(0);
  assert.deepEqual(fired, [0, 1000, 999, -5], "all are due now, so the order of creation decides");
  assert.equal(clock.monotonic(), 1000);
});

Deno.test("timers run at their due time, also those that timers set", async () => {
  const clock = virtualClock({ startMs });
  const seen: [string, number, number][] = [];
  const note = (name: string) => seen.push([name, clock.monotonic(), clock.now() - startMs]);
  clock.setTimer(30, () => note("third"));
  clock.setTimer(10, () => {
    note("first");
    clock.setTimer(10, () => note("second"));
    clock.setTimer(0, () => note("at once"));
    clock.setTimer(50, () => note("too late"));
  });
  await clock.advance(50);
  assert.deepEqual(seen, [
    ["first", 10, 10],
    ["at once", 10, 10],
    ["second", 20, 20],
    ["third", 30, 30],
  ]);
  assert.deepEqual([clock.monotonic(), clock.pending], [50, 1]);
});

Deno.test("what is not cancelled fires by due time, then in the order of creation", async () => {
  const runs: { random: Random; seed: number }[] = [];
  forSeeds(100, (random, seed) => runs.push({ random, seed }));
  for (const { random, seed } of runs) {
    const clock = virtualClock();
    const fired: number[] = [];
    const timers = Array.from({ length: random.int(0, 60) }, (_, id) => {
      const dueMs = random.int(0, 20) / 2;
      return { id, dueMs, timer: clock.setTimerAt(dueMs, () => fired.push(id)) };
    });
    const kept = timers.filter(() => random.chance(0.7));
    for (const { timer } of random.shuffle(timers.filter((one) => !kept.includes(one)))) {
      timer.cancel();
      timer.cancel();
    }
    assert.equal(clock.pending, kept.length, `MAGLEV_SEED=${seed}`);
    while (clock.monotonic() < 10) await clock.advance(random.int(1, 6) / 2);
    const expected = kept.toSorted((a, b) => a.dueMs - b.dueMs).map(({ id }) => id);
    assert.deepEqual(fired, expected, `MAGLEV_SEED=${seed}`);
    assert.equal(clock.pending, 0, `MAGLEV_SEED=${seed}`);
  }
});

Deno.test("a timer can be cancelled by another, by itself, and after it fired", async () => {
  const clock = virtualClock();
  const fired: string[] = [];
  const self = clock.setTimer(1, () => {
    fired.push("self");
    self.cancel();
    victim.cancel();
  });
  const victim = clock.setTimer(1, () => fired.push("victim"));
  clock.setTimer(2, () => fired.push("bystander"));
  await clock.advance(1);
  self.cancel();
  assert.equal(clock.pending, 1);
  await clock.advance(1);
  assert.deepEqual(fired, ["self", "bystander"]);
});

Deno.test("code that awaits the clock proceeds while the clock advances", async () => {
  const clock = virtualClock();
  const wokenAt: number[] = [];
  const job = async () => {
    await manyPromises();
    for (let round = 0; round < 3; round++) {
      await clock.sleep(300);
      await manyPromises();
      wokenAt.push(clock.monotonic());
    }
    return "done";
  };
  const result = job();
  await clock.advance(1000);
  assert.deepEqual(wokenAt, [300, 600, 900]);
  assert.equal(await result, "done");
  assert.equal(clock.pending, 0);
});

Deno.test("promises settle between two timers of the same time", async () => {
  const clock = virtualClock();
  const fired: string[] = [];
  const first = clock.sleep(10);
  const second = clock.setTimer(10, () => fired.push("second"));
  const canceller = async () => {
    await first;
    await manyPromises();
    second.cancel();
  };
  const cancelled = canceller();
  await clock.advance(10);
  await cancelled;
  assert.deepEqual(fired, []);
});

Deno.test("a step of the wall clock moves now(), and neither monotonic() nor any timer", async () => {
  const clock = virtualClock({ startMs });
  const fired: number[] = [];
  clock.setTimer(100, () => fired.push(clock.now() - startMs));
  await clock.advance(40);
  clock.stepWallClock(3_600_000);
  assert.deepEqual([clock.now(), clock.monotonic()], [startMs + 3_600_040, 40]);
  assert.deepEqual(fired, []);
  clock.stepWallClock(-7_200_000);
  await clock.advance(60);
  assert.deepEqual(fired, [-3_599_900]);
  assert.equal(clock.monotonic(), 100);
});

Deno.test("what a callback throws comes out of advance(), and the clock can go on from there", async () => {
  const clock = virtualClock();
  const fired: string[] = [];
  const failure = new Error("boom");
  clock.setTimer(5, () => {
    throw failure;
  });
  clock.setTimer(6, () => fired.push("next"));
  await assert.rejects(clock.advance(10), failure);
  assert.deepEqual([clock.monotonic(), clock.pending, fired], [5, 1, []]);
  await clock.advance(10);
  assert.deepEqual([clock.monotonic(), clock.pending, fired], [15, 0, ["next"]]);
});

const endlessLoops: [name: string, start: (clock: Clock) => void][] = [
  ["timers without a delay", (clock) => {
    const again = () => {
      clock.setTimer(0, again);
    };
    again();
  }],
  ["timers with next to no delay", (clock) => {
    const again = () => {
      clock.setTimer(1e-7, again);
    };
    again();
  }],
  ["timers too short for a number to hold", (clock) => {
    const again = () => {
      clock.setTimer(Number.MIN_VALUE, again);
    };
    clock.setTimer(1, again);
  }],
  ["sleeps without a delay", (clock) => {
    const job = async () => {
      while (true) await clock.sleep(0);
    };
    job();
  }],
];
for (const [name, start] of endlessLoops) {
  Deno.test(`an endless chain of ${name} ends in an error`, async () => {
    const clock = virtualClock();
    start(clock);
    await assert.rejects(clock.advance(10), /timers ran within the millisecond .* without a delay/);
    assert.equal(clock.pending, 1);
  });
}

Deno.test("ten thousand timers are no endless chain, at one time or at many", async () => {
  for (const spreadMs of [0, 1, 1000]) {
    const clock = virtualClock();
    let fired = 0;
    for (let index = 0; index < 10_000; index++) {
      clock.setTimerAt((index * 7919) % 10_000 / 10_000 * spreadMs, () => fired++);
    }
    assert.equal(clock.pending, 10_000);
    await clock.advance(spreadMs);
    assert.equal(fired, 10_000);
  }
});

Deno.test("an endless job with a delay runs as often as time allows", async () => {
  const clock = virtualClock();
  let rounds = 0;
  const again = () => {
    rounds++;
    clock.setTimer(0.25, again);
  };
  clock.setTimer(0.25, again);
  await clock.advance(30_000);
  assert.equal(rounds, 120_000);
});

Deno.test("what came due while the machine was busy runs late, in the order of due times", async () => {
  const clock = virtualClock();
  const ran: string[] = [];
  const note = (name: string) => () => ran.push(`${name} at ${clock.monotonic()}`);
  for (const dueMs of [30, 10, 70]) clock.setTimer(dueMs, note(`timer of ${dueMs}`));
  clock.stall(50);
  assert.deepEqual([clock.monotonic(), ran], [50, []]);
  await clock.advance(0);
  assert.deepEqual(ran, ["timer of 10 at 50", "timer of 30 at 50"]);
  await clock.advance(100);
  assert.equal(ran[2], "timer of 70 at 70");
});

Deno.test("timers that run in turns are never early, and late by less than a turn", async () => {
  const clock = virtualClock();
  const coarse = inTurns(clock, 5);
  const ran: string[] = [];
  for (const delayMs of [0, 0.1, 5, 7, 10]) {
    coarse.setTimer(delayMs, () => ran.push(`${delayMs} at ${coarse.monotonic()}`));
  }
  coarse.setTimerAt(12, () => assert.fail("it was cancelled")).cancel();
  await clock.advance(20);
  assert.deepEqual(ran, ["0 at 0", "0.1 at 5", "5 at 5", "7 at 10", "10 at 10"]);
  assert.equal(coarse.now(), clock.now());
  assert.throws(() => coarse.setTimer(NaN, () => {}), RangeError);
});

Deno.test("a clock cannot be advanced twice at once", async () => {
  const clock = virtualClock();
  const first = clock.advance(10);
  await assert.rejects(clock.advance(10), /advancing already/);
  await first;
  assert.equal(clock.monotonic(), 10);
});

Deno.test("times that are no times are refused", async () => {
  for (const clock of [virtualClock(), systemClock]) {
    for (const ms of [NaN, Infinity, -Infinity]) {
      assert.throws(() => clock.setTimer(ms, () => {}), RangeError, `${ms}`);
      assert.throws(() => clock.setTimerAt(ms, () => {}), RangeError, `${ms}`);
      await assert.rejects(clock.sleep(ms), RangeError, `${ms}`);
    }
  }
  for (const ms of [NaN, Infinity, -1]) {
    await assert.rejects(virtualClock().advance(ms), RangeError, `${ms}`);
  }
});

Deno.test("a sleep ends with the signal's reason, and leaves no timer behind", async () => {
  const clock = virtualClock();
  const controller = new AbortController();
  const sleep = clock.sleep(1000, { signal: controller.signal });
  await clock.advance(10);
  controller.abort("shutdown");
  await assert.rejects(sleep, (reason) => reason === "shutdown");
  assert.equal(clock.pending, 0);

  const late = clock.sleep(1000, { signal: controller.signal });
  await assert.rejects(late, (reason) => reason === "shutdown", "the signal was aborted before");
  assert.equal(clock.pending, 0);
});

Deno.test("a sleep that is over no longer listens to its signal", async () => {
  const clock = virtualClock();
  const { signal } = new AbortController();
  const listening = new Set<unknown>();
  Object.assign(signal, {
    addEventListener: (_type: string, listener: unknown) => listening.add(listener),
    removeEventListener: (_type: string, listener: unknown) => listening.delete(listener),
  });
  const sleep = clock.sleep(10, { signal });
  assert.equal(listening.size, 1);
  await clock.advance(10);
  await sleep;
  assert.equal(listening.size, 0);
});

Deno.test("the system clock tells the time, and its sleep is never too short", async () => {
  const [nowMs, monotonicMs] = [systemClock.now(), systemClock.monotonic()];
  assert.ok(Math.abs(nowMs - Date.now()) < 60_000);
  await systemClock.sleep(1.5);
  assert.ok(systemClock.monotonic() >= monotonicMs + 1.5);
});

Deno.test("a system timer runs once, when its time has come, however early the runtime wakes it", () => {
  withScriptedRuntime((runtime) => {
    let fired = 0;
    systemClock.setTimer(10.25, () => fired++);
    assert.deepEqual(runtime.delaysMs(), [11], "the runtime cuts fractions off");
    runtime.wakeAt(9.5);
    assert.equal(fired, 0);
    assert.deepEqual(runtime.delaysMs(), [1]);
    runtime.wakeAt(10.25);
    assert.equal(fired, 1);
    assert.deepEqual(runtime.delaysMs(), []);
  });
});

Deno.test("a system timer that is due already runs as soon as the runtime can", () => {
  withScriptedRuntime((runtime) => {
    const ran: string[] = [];
    systemClock.setTimer(-100, () => ran.push("long ago"));
    systemClock.setTimerAt(runtime.startedMs - 5, () => ran.push("just now"));
    assert.deepEqual(runtime.delaysMs(), [0], "one timer of the runtime does for all");
    assert.deepEqual(ran, [], "not within the call");
    runtime.wakeAt(0);
    assert.deepEqual(ran, ["long ago", "just now"]);
  });
});

Deno.test("a system timer that another one sets waits for its own turn, even if it is due", () => {
  withScriptedRuntime((runtime) => {
    let turns = 0;
    const turn = () => void (++turns < 3 && systemClock.setTimer(0, turn));
    turn();
    for (const expected of [2, 3]) {
      assert.deepEqual(runtime.delaysMs(), [0]);
      runtime.wakeAt(0);
      assert.equal(turns, expected);
    }
    assert.deepEqual(runtime.delaysMs(), []);
  });
});

Deno.test("an earlier system timer takes the place of a later one in the runtime", () => {
  withScriptedRuntime((runtime) => {
    const ran: number[] = [];
    const cancels = [30, 10, 20].map((ms) => systemClock.setTimer(ms, () => ran.push(ms)));
    assert.deepEqual(runtime.delaysMs(), [10]);
    cancels[1]?.cancel();
    runtime.wakeAt(10);
    assert.deepEqual([ran, runtime.delaysMs()], [[], [10]]);
    runtime.wakeAt(30);
    assert.deepEqual([ran, runtime.delaysMs()], [[20, 30], []]);
  });
});

Deno.test("a system timer that throws keeps no other from running", () => {
  withScriptedRuntime((runtime) => {
    let ran = 0;
    systemClock.setTimer(1, () => assert.fail("on purpose"));
    systemClock.setTimer(1, () => ran++);
    assert.throws(() => runtime.wakeAt(1), /on purpose/);
    runtime.wakeAt(1);
    assert.equal(ran, 1);
  });
});

Deno.test("a delay beyond 2^31 - 1 ms is waited for in parts", () => {
  withScriptedRuntime((runtime) => {
    const mostMs = 2 ** 31 - 1;
    let fired = 0;
    systemClock.setTimer(2 * mostMs + 5, () => fired++);
    for (const [delayMs, wakeMs] of [[mostMs, mostMs], [mostMs, 2 * mostMs]] as const) {
      assert.deepEqual(runtime.delaysMs(), [delayMs]);
      runtime.wakeAt(wakeMs);
      assert.equal(fired, 0);
    }
    assert.deepEqual(runtime.delaysMs(), [5]);
    runtime.wakeAt(2 * mostMs + 5);
    assert.equal(fired, 1);
  });
});

Deno.test("a cancelled system timer leaves nothing in the runtime, armed once or again", () => {
  withScriptedRuntime((runtime) => {
    const once = systemClock.setTimer(10, () => assert.fail("it was cancelled"));
    once.cancel();
    const again = systemClock.setTimer(10, () => assert.fail("it was cancelled"));
    runtime.wakeAt(5);
    again.cancel();
    again.cancel();
    assert.deepEqual(runtime.delaysMs(), []);
  });
});

/** More turns of the promise queue than any implementation would wait for by counting. */
async function manyPromises(): Promise<void> {
  for (let turn = 0; turn < 1000; turn++) await null;
}

interface ScriptedRuntime {
  /** What the monotonic clock said at first. */
  readonly startedMs: number;
  /** The delays of the timeouts that are armed. */
  delaysMs(): number[];
  /** Makes it so many milliseconds after the start, and runs all timeouts that are armed. */
  wakeAt(sinceStartMs: number): void;
}

/** Runs a test of the system clock with the runtime's timeouts and monotonic clock replaced. */
function withScriptedRuntime(test: (runtime: ScriptedRuntime) => void): void {
  const { setTimeout, clearTimeout } = globalThis;
  const startedMs = 1000;
  let nowMs = startedMs;
  let lastHandle = 0;
  const armed = new Map<number, { callback: () => void; delayMs: number }>();
  Object.assign(globalThis, {
    setTimeout: (callback: () => void, delayMs: number) => {
      armed.set(++lastHandle, { callback, delayMs });
      return lastHandle;
    },
    clearTimeout: (handle: number) => armed.delete(handle),
  });
  Object.defineProperty(performance, "now", { configurable: true, value: () => nowMs });
  try {
    test({
      startedMs,
      delaysMs: () => [...armed.values()].map(({ delayMs }) => delayMs),
      wakeAt: (sinceStartMs) => {
        nowMs = startedMs + sinceStartMs;
        const woken = [...armed.values()];
        armed.clear();
        for (const { callback } of woken) callback();
      },
    });
  } finally {
    Object.assign(globalThis, { setTimeout, clearTimeout });
    Reflect.deleteProperty(performance, "now");
  }
}
