/**
 * Probes that connect, and where TLS is wanted complete its handshake, and send nothing else.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import type { Connect } from "./connection.ts";
import type { ProbeSpec } from "./probe.ts";
import type { Attempt } from "./attempt.ts";
import { type Secure, securer } from "./tls.ts";

/** What probes over TCP need besides what is in the configuration. */
export interface TcpTools {
  readonly connect: Connect;
  readonly clock: Pick<Clock, "now">;
  /** Certificates, in PEM, of the authorities to trust; undefined = those of the system. */
  readonly authorities: readonly string[] | undefined;
}

/** Makes ready the probes of one server. */
export function tcpAttempt(
  { address, probe }: ProbeSpec & { readonly probe: { readonly type: "tcp" } },
  { connect, ...tools }: TcpTools,
): Attempt {
  if (probe.tls === null) {
    return (report) =>
      connect(report, () => report.end({ ok: true, code: "L4OK", detail: "connected" }));
  }
  const secure: Secure = securer({ tls: probe.tls, address, ...tools, protocols: [] });
  return (report) => {
    let leave = () => {};
    const disconnect = connect(report, (connection) => {
      leave = secure(report, connection, {
        secured: (_channel, protocol) =>
          report.end({ ok: true, code: "L6OK", detail: `${protocol} handshake completed` }),
        received: () => {},
        ended: () => {},
        failed: () => {},
      });
    });
    return () => {
      leave();
      disconnect();
    };
  };
}
