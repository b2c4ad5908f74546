/**
 * Connecting to a server.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import { connTransport, sendAtOnce } from "./conn_transport.ts";
import { dialErrorOf } from "./dial_error.ts";
import type { TlsClientSettings } from "./client_tls.ts";
import type { ServerAddress } from "./server_address.ts";
import type { Transport } from "./transport.ts";

/** Options of {@link dial}. */
export interface DialOptions {
  /** Without it, and to a Unix socket, what is spoken is not encrypted. */
  readonly tls?: TlsClientSettings | undefined;
  /** Gives up; {@link dial} then rejects with its reason. Of no effect later. */
  readonly signal: AbortSignal;
  /** Tells whether a certificate has expired. */
  readonly clock: Pick<Clock, "now">;
}

/**
 * Connects, and secures the connection if that is asked for.
 *
 * @throws {DialError} The server cannot be reached, or one of both does not trust the other.
 * @throws {TlsSettingsError} The certificates or the key cannot be used.
 */
export async function dial(address: ServerAddress, options: DialOptions): Promise<Transport> {
  const { tls, signal, clock } = options;
  signal.throwIfAborted();
  if (address.kind === "unix") return connTransport(await connect(address, signal));
  const host = address.host === "" ? "localhost" : address.host;
  // All that takes time to load is loaded by then, so that the server is not kept waiting for it.
  const secured = tls === undefined ? undefined : await import("./tls_client.ts");
  const prepared = tls === undefined ? undefined : secured?.clientTls(tls, { host, clock });
  const conn = await connect({ ...address, host }, signal);
  sendAtOnce(conn);
  return prepared === undefined ? connTransport(conn) : await prepared(conn, signal);
}

async function connect(address: ServerAddress, signal: AbortSignal): Promise<Deno.Conn> {
  const connecting: Promise<Deno.Conn> = address.kind === "unix"
    ? Deno.connect({ transport: "unix", path: address.path })
    : Deno.connect({ hostname: address.host, port: address.port });
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort);
  try {
    return await Promise.race([connecting, aborted]);
  } catch (error) {
    // What comes of it now is wanted by nobody.
    connecting.then((conn) => conn.close(), () => {});
    if (signal.aborted) throw signal.reason;
    throw dialErrorOf(error);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
