/**
 * The probing of all backends: who is probed and when it begins; what is counted and logged of it.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import type { HealthCheck } from "../config/mod.ts";
import { chooseInterval, type Intervals, isProbed, type ProbeResult } from "../health/mod.ts";
import type { Attributes, Logger } from "../log.ts";
import type { ProbeOutcome, Prober } from "../probe/mod.ts";
import { createHistogram, type Histogram } from "../histogram.ts";
import type { OwnedBackend } from "./live_backend.ts";
import { probeGate } from "./probe_gate.ts";
import { startProbing } from "./probing.ts";
import { jitter, spreadFirst } from "./schedule.ts";

/** How often to warn of void probes. */
const voidWarningEveryMs = 10_000;

/** What {@link backendProbing} needs. */
export interface BackendProbingOptions {
  readonly clock: Clock;
  readonly prober: Pick<Prober, "prepare">;
  readonly log: Logger;
  /** Told each result that counts. */
  readonly onResult: (live: OwnedBackend, result: ProbeResult) => void;
}

/** The probing of all backends. */
export interface BackendProbing {
  /** How much later than due probes started. */
  readonly lag: Histogram;
  readonly inFlight: number;
  readonly waiting: number;
  /**
   * Ends the probing of those backends whose state wants none, and begins that of the others unless it
   * is going on. What begins together is spread. The namespace is for what begins.
   */
  settle(backends: readonly OwnedBackend[], netns: string | null): void;
  /** Ends the probing of backends. What is in flight is abandoned. */
  end(backends: readonly OwnedBackend[]): void;
}

/** Makes the probing of no backends yet. */
export function backendProbing(options: BackendProbingOptions): BackendProbing {
  const { clock, prober, log, onResult } = options;
  const gate = probeGate();
  const lag = createHistogram();
  const warnOfVoid = voidWarning(clock, log);

  /** Those that wait come first, so that none starts in the place of one that ends here as well. */
  const end = (backends: readonly OwnedBackend[]) => {
    for (const live of backends) if (!live.isProbing) stop(live);
    for (const live of backends) stop(live);
  };
  const begin = (live: OwnedBackend, check: HealthCheck, start: ProbingStart) => {
    const { address, name: backend } = live.backend;
    const { timeoutMs, ...intervals } = timesOf(check);
    return startProbing({
      clock,
      gate,
      prepared: prober.prepare({ address, probe: check.probe, timeoutMs, netns: start.netns }),
      firstDueMs: start.firstDueMs,
      onStart(lagMs) {
        lag.observe(lagMs / 1000);
        if (log.enabled("debug")) log.debug("probe-start", { backend });
      },
      onOutcome(outcome) {
        if (log.enabled("debug")) log.debug("probe-done", { backend, ...describe(outcome) });
        if (outcome.kind === "void") {
          live.counters.countVoid();
          warnOfVoid(outcome.reason);
        } else {
          live.counters.countResult(outcome.result);
          onResult(live, outcome.result);
        }
      },
      chooseWaitMs() {
        const intervalMs = chooseInterval(live.health, live.rules, intervals);
        return jitter(intervalMs ?? intervals.interval, live.draw());
      },
    });
  };
  return {
    lag,
    get inFlight() {
      return gate.inFlight;
    },
    get waiting() {
      return gate.waiting;
    },
    end,
    settle(backends, netns) {
      const isWanted = ({ health, rules }: OwnedBackend) => isProbed(health.state, rules);
      end(backends.filter((live) => !isWanted(live)));
      const begun = backends.flatMap((live) => {
        const isNew = isWanted(live) && live.probing === null;
        return isNew && live.check !== null ? [{ live, check: live.check }] : [];
      });
      const delays = spreadFirst(begun.map(({ check }) => timesOf(check).interval));
      const nowMs = clock.monotonic();
      begun.forEach(({ live, check }, index) => {
        live.probing = begin(live, check, { firstDueMs: nowMs + (delays[index] ?? 0), netns });
      });
    },
  };
}

/** Warns that this machine does not get its probes done, now and then as long as it is so. */
function voidWarning(clock: Clock, log: Logger): (reason: string) => void {
  let warnedMs = -Infinity;
  let count = 0;
  return (reason) => {
    count++;
    if (clock.monotonic() - warnedMs < voidWarningEveryMs) return;
    log.warn("probes-void", { count, reason });
    warnedMs = clock.monotonic();
    count = 0;
  };
}

interface ProbingStart {
  /** By the monotonic clock. */
  readonly firstDueMs: number;
  readonly netns: string | null;
}

function stop(live: OwnedBackend): void {
  live.probing?.stop();
  live.probing = null;
}

/** The times of a health check in milliseconds. */
function timesOf(check: HealthCheck): Intervals & { readonly timeoutMs: number } {
  return {
    interval: check.intervalNs / 1e6,
    fastInterval: check.fastIntervalNs / 1e6,
    downInterval: check.downIntervalNs / 1e6,
    timeoutMs: check.timeoutNs / 1e6,
  };
}

function describe(outcome: ProbeOutcome): Attributes {
  if (outcome.kind === "void") return { result: "void", reason: outcome.reason };
  const { ok, code, detail, durationMs } = outcome.result;
  return { result: ok ? "success" : "failure", code, detail, "duration-ms": durationMs };
}
