/**
 * TLS over a connection.
 *
 * The runtime's own TLS does it, and takes the connection over for that.
 *
 * @module
 */

import { Socket } from "node:net";
import { connect as startTls, type ConnectionOptions, TLSSocket } from "node:tls";
import type { Clock } from "../clock.ts";
import type { Address, Tls } from "../config/mod.ts";
import type { Channel, ChannelError, Listener } from "./channel.ts";
import type { Connection } from "./connection.ts";
import type { Report } from "./attempt.ts";
import { describeMistrust, describeTlsError } from "./tls_error.ts";

/** How to make connections secure. */
export interface SecureOptions {
  readonly tls: Tls;
  /** The server's, which its certificate has to be for where no name is given. */
  readonly address: Address;
  /** Certificates, in PEM, of the authorities to trust; undefined = those of the system. */
  readonly authorities: readonly string[] | undefined;
  readonly clock: Pick<Clock, "now">;
  /** What is to be spoken over the channel, as ALPN calls it. Empty: that is left open. */
  readonly protocols: readonly string[];
}

/** Hears when the channel stands, and then what comes in by it. */
export interface SecureListener extends Listener {
  /** The handshake is done; `protocol` is the version of TLS. */
  secured(channel: Channel, protocol: string): void;
}

/** Makes a connection secure, or reports a failure. Returns what ends the connection. */
export type Secure = (
  report: Report,
  connection: Connection,
  listener: SecureListener,
) => () => void;

/** Makes ready what all handshakes with one server need. */
export function securer(
  { tls, address, authorities, clock, protocols }: SecureOptions,
): Secure {
  const { serverName, insecureSkipVerify } = tls;
  const name = serverName ?? address.text;
  const options: ConnectionOptions = {
    // Without a name the address takes its place in the certificate, and none is sent.
    host: name,
    ...(serverName === null ? {} : { servername: serverName }),
    minVersion: "TLSv1.2",
    // The certificate is judged below: the runtime would not show the one that it rejects.
    rejectUnauthorized: false,
    ...(authorities === undefined ? {} : { ca: [...authorities] }),
    ...(protocols.length === 0 ? {} : { ALPNProtocols: [...protocols] }),
  };

  return (report, connection, listener) => {
    report.expire({ code: "L6TOUT", what: "TLS handshake: not completed" });
    const socket = new Socket({ fd: connection.handOver() });
    let isSecured = false;
    const refuse = (why: string) =>
      report.end({ ok: false, code: "L6RSP", detail: `TLS handshake: ${why}` });
    const fail = (error: ChannelError) => {
      if (isSecured) listener.failed(error);
      else refuse(describeTlsError(error));
    };
    socket.on("error", fail);
    const secure: TLSSocket = startTls({ ...options, socket });
    secure.on("error", fail);
    secure.on("close", () => {
      if (isSecured) listener.ended();
      else refuse("the server closed the connection");
    });
    secure.on("end", () => isSecured && listener.ended());
    secure.on("data", (bytes: Uint8Array) => listener.received(bytes));
    secure.on("secureConnect", () => {
      if (!insecureSkipVerify && !secure.authorized) {
        const code = String(secure.authorizationError);
        const certificate = secure.getPeerCertificate();
        return refuse(describeMistrust(certificate, { code, name, now: clock.now() }));
      }
      isSecured = true;
      report.mark("tls");
      const send = (bytes: Uint8Array) => void secure.write(bytes);
      listener.secured({ send }, secure.getProtocol() ?? "TLS");
    });
    return () => {
      secure.destroy();
      socket.destroy();
    };
  };
}
