/**
 * The server's side of a TLS handshake.
 *
 * @module
 */

import { createServer, type TLSSocket } from "node:tls";
import type { Clock } from "../clock.ts";
import { connStream } from "./conn_stream.ts";
import type {
  HandshakeOptions,
  SecureConnection,
  ServerTls,
  TlsServerSettings,
} from "./server_tls.ts";
import { checkAuthorities, checkKeyPair } from "./tls_settings.ts";
import { tlsTransport } from "./tls_transport.ts";

/** How long a handshake may take. */
const handshakeMs = 10_000;

/** The longest name of a caller that is shown. */
const mostNameLength = 100;

/** Makes checked settings ready. See `prepareServerTls`. */
export function serverTls(settings: TlsServerSettings, clock: Pick<Clock, "now">): ServerTls {
  const { clientAuthorities } = settings;
  if (clientAuthorities !== undefined) {
    checkAuthorities(clientAuthorities, "file of client authorities");
  }
  const warnings = checkKeyPair(settings, clock.now());
  return { warnings, secure: (conn, options) => shakeHands(conn, settings, options) };
}

/**
 * A TLS server of the runtime's for each connection: on a bare TLS socket the runtime would not check
 * the caller's certificate, and a server for all does not say whose handshake failed.
 */
function shakeHands(
  conn: Deno.Conn,
  { certificate, key, clientAuthorities }: TlsServerSettings,
  { clock, signal }: HandshakeOptions,
): Promise<SecureConnection> {
  const below = connStream(conn);
  const server = createServer({
    cert: certificate,
    key,
    minVersion: "TLSv1.2",
    ALPNProtocols: ["h2"],
    // Time is taken here, by our clock.
    handshakeTimeout: 0,
    ...(clientAuthorities === undefined
      ? {}
      : { requestCert: true, rejectUnauthorized: true, ca: clientAuthorities }),
  });
  const { promise, resolve, reject } = Promise.withResolvers<SecureConnection>();
  const finish = () => {
    timer.cancel();
    signal.removeEventListener("abort", onAbort);
  };
  const fail = (why: string) => {
    finish();
    below.stream.destroy();
    reject(new Error(why));
  };
  const onAbort = () => fail(String(signal.reason));
  const timer = clock.setTimer(handshakeMs, () => fail("the TLS handshake took over 10 s"));
  signal.addEventListener("abort", onAbort);
  below.stream.on("error", () => fail("the connection broke in the TLS handshake"));
  below.stream.on("end", () => fail("the caller hung up in the TLS handshake"));
  server.on("error", (error) => fail(explain(error)));
  server.on("tlsClientError", (error, socket) => fail(explain(error, socket)));
  server.on("secureConnection", (socket) => {
    finish();
    const transport = tlsTransport({ socket, below });
    resolve({ transport, name: clientAuthorities === undefined ? null : nameOf(socket) });
  });
  server.emit("connection", below.stream);
  return promise;
}

const words: readonly (readonly [RegExp, string])[] = [
  [/DID_NOT_RETURN_A_CERTIFICATE/, "the caller has no client certificate"],
  [/WRONG_VERSION_NUMBER|InvalidContentType/, "the caller does not speak TLS"],
  [/NO_APPLICATION_PROTOCOL/, "the caller does not speak HTTP/2"],
  [/ALERT_UNKNOWN_CA/, "the caller does not trust the authority of our certificate"],
  [/ALERT/, "the caller refused our certificate"],
];

function explain(error: Error & { readonly code?: string }, socket?: TLSSocket): string {
  const mistrust = socket?.authorizationError;
  if (mistrust) return `the caller's certificate is refused: ${mistrust}`;
  const known = words.find(([pattern]) => pattern.test(`${error.code} ${error.message}`));
  return known?.[1] ?? `the TLS handshake failed: ${error.message}`;
}

/** The first DNS name in a caller's certificate, or else its common name. */
function nameOf(socket: TLSSocket): string {
  const { subject, subjectaltname = "" } = socket.getPeerCertificate();
  const [, dnsName] = /(?:^|, )DNS:([^",]+)/.exec(subjectaltname) ?? [];
  const name = dnsName ?? [subject?.CN ?? "unnamed"].flat().join(" ");
  return name.replaceAll(/[^\x20-\x7e]/g, "?").slice(0, mostNameLength);
}
