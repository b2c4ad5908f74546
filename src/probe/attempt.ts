/**
 * What a probe is to those who make it: one file a type, each an {@link Attempt}.
 *
 * @module
 */

import type { Phases, ProbeCode } from "../health/mod.ts";

/** How a probe ended. */
export interface Verdict {
  readonly ok: boolean;
  readonly code: ProbeCode;
  readonly detail: string;
}

/** The verdict when the time is over; `what` goes before the time, as in `no answer within 2s`. */
export interface Expiry {
  readonly code: "L4TOUT" | "L6TOUT" | "L7TOUT";
  readonly what: string | (() => string);
}

/** What a probe reports to while it goes along. After the end nothing that it reports counts. */
export interface Report {
  /** Ends the phase that began with the end of the one before, or with the probe, so long ago. */
  mark(phase: keyof Phases, agoMs?: number): void;
  /** From now on this is the verdict when the time is over. */
  expire(expiry: Expiry): void;
  /** Ends the probe; `agoMs` is how long ago that was known, where that is known. */
  end(verdict: Verdict, agoMs?: number): void;
  /** Ends the probe without a verdict on the server. */
  endVoid(reason: string): void;
}

/** Makes one probe. Returns what leaves nothing of it behind, called once, whatever ends it. */
export type Attempt = (report: Report) => () => void;
