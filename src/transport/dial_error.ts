/**
 * Why a server cannot be reached, in words that complete "cannot reach localhost:9090: …".
 *
 * @module
 */

/** What stands in the way; `OTHER` is for what the system says and nobody foresaw. */
export type DialErrorCode =
  | "CONNECTION_REFUSED"
  | "NO_SUCH_HOST"
  | "NO_SUCH_FILE"
  | "NO_PERMISSION"
  | "UNREACHABLE"
  | "NO_TLS"
  | "NO_HTTP2"
  | "BAD_CERTIFICATE"
  | "CLIENT_REFUSED"
  | "OTHER";

/** A server cannot be reached. */
export class DialError extends Error {
  override readonly name = "DialError";
  readonly code: DialErrorCode;

  constructor(code: DialErrorCode, reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.code = code;
  }
}

/** Makes a {@link DialError} of what the runtime threw while it connected. */
export function dialErrorOf(error: unknown): DialError {
  if (error instanceof DialError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const { errors } = Deno;
  const known = ([
    [errors.ConnectionRefused, "CONNECTION_REFUSED", "connection refused"],
    [errors.NotFound, "NO_SUCH_FILE", "no such file"],
    [errors.NotADirectory, "NO_SUCH_FILE", "no such file"],
    [errors.PermissionDenied, "NO_PERMISSION", "permission denied"],
    [errors.TimedOut, "UNREACHABLE", "no answer"],
    [errors.NetworkUnreachable, "UNREACHABLE", "network is unreachable"],
  ] as const).find(([kind]) => error instanceof kind);
  if (known !== undefined) return new DialError(known[1], known[2], { cause: error });
  if (/failed to lookup/.test(message)) return new DialError("NO_SUCH_HOST", "no such host");
  if (/SUN_LEN/.test(message)) {
    return new DialError("NO_SUCH_FILE", "the path of a Unix socket has at most 107 bytes");
  }
  if (/route to host/i.test(message)) return new DialError("UNREACHABLE", "no route to the host");
  return new DialError("OTHER", message.replace(/ \(os error \d+\)$/, ""), { cause: error });
}
