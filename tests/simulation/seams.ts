/**
 * Where a test may come between the parts of a simulation, to plant a fault.
 *
 * @module
 */

import type { EventSubscription } from "../../src/checker/mod.ts";
import type { Clock } from "../../src/clock.ts";
import type { VppAccess, Watched } from "../../src/lb/mod.ts";
import type { Prober } from "../../src/probe/mod.ts";
import type { Arrival, MemoryVpp } from "./memory_vpp.ts";

/** What stands between the parts. */
export interface Seams {
  /** Between the checker and the servers. */
  readonly prober: (prober: Pick<Prober, "prepare">, clock: Clock) => Pick<Prober, "prepare">;
  /** Between the controller and the checker. */
  readonly watched: (watched: Watched) => Watched;
  /** Between the controller and VPP. */
  readonly access: (access: VppAccess) => VppAccess;
  /** Between the checker and those who subscribe to its events. */
  readonly subscription: (subscription: EventSubscription) => EventSubscription;
  /** Called when VPP has carried out a message. */
  readonly afterMessage: (arrival: Arrival, vpp: MemoryVpp) => void;
}

/** Nothing. */
export const noSeams: Seams = {
  prober: (same) => same,
  watched: (same) => same,
  access: (same) => same,
  subscription: (same) => same,
  afterMessage: () => {},
};
