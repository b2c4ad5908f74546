/**
 * How a call of gRPC can end.
 *
 * @module
 */

/** The codes, by their numbers. */
export const statusCodes = [
  "OK",
  "CANCELLED",
  "UNKNOWN",
  "INVALID_ARGUMENT",
  "DEADLINE_EXCEEDED",
  "NOT_FOUND",
  "ALREADY_EXISTS",
  "PERMISSION_DENIED",
  "RESOURCE_EXHAUSTED",
  "FAILED_PRECONDITION",
  "ABORTED",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "INTERNAL",
  "UNAVAILABLE",
  "DATA_LOSS",
  "UNAUTHENTICATED",
] as const;

/** How a call ended. */
export type StatusCode = typeof statusCodes[number];

/** A call did not end well. What handlers throw is told to the client as it is. */
export class RpcError extends Error {
  override readonly name = "RpcError";
  readonly code: Exclude<StatusCode, "OK">;

  constructor(code: Exclude<StatusCode, "OK">, message: string) {
    super(message);
    this.code = code;
  }
}

/** Nobody answers, or who answers is no server. */
export class UnreachableError extends Error {
  override readonly name = "UnreachableError";
  readonly code = "UNREACHABLE";
}
