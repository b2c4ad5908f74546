/**
 * Time, as something that is passed in: the system's clock for the program, and a virtual one that
 * stands still until a test moves it.
 *
 * @module
 */

import { timerHeap } from "./timer_heap.ts";

/** A callback that waits for its time. */
export interface Timer {
  /** Makes sure that the callback does not run any more. Harmless after it ran, and a second time. */
  cancel(): void;
}

/**
 * Where time comes from. A timer keeps the process alive until it has fired or is cancelled: whoever
 * sets one owns it, and cancels it when it is no longer wanted.
 */
export interface Clock {
  /** Milliseconds since the Unix epoch, for people to read. May step in either direction. */
  now(): number;
  /**
   * Milliseconds since some moment, for measuring. Never goes back. Its zero differs from thread to
   * thread, so the value means nothing in another worker.
   */
  monotonic(): number;
  /** Runs the callback once, when at least `delayMs` have passed, never within this call. */
  setTimer(delayMs: number, callback: () => void): Timer;
  /**
   * Runs the callback once, when {@link Clock.monotonic} has reached `dueMs`, never within this call.
   * What repeats sets its next timer this way, because delays counted from "now" drift.
   */
  setTimerAt(dueMs: number, callback: () => void): Timer;
  /** Resolves after `delayMs`, or rejects with the signal's reason as soon as it aborts. */
  sleep(delayMs: number, options?: SleepOptions): Promise<void>;
}

/** Options of {@link Clock.sleep}. */
export interface SleepOptions {
  /** Ends the sleep early. Default: nothing does. */
  readonly signal?: AbortSignal | undefined;
}

/** `setTimeout` takes a longer delay for one of 1 ms. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** Has the runtime call back once after a delay; what is returned sees to it that it does not. */
type Alarm = (delayMs: number, ring: () => void) => () => void;

/** The clock of the machine. */
export const systemClock: Clock = machineClock((delayMs, ring) => {
  const handle = setTimeout(ring, Math.min(delayMs, LONGEST_TIMEOUT_MS));
  return () => clearTimeout(handle);
});

/**
 * The clock of the machine, for programs that end soon: it spares them the 4 ms that the runtime takes
 * to make ready its timers. But its own do not keep the process alive.
 */
export const briefClock: Clock = machineClock((delayMs, ring) => {
  const signal = AbortSignal.timeout(Math.min(delayMs, LONGEST_TIMEOUT_MS));
  signal.onabort = ring;
  return () => signal.onabort = null;
});

/**
 * One alarm of the runtime wakes for all of our timers, because ten thousand of the runtime's own are
 * costly and late. It may ring early, as the delay may be too long or not whole, and find nothing due.
 */
function machineClock(setAlarm: Alarm): Clock {
  const timers = timerHeap();
  let alarm: { readonly dueMs: number; readonly clear: () => void } | undefined;
  let ringing = false;

  const clear = () => {
    alarm?.clear();
    alarm = undefined;
  };
  /** Sees to it that the runtime wakes us for the first timer. */
  const set = () => {
    const first = timers.first();
    if (first === undefined || ringing) return;
    if (alarm !== undefined && alarm.dueMs <= first.dueMs) return;
    clear();
    const delayMs = Math.max(0, Math.ceil(first.dueMs - performance.now()));
    alarm = { dueMs: first.dueMs, clear: setAlarm(delayMs, ring) };
  };
  /** Runs what is due. What its callbacks add waits for another turn of the loop, even if it is due. */
  const ring = () => {
    alarm = undefined;
    ringing = true;
    const nowMs = performance.now();
    const { added } = timers;
    try {
      for (;;) {
        const timer = timers.first();
        if (timer === undefined || timer.dueMs > nowMs || timer.order >= added) break;
        timers.remove(timer);
        timer.callback();
      }
    } finally {
      // Also when a callback throws, which is a matter between it and whoever set it.
      ringing = false;
      set();
    }
  };
  return completed({
    now: () => Date.now(),
    monotonic: () => performance.now(),
    setTimerAt(dueMs, callback) {
      const timer = timers.add(dueMs, callback);
      set();
      const cancel = () => {
        timers.remove(timer);
        if (timers.size === 0) clear();
      };
      return { cancel };
    },
  });
}

