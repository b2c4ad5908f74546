/**
 * What a client needs for TLS.
 *
 * @module
 */

/** Whom the client trusts, and who it is. */
export interface TlsClientSettings {
  /** In PEM. Default: those that the runtime knows. */
  readonly authorities?: string | undefined;
  /** In PEM, where the server wants one. With `key`. */
  readonly certificate?: string | undefined;
  /** The private key of `certificate`, in PEM. */
  readonly key?: string | undefined;
  /** What the server's certificate has to be for. Default: the host that is connected to. */
  readonly serverName?: string | undefined;
}
