/**
 * Probes servers, in any number at a time.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import type { Address, Probe } from "../config/mod.ts";
import type { ProbeResult } from "../health/mod.ts";
import { openPoller } from "../os/mod.ts";
import { type Connect, connector } from "./connection.ts";
import { openEchoes } from "./echoes.ts";
import { httpAttempt } from "./http.ts";
import { icmpAttempt } from "./icmp.ts";
import { watchLoop } from "./loop_watch.ts";
import { obstacleTo } from "./obstacle.ts";
import { type Attempt, startRun } from "./run.ts";
import { tcpAttempt } from "./tcp.ts";

/** What to probe and how. */
export interface ProbeSpec {
  readonly address: Address;
  readonly probe: Probe;
  readonly timeoutMs: number;
  /** The network namespace to probe in; null = the process's own. */
  readonly netns: string | null;
}

/** What one probe came to. */
export type ProbeOutcome =
  | { readonly kind: "result"; readonly result: ProbeResult }
  /** We failed, not the server: the probe proves nothing. `reason` completes "because". */
  | { readonly kind: "void"; readonly reason: string };

/** Probes servers. */
export interface Prober {
  /** Makes ready what every probe of one server needs. Opens nothing. */
  prepare(spec: ProbeSpec): PreparedProbe;
  /** Which capability the program lacks for such probes, or undefined if it lacks none. */
  obstacleTo(spec: ProbeSpec): string | undefined;
  /** Abandons what runs, and releases everything. */
  close(): Promise<void>;
}

/** A probe that can be made any number of times. */
export interface PreparedProbe {
  /** Starts one. `done` is called once, never within this call, and never after `cancel()`. */
  start(done: (outcome: ProbeOutcome) => void): ProbeRun;
}

/** A probe on its way. */
export interface ProbeRun {
  /** Abandons it. Harmless afterwards. */
  cancel(): void;
}

/** Options of {@link openProber}. */
export interface ProberOptions {
  readonly clock: Clock;
  /** Bytes that nobody can guess. */
  readonly randomBytes: (length: number) => Uint8Array;
  /** Certificates, in PEM, of the authorities to trust. Default: those of the system. */
  readonly authorities?: readonly string[];
}

/**
 * Opens a prober, which keeps the process alive until it is closed.
 *
 * @throws {LibcError} The C library cannot be used here.
 * @throws {OsError} Too many files are open.
 */
export function openProber({ clock, randomBytes, authorities }: ProberOptions): Prober {
  const poller = openPoller(clock);
  const loop = watchLoop(clock);
  const echoes = openEchoes({ poller, randomBytes, clock });
  const runs = new Set<ProbeRun>();

  const attemptFor = (spec: ProbeSpec): Attempt => {
    const { probe } = spec;
    if (probe.type === "icmp") return icmpAttempt(spec, echoes);
    const connect: Connect = connector({ ...spec, port: probe.port }, poller);
    const tools = { connect, clock, authorities };
    return probe.type === "tcp"
      ? tcpAttempt({ ...spec, probe }, tools)
      : httpAttempt({ ...spec, probe }, tools);
  };

  const prepare = (spec: ProbeSpec): PreparedProbe => {
    const attempt = attemptFor(spec);
    const start: PreparedProbe["start"] = (done) => {
      const run = startRun(attempt, { timeoutMs: spec.timeoutMs, clock, loop }, (outcome) => {
        runs.delete(run);
        done(outcome);
      });
      const cancel = () => {
        runs.delete(run);
        run.cancel();
      };
      runs.add(run);
      return { cancel };
    };
    return { start };
  };

  const close = async () => {
    for (const run of runs) run.cancel();
    runs.clear();
    echoes.close();
    await poller.close();
  };
  return { prepare, obstacleTo: (spec) => obstacleTo(spec, echoes), close };
}
