/**
 * Probes servers, in any number at a time.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import { openPoller } from "../os/mod.ts";
import type { Attempt } from "./attempt.ts";
import { type Connect, connector } from "./connection.ts";
import { openEchoes } from "./echoes.ts";
import { httpAttempt } from "./http.ts";
import { icmpAttempt } from "./icmp.ts";
import { watchLoop } from "./loop_watch.ts";
import { obstacleTo } from "./obstacle.ts";
import type { PreparedProbe, ProbeRun, ProbeSpec } from "./probe.ts";
import { startRun } from "./run.ts";
import { tcpAttempt } from "./tcp.ts";

/** Probes servers. */
export interface Prober {
  /** Makes ready what every probe of one server needs. Opens nothing. */
  prepare(spec: ProbeSpec): PreparedProbe;
  /** Which capability the program lacks for such probes, or undefined if it lacks none. */
  obstacleTo(spec: ProbeSpec): string | undefined;
  /** Abandons what runs, and releases everything. */
  close(): Promise<void>;
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
