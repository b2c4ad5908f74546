/**
 * Looks at each probe, and at what its outcome makes of a backend.
 *
 * @module
 */

import { checkBound } from "./invariants/bounds.ts";
import { checkVoid } from "./invariants/void_changes_nothing.ts";
import type { ProbeWatch } from "./servers.ts";
import type { SimulatedDaemon } from "./simulated_daemon.ts";

/** What the watch needs to know. */
export interface ProbeWatchOptions {
  readonly daemon: () => SimulatedDaemon | null;
  /** Runs a check, and keeps what it throws. */
  readonly guarded: (check: () => void) => void;
}

/** Makes a watch. */
export function watchProbes({ daemon, guarded }: ProbeWatchOptions): ProbeWatch {
  return {
    onStart: (inFlight) => {
      guarded(() => checkBound("probes in flight", inFlight));
    },
    onOutcome: (address, outcome, handOver) => {
      const live = [...daemon()?.checker.backends() ?? []]
        .find(({ backend }) => backend.address.text === address);
      if (live === undefined) return handOver();
      const { health: before, rules } = live;
      handOver();
      const { health: after } = live;
      guarded(() => {
        if (outcome.kind === "void") return checkVoid(before, after);
        const { result } = outcome;
        const [backend, from, to] = [before.name, before.state, after.state];
        daemon()?.causes.result({ backend, result, rules, from, to });
      });
    },
  };
}
