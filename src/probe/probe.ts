/**
 * What a probe is to those who have it made.
 *
 * @module
 */

import type { Address, Probe } from "../config/mod.ts";
import type { ProbeResult } from "../health/mod.ts";

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
