/**
 * What one probe found out.
 *
 * @module
 */

/** Every code that a probe can end with, and what it means. */
export const probeCodes = {
  L4OK: "TCP connected, or ICMP echo answered",
  L4TOUT: "no connection or echo reply within the timeout",
  L4CON: "connection refused, unreachable, no route, no such namespace, or cannot bind the source",
  L6OK: "TLS handshake completed",
  L6TOUT: "TLS handshake not completed in time",
  L6RSP: "TLS handshake failed: bad certificate, wrong name or protocol error",
  L7OK: "status and body as wanted",
  L7TOUT: "no complete answer in time",
  L7RSP: "not HTTP, or cut short, or a head that is too large",
  L7STS: "status not in the range, or the body does not match",
} as const;

/** The code of a probe's result: the layer that it reached and how it ended there. */
export type ProbeCode = keyof typeof probeCodes;

/** Milliseconds that each phase of a probe took, as far as the probe came. */
export interface Phases {
  readonly connect?: number;
  readonly tls?: number;
  readonly firstByte?: number;
  readonly body?: number;
}

/** The final result of one probe. */
export interface ProbeResult {
  readonly ok: boolean;
  readonly code: ProbeCode;
  /** One line for a human, such as `connect: connection refused`. */
  readonly detail: string;
  /** When the probe started, in milliseconds since the epoch. */
  readonly started: number;
  readonly durationMs: number;
  readonly phases: Phases;
}
