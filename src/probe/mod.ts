/**
 * Probes: is a server there, and does it answer as it should?
 *
 * Each type is a function from a report to what cleans up after it; the prober gives it a deadline,
 * and keeps apart what the server did and what went wrong here.
 *
 * @module
 */

export {
  openProber,
  type PreparedProbe,
  type ProbeOutcome,
  type Prober,
  type ProberOptions,
  type ProbeRun,
  type ProbeSpec,
} from "./prober.ts";
