/**
 * The client's side of a TLS handshake.
 *
 * @module
 */

import { isIP } from "node:net";
import { connect, type ConnectionOptions, type PeerCertificate } from "node:tls";
import type { Clock } from "../clock.ts";
import { connStream } from "./conn_stream.ts";
import { DialError, type DialErrorCode } from "./dial_error.ts";
import type { TlsClientSettings } from "./client_tls.ts";
import { TlsSettingsError } from "./server_tls.ts";
import { checkAuthorities, checkKeyPair, dayOf } from "./tls_settings.ts";
import { tlsTransport } from "./tls_transport.ts";
import type { Transport } from "./transport.ts";

/** Makes a connection secure, or closes it. */
export type SecureClient = (conn: Deno.Conn, signal: AbortSignal) => Promise<Transport>;

/**
 * Makes settings ready for connections to a host.
 *
 * @throws {TlsSettingsError} They cannot be used.
 */
export function clientTls(
  settings: TlsClientSettings,
  { host, clock }: { readonly host: string; readonly clock: Pick<Clock, "now"> },
): SecureClient {
  const { authorities, serverName } = settings;
  const identity = identityOf(settings);
  if (authorities !== undefined) checkAuthorities(authorities, "file of authorities");
  const name = serverName ?? host;
  const options: ConnectionOptions = {
    host: name,
    // An address is never sent as a name.
    ...(isIP(name) === 0 ? { servername: name } : {}),
    minVersion: "TLSv1.2",
    // It is judged below: the runtime would not show the certificate that it rejects.
    rejectUnauthorized: false,
    ALPNProtocols: ["h2"],
    ...(authorities === undefined ? {} : { ca: authorities }),
    ...identity,
  };
  return (conn, signal) => shakeHands(conn, { options, name, signal, clock });
}

function identityOf({ certificate, key }: TlsClientSettings) {
  if (certificate === undefined && key === undefined) return {};
  if (certificate === undefined || key === undefined) {
    throw new TlsSettingsError("a client certificate and its key go together: one is missing");
  }
  // A certificate that has expired is for the server to judge.
  checkKeyPair({ certificate, key }, 0);
  return { cert: certificate, key };
}

interface Handshake {
  readonly options: ConnectionOptions;
  readonly name: string;
  readonly signal: AbortSignal;
  readonly clock: Pick<Clock, "now">;
}

function shakeHands(
  conn: Deno.Conn,
  { options, name, signal, clock }: Handshake,
): Promise<Transport> {
  const below = connStream(conn);
  const { promise, resolve, reject } = Promise.withResolvers<Transport>();
  const fail = (error: unknown) => {
    signal.removeEventListener("abort", onAbort);
    below.stream.destroy();
    reject(error);
  };
  const onAbort = () => fail(signal.reason);
  signal.addEventListener("abort", onAbort);
  below.stream.on("error", (error) => fail(explain(error)));
  const socket = connect({ ...options, socket: below.stream });
  socket.on("error", (error) => fail(explain(error)));
  socket.on("close", () => fail(explain(new Error("ECONNRESET"))));
  socket.on("secureConnect", () => {
    if (socket.authorized !== true) {
      const code = String(socket.authorizationError);
      return fail(mistrust(socket.getPeerCertificate(), { code, name, nowMs: clock.now() }));
    }
    signal.removeEventListener("abort", onAbort);
    const transport = tlsTransport({ socket, below, explain: (error) => explain(error) });
    resolve(untilItSpeaks(transport, options.cert !== undefined));
  });
  if (signal.aborted) onAbort();
  return promise;
}

/**
 * In TLS 1.3 a server judges the client's certificate after the client is done. Some say what they
 * think of it, some just hang up; but a server for HTTP/2 that accepts the client says something.
 */
function untilItSpeaks(transport: Transport, hasCertificate: boolean): Transport {
  let hasSpoken = false;
  const read = async () => {
    const bytes = await transport.read();
    if (bytes === null && !hasSpoken) {
      const why = hasCertificate ? "refuses the client certificate" : "wants a client certificate";
      throw new DialError("CLIENT_REFUSED", `the server hung up; perhaps it ${why}`);
    }
    hasSpoken = true;
    return bytes;
  };
  return { ...transport, read };
}

/** By the code that the runtime gives, or a part of what it says. */
const words: readonly (readonly [RegExp, DialErrorCode, string])[] = [
  [/certificate.?required/i, "CLIENT_REFUSED", "the server wants a client certificate"],
  [
    /ALERT_UNKNOWN_CA/,
    "CLIENT_REFUSED",
    "the server does not know the client certificate's authority",
  ],
  [/ALERT.*CERTIFICATE/, "CLIENT_REFUSED", "the server refuses the client certificate"],
  [/NO_APPLICATION_PROTOCOL/, "NO_HTTP2", "the server does not speak HTTP/2"],
  [/WRONG_VERSION_NUMBER|InvalidContentType/, "NO_TLS", "the server does not speak TLS"],
  [/PROTOCOL_VERSION/, "NO_TLS", "the server does not speak TLS 1.2 or above"],
  [/ECONNRESET|EPIPE|ConnectionReset/i, "OTHER", "the server closed the connection"],
];

function explain(error: Error & { readonly code?: string }): DialError {
  if (error instanceof DialError) return error;
  const known = words.find(([pattern]) => pattern.test(`${error.code} ${error.message}`));
  const [, code, reason] = known ?? [null, "OTHER", error.message] as const;
  return new DialError(code, reason, { cause: error });
}

interface Mistrust {
  /** What the runtime calls it. */
  readonly code: string;
  /** What the certificate had to be for. */
  readonly name: string;
  readonly nowMs: number;
}

function mistrust(
  { valid_from: from = "", valid_to: to = "" }: Partial<PeerCertificate>,
  { code, name, nowMs }: Mistrust,
): DialError {
  const because = (why: string) =>
    new DialError("BAD_CERTIFICATE", `the server's certificate ${why}`);
  if (Date.parse(to) < nowMs) return because(`expired on ${dayOf(to)}`);
  if (Date.parse(from) > nowMs) return because(`is not valid before ${dayOf(from)}`);
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") return because(`is not for ${name}`);
  if (code === "CERT_REVOKED") return because("was revoked");
  if (/SELF_SIGNED/.test(code)) return because("is self-signed, and not known here");
  return because("is signed by an authority that is not known here");
}
