/**
 * What a server needs for TLS.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import type { Transport } from "./transport.ts";

/** Who the server is, and whom it lets in. */
export interface TlsServerSettings {
  /** In PEM, followed by those of the authorities in between. */
  readonly certificate: string;
  /** The private key, in PEM. */
  readonly key: string;
  /** In PEM; with it, callers without a certificate of one of these authorities are refused. */
  readonly clientAuthorities?: string | undefined;
}

/** Settings that were found to be usable. */
export interface ServerTls {
  /** What is allowed and probably not meant: a certificate that has expired, for one. */
  readonly warnings: readonly string[];
  /**
   * Makes a connection secure, or closes it.
   *
   * @throws {Error} The caller was refused, hung up, or took too long.
   */
  secure(conn: Deno.Conn, options: HandshakeOptions): Promise<SecureConnection>;
}

/** Options of {@link ServerTls.secure}. */
export interface HandshakeOptions {
  readonly clock: Pick<Clock, "setTimer">;
  /** Cuts the handshake, but not what has been made secure. */
  readonly signal: AbortSignal;
}

/** A connection after the handshake. */
export interface SecureConnection {
  readonly transport: Transport;
  /** What the caller's certificate calls it; null if none was asked for. */
  readonly name: string | null;
}

/** The settings for TLS cannot be used. */
export class TlsSettingsError extends Error {
  override readonly name = "TlsSettingsError";
  readonly code = "TLS_SETTINGS";
}
