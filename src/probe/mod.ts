/**
 * Probes: is a server there, and does it answer as it should?
 *
 * Each type is a function from a report to what cleans up after it; the prober gives it a deadline,
 * and keeps apart what the server did and what went wrong here.
 *
 * @module
 */

export type { PreparedProbe, ProbeOutcome, ProbeRun, ProbeSpec } from "./probe.ts";
export { openProber, type Prober, type ProberOptions } from "./prober.ts";
