/**
 * A clock for long days: while something is under way outside it passes as the system's does, and it
 * jumps over the times between, in which a program only waits.
 *
 * So what has a deadline has all of its time, also on a busy machine, and a day takes as long as the
 * work that is done in it.
 *
 * @module
 */

import { type Clock, inTurns, systemClock, type Timer } from "../src/clock.ts";
import { timerHeap } from "../src/timer_heap.ts";

/** A clock that passes only while it is told to. */
export interface HastyClock extends Clock {
  /** The number of timers that have neither fired nor been cancelled. */
  readonly pending: number;
  /** Lets `ms` pass, and runs the timers that come due, at most {@link HastyClockOptions.jumpMs} late. */
  pass(ms: number): Promise<void>;
  /** Lets time pass as the system's clock does, until this is so; fails with the complaint after 30 s. */
  passUntil(isSo: () => boolean, complaint: string): Promise<void>;
}

/** Options of {@link hastyClock}. */
export interface HastyClockOptions {
  /** How far it jumps at a time. */
  readonly jumpMs: number;
  /** Whether something is under way that takes time of its own. */
  readonly isBusy: () => boolean;
}

/** How often the loop turns after a jump, for what timers have begun to show. */
const turnsAfterJump = 2;

/** After so many turns something takes longer, and the processor is left to it. */
const turnsInHaste = 200;

/** Longer than that nothing is under way. */
const patienceMs = 30_000;

/** Makes a {@link HastyClock}. Its monotonic time begins at 0. */
export function hastyClock({ jumpMs, isBusy }: HastyClockOptions): HastyClock {
  const epochMs = Date.UTC(2026, 0, 1);
  const timers = timerHeap();
  let nowMs = 0;

  const setTimerAt = (dueMs: number, callback: () => void): Timer => {
    const timer = timers.add(dueMs, callback);
    return { cancel: () => timers.remove(timer) };
  };

  /** Runs what is due. What that adds waits for another turn of the loop. */
  const runDue = () => {
    const { added } = timers;
    for (;;) {
      const timer = timers.first();
      if (timer === undefined || timer.dueMs > nowMs || timer.order >= added) break;
      timers.remove(timer);
      timer.callback();
    }
  };

  const passUntil = async (isSo: () => boolean, complaint: string) => {
    const startMs = systemClock.monotonic();
    let lastMs = startMs;
    for (let turns = 0; !isSo(); turns++) {
      await (turns < turnsInHaste ? loopTurned() : systemClock.sleep(1));
      const systemMs = systemClock.monotonic();
      if (systemMs - startMs > patienceMs) throw new Error(complaint);
      nowMs += systemMs - lastMs;
      lastMs = systemMs;
      runDue();
    }
  };

  const pass = async (ms: number) => {
    const endMs = nowMs + ms;
    while (nowMs < endMs) {
      const firstMs = timers.first()?.dueMs ?? endMs;
      nowMs = Math.min(endMs, Math.ceil(Math.max(firstMs, nowMs + 1) / jumpMs) * jumpMs);
      runDue();
      for (let turn = 0; turn < turnsAfterJump; turn++) await loopTurned();
      await passUntil(() => !isBusy(), "what is under way does not end");
    }
  };

  const base = { now: () => epochMs + nowMs, monotonic: () => nowMs, setTimerAt };
  return {
    // It has no use for turns, but for what they add: timers by delay, and sleep.
    ...inTurns({ ...systemClock, ...base }, 1),
    pass,
    passUntil,
    get pending() {
      return timers.size;
    },
  };
}

function loopTurned(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
