/**
 * The probes of one backend, one after the other, until they are stopped.
 *
 * @module
 */

import type { Clock, Timer } from "../clock.ts";
import type { PreparedProbe, ProbeOutcome, ProbeRun } from "../probe/mod.ts";
import type { ProbeGate } from "./probe_gate.ts";
import { nextDue } from "./schedule.ts";

/** From the start of a void probe to that of its repetition, at least. */
const leastWaitMs = 100;

/** What {@link startProbing} needs, all times by the monotonic clock. */
export interface ProbingOptions {
  readonly clock: Clock;
  readonly gate: ProbeGate;
  readonly prepared: PreparedProbe;
  readonly firstDueMs: number;
  /** Told that a probe has started, so many milliseconds after it was due. */
  readonly onStart: (lagMs: number) => void;
  /** Told what a probe came to. May stop the probing. */
  readonly onOutcome: (outcome: ProbeOutcome) => void;
  /** How long to wait from the start of the probe that has just ended to that of the next. */
  readonly chooseWaitMs: () => number;
}

/** The probing of one backend. */
export interface Probing {
  /** When the next probe is due; null while one is in flight. */
  readonly dueMs: number | null;
  readonly isInFlight: boolean;
  /** Ends it: no timer, no probe, no call. Harmless a second time. */
  stop(): void;
}

/**
 * Probes at once or later, and again after each outcome. Never two at a time: the next due time is
 * only chosen when a probe has ended.
 */
export function startProbing(options: ProbingOptions): Probing {
  const { clock, gate, prepared } = options;
  let dueMs: number | null = null;
  let timer: Timer | null = null;
  let run: ProbeRun | null = null;
  let isStopped = false;

  const schedule = (ms: number) => {
    dueMs = ms;
    timer = clock.setTimerAt(ms, enter);
  };
  const enter = () => gate.enter(start);
  const start = () => {
    const startedMs = clock.monotonic();
    const lagMs = startedMs - (dueMs ?? startedMs);
    dueMs = null;
    run = prepared.start((outcome) => finish(outcome, startedMs));
    options.onStart(lagMs);
  };
  const finish = (outcome: ProbeOutcome, startedMs: number) => {
    run = null;
    options.onOutcome(outcome);
    if (!isStopped) scheduleAfter(outcome, startedMs);
    gate.leave();
  };
  /** What was void is repeated at once, but not in a tight loop where the machine lacks something. */
  const scheduleAfter = ({ kind }: ProbeOutcome, startedMs: number) => {
    const nowMs = clock.monotonic();
    const waitMs = kind === "void" ? leastWaitMs : options.chooseWaitMs();
    schedule(nextDue({ startedMs, waitMs, nowMs }));
  };

  schedule(options.firstDueMs);
  return {
    get dueMs() {
      return dueMs;
    },
    get isInFlight() {
      return run !== null;
    },
    stop() {
      isStopped = true;
      dueMs = null;
      timer?.cancel();
      gate.withdraw(start);
      if (run === null) return;
      run.cancel();
      run = null;
      gate.leave();
    },
  };
}
