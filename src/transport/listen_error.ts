/**
 * Why an address cannot be listened on, in words for who chose it.
 *
 * @module
 */

/** What stands in the way; `OTHER` is for what the system says and nobody foresaw. */
export type ListenErrorCode =
  | "IN_USE"
  | "NOT_OF_THIS_MACHINE"
  | "NO_PERMISSION"
  | "NO_DIRECTORY"
  | "NO_SOCKET"
  | "PATH_TOO_LONG"
  | "OTHER";

/** An address cannot be listened on. */
export class ListenError extends Error {
  override readonly name = "ListenError";
  readonly code: ListenErrorCode;

  /** `where` is the address, and what is to be served there if that is not plain. */
  constructor(where: string, code: ListenErrorCode, reason: string) {
    super(`cannot listen on ${where}: ${reason}`);
    this.code = code;
  }
}

/** Makes a {@link ListenError} of what the runtime threw; one that is one already stays as it is. */
export function listenErrorOf(where: string, error: unknown): ListenError {
  if (error instanceof ListenError) return error;
  const [code, reason] = explain(error, where.startsWith("unix:"));
  return new ListenError(where, code, reason);
}

function explain(error: unknown, isUnix: boolean): readonly [ListenErrorCode, string] {
  const { errors } = Deno;
  if (error instanceof errors.AddrInUse) {
    return ["IN_USE", isUnix ? "the path is in use" : "the port is in use"];
  }
  if (error instanceof errors.AddrNotAvailable) {
    return ["NOT_OF_THIS_MACHINE", "the address is none of this machine"];
  }
  if (error instanceof errors.PermissionDenied) {
    return ["NO_PERMISSION", isUnix ? "no permission to write there" : "no permission"];
  }
  if (error instanceof errors.NotFound || error instanceof errors.NotADirectory) {
    return ["NO_DIRECTORY", "there is no such directory"];
  }
  const message = error instanceof Error ? error.message : String(error);
  if (/SUN_LEN/.test(message)) {
    return ["PATH_TOO_LONG", "the path of a Unix socket has at most 107 bytes"];
  }
  if (/failed to lookup/.test(message)) return ["NOT_OF_THIS_MACHINE", "there is no such host"];
  return ["OTHER", message];
}
