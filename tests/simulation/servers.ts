/**
 * The servers behind the load balancer: what a probe of each comes to, and when.
 *
 * @module
 */

import type { Clock } from "../../src/clock.ts";
import type { ProbeResult } from "../../src/health/mod.ts";
import type { ProbeOutcome, Prober, ProbeSpec } from "../../src/probe/mod.ts";
import type { Random } from "../seeded.ts";

/** How a server answers. The first two stay what they are. */
export const behaviours = ["up", "down", "silent", "flapping", "slow", "void"] as const;

/** One of them. */
export type Behaviour = (typeof behaviours)[number];

/** What is told of probes. */
export interface ProbeWatch {
  /** A probe starts; so many are in flight now. */
  onStart(inFlight: number): void;
  /** A probe of the server at this address has come to this, which is handed over when told to. */
  onOutcome(address: string, outcome: ProbeOutcome, handOver: () => void): void;
}

/** All servers. */
export interface Servers {
  readonly prober: Pick<Prober, "prepare">;
  readonly inFlight: number;
  behaviourOf(address: string): Behaviour;
  set(address: string, behaviour: Behaviour): void;
}

/** What servers are made of. */
export interface ServersOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly watch: ProbeWatch;
}

/** How one probe will end. */
interface Ending {
  readonly afterMs: number;
  readonly ok: boolean;
  readonly isVoid?: boolean;
}

/** Makes servers, all of which are up. */
export function createServers({ clock, random, watch }: ServersOptions): Servers {
  const set = new Map<string, Behaviour>();
  let inFlight = 0;

  const behaviourOf = (address: string) => set.get(address) ?? "up";
  const endingOf = ({ address, timeoutMs }: ProbeSpec): Ending => {
    const quickMs = random.int(0, Math.min(40, timeoutMs));
    switch (behaviourOf(address.text)) {
      case "up":
        return { afterMs: quickMs, ok: true };
      case "down":
        return { afterMs: quickMs, ok: false };
      case "silent":
        return { afterMs: timeoutMs, ok: false };
      case "flapping":
        return { afterMs: quickMs, ok: random.chance() };
      case "slow": {
        const neededMs = random.int(0, Math.ceil(1.5 * timeoutMs));
        return { afterMs: Math.min(neededMs, timeoutMs), ok: neededMs < timeoutMs };
      }
      case "void":
        return { afterMs: quickMs, ok: true, isVoid: random.chance(0.7) };
    }
  };
  const prepare: Prober["prepare"] = (spec) => ({
    start: (done) => {
      const { address, timeoutMs } = spec;
      const started = clock.now();
      const ending = endingOf(spec);
      const dueMs = clock.monotonic() + ending.afterMs;
      let isInFlight = true;
      const land = () => {
        if (isInFlight) inFlight--;
        isInFlight = false;
      };
      const timer = clock.setTimer(ending.afterMs, () => {
        land();
        const lateMs = clock.monotonic() - dueMs;
        // As the real prober has it: what this program delayed proves nothing.
        const isVoid = ending.isVoid || (lateMs > timeoutMs / 2 && !ending.ok);
        const outcome: ProbeOutcome = isVoid
          ? { kind: "void", reason: "this program stood still" }
          : { kind: "result", result: resultOf(spec, ending, started) };
        watch.onOutcome(address.text, outcome, () => done(outcome));
      });
      inFlight++;
      watch.onStart(inFlight);
      const cancel = () => {
        timer.cancel();
        land();
      };
      return { cancel };
    },
  });
  return {
    prober: { prepare },
    get inFlight() {
      return inFlight;
    },
    behaviourOf,
    set: (address, behaviour) => void set.set(address, behaviour),
  };
}

function resultOf(
  { probe, timeoutMs }: ProbeSpec,
  { ok, afterMs }: Ending,
  started: number,
): ProbeResult {
  const layer = probe.type === "http" ? "L7" : "L4";
  const isTimeout = !ok && afterMs === timeoutMs;
  const code = ok ? `${layer}OK` as const : isTimeout ? `${layer}TOUT` as const : "L4CON";
  const detail = ok ? "answered" : isTimeout ? "no answer in time" : "connect: connection refused";
  return { ok, code, detail, started, durationMs: afterMs, phases: {} };
}
