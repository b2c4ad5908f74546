/**
 * One run of a probe: its deadline, its phases and its one end.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import { formatDuration } from "../config/mod.ts";
import type { Phases } from "../health/mod.ts";
import type { Attempt, Expiry, Verdict } from "./attempt.ts";
import type { LoopWatch } from "./loop_watch.ts";
import type { ProbeOutcome, ProbeRun } from "./probe.ts";

/** Options of {@link startRun}. */
export interface RunOptions {
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly loop: LoopWatch;
}

/** Starts a probe and sees that it ends by its deadline. */
export function startRun(
  attempt: Attempt,
  { timeoutMs, clock, loop }: RunOptions,
  done: (outcome: ProbeOutcome) => void,
): ProbeRun {
  const started = clock.now();
  const startedMs = clock.monotonic();
  const deadlineMs = startedMs + timeoutMs;
  const phases: { -readonly [K in keyof Phases]: number } = {};
  let markedMs = startedMs;
  let expiry: Expiry = { code: "L4TOUT", what: "no answer" };
  let isOver = false;
  let cleanUp: (() => void) | undefined;

  const leave = () => {
    isOver = true;
    deadline.cancel();
    stopWatching();
    cleanUp?.();
  };

  const finish = (outcome: ProbeOutcome) => {
    leave();
    // A failure within the call that started the probe is told after it.
    if (cleanUp === undefined) queueMicrotask(() => isCancelled || done(outcome));
    else done(outcome);
  };

  const result = (verdict: Verdict, endedMs: number): ProbeOutcome => ({
    kind: "result",
    result: { ...verdict, started, durationMs: endedMs - startedMs, phases },
  });

  /** Time is over: for the server, unless it was we who wasted it. */
  const timeOut = (nowMs: number) => {
    const standstillMs = Math.max(nowMs - deadlineMs, loop.longestStandstillMs(startedMs));
    if (standstillMs > timeoutMs / 2) {
      return finish({
        kind: "void",
        reason: `the program stood still for ${wholeMs(standstillMs)}`,
      });
    }
    const { code, what } = expiry;
    const words = typeof what === "string" ? what : what();
    const detail = `${words} within ${formatDuration(timeoutMs * 1e6)}`;
    finish(result({ ok: false, code, detail }, nowMs));
  };

  const stopWatching = loop.begin();
  const deadline = clock.setTimerAt(deadlineMs, () => timeOut(clock.monotonic()));
  let isCancelled = false;
  const end = attempt({
    mark: (phase, agoMs = 0) => {
      const endedMs = clock.monotonic() - agoMs;
      phases[phase] = endedMs - markedMs;
      markedMs = endedMs;
    },
    expire: (next) => {
      expiry = next;
    },
    end: (verdict, agoMs = 0) => {
      if (isOver) return;
      const endedMs = Math.max(startedMs, clock.monotonic() - agoMs);
      if (endedMs > deadlineMs) timeOut(endedMs);
      else finish(result(verdict, endedMs));
    },
    endVoid: (reason) => {
      if (!isOver) finish({ kind: "void", reason });
    },
  });
  if (isOver) end();
  else cleanUp = end;
  return {
    cancel: () => {
      isCancelled = true;
      if (!isOver) leave();
    },
  };
}

function wholeMs(ms: number): string {
  return formatDuration(Math.round(ms) * 1e6);
}