/** Adds to a clock what can be built from the rest of it. */
function completed(base: Pick<Clock, "now" | "monotonic" | "setTimerAt">): Clock {
  const setTimerAt = (dueMs: number, callback: () => void) => {
    if (!Number.isFinite(dueMs)) throw new RangeError(`a timer cannot be due at ${dueMs} ms`);
    return base.setTimerAt(dueMs, callback);
  };
  const setTimer = (delayMs: number, callback: () => void) =>
    setTimerAt(base.monotonic() + delayMs, callback);
  const sleep = (delayMs: number, { signal }: SleepOptions = {}) =>
    new Promise<void>((resolve, reject) => {
      signal?.throwIfAborted();
      const timer = setTimer(delayMs, () => {
        signal?.removeEventListener("abort", onAbort);
        resolve();
      });
      const onAbort = () => {
        timer.cancel();
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", onAbort, { once: true });
    });
  return { ...base, setTimerAt, setTimer, sleep };
}

/**
 * The same clock with timers that run in turns of so many milliseconds, each in the first turn after
 * it is due. For thousands of timers whose work is less than it costs to wake up for them.
 */
export function inTurns(clock: Clock, turnMs: number): Clock {
  const turnOf = (dueMs: number) => Math.ceil(dueMs / turnMs) * turnMs;
  const setTimerAt = (dueMs: number, callback: () => void) =>
    clock.setTimerAt(turnOf(dueMs), callback);
  return completed({ now: clock.now, monotonic: clock.monotonic, setTimerAt });
}

/** A clock that stands still until a test moves it. Its monotonic time begins at 0. */
export interface VirtualClock extends Clock {
  /** The number of timers that have neither fired nor been cancelled. */
  readonly pending: number;
  /**
   * Lets `ms` pass: runs the timers that come due in that time, also those that are set meanwhile, by
   * due time and then in the order in which they were set. Each runs at its due time, to the
   * millisecond and less, and before the next one runs all that its callback set in motion goes as far
   * as it gets without time passing (promises, that is; the outside world is not waited for).
   *
   * Rejects with what a callback throws, or when timers follow each other without time passing; the
   * clock then stands at that timer, and can be advanced again.
   */
  advance(ms: number): Promise<void>;
  /**
   * Lets `ms` pass at once, as on a machine that is too busy: timers that came due meanwhile run late,
   * as soon as the clock advances again.
   */
  stall(ms: number): void;
  /** Moves {@link Clock.now} by `ms`, which may be negative, and nothing else. */
  stepWallClock(ms: number): void;
}

/** Options of {@link virtualClock}. */
export interface VirtualClockOptions {
  /** What {@link Clock.now} says at first. Default: the beginning of 2026, UTC. */
  readonly startMs?: number;
}

/** More timers than this in one virtual millisecond are a loop that would never end. */
const MOST_TIMERS_PER_MS = 100_000;

/** Makes a {@link VirtualClock}. */
export function virtualClock(options: VirtualClockOptions = {}): VirtualClock {
  let epochMs = options.startMs ?? Date.UTC(2026, 0, 1);
  let monotonicMs = 0;
  let advancing = false;
  const timers = timerHeap();

  const setTimerAt = (wantedMs: number, callback: () => void): Timer => {
    const timer = timers.add(Math.max(wantedMs, monotonicMs), callback);
    return { cancel: () => timers.remove(timer) };
  };

  const runUntil = async (endMs: number) => {
    let ranInThisMs = 0;
    for (await promisesSettled();; await promisesSettled()) {
      const timer = timers.first();
      if (timer === undefined || timer.dueMs > endMs) break;
      const sameMs = Math.floor(timer.dueMs) === Math.floor(monotonicMs);
      ranInThisMs = sameMs ? ranInThisMs + 1 : 1;
      if (ranInThisMs > MOST_TIMERS_PER_MS) {
        throw new Error(
          `over ${MOST_TIMERS_PER_MS} timers ran within the millisecond at ${monotonicMs} ms: ` +
            "do they set each other without a delay?",
        );
      }
      timers.remove(timer);
      monotonicMs = Math.max(monotonicMs, timer.dueMs);
      timer.callback();
    }
    monotonicMs = endMs;
  };

  const advance = async (ms: number) => {
    if (!(ms >= 0 && ms < Infinity)) throw new RangeError(`a clock cannot advance by ${ms} ms`);
    if (advancing) throw new Error("the clock is advancing already: await that first");
    advancing = true;
    try {
      await runUntil(monotonicMs + ms);
    } finally {
      advancing = false;
    }
  };

  return {
    ...completed({ now: () => epochMs + monotonicMs, monotonic: () => monotonicMs, setTimerAt }),
    advance,
    stall: (ms) => {
      monotonicMs += ms;
    },
    stepWallClock: (ms) => {
      epochMs += ms;
    },
    get pending() {
      return timers.size;
    },
  };
}

/** The runtime goes on to a macrotask only when no promise has anything left to do. */
function promisesSettled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
