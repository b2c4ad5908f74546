/**
 * Why a stream or a whole connection of HTTP/2 ends before its time.
 *
 * @module
 */

/** The codes, by their numbers (RFC 9113, section 7). */
export const errorCodes = [
  "NO_ERROR",
  "PROTOCOL_ERROR",
  "INTERNAL_ERROR",
  "FLOW_CONTROL_ERROR",
  "SETTINGS_TIMEOUT",
  "STREAM_CLOSED",
  "FRAME_SIZE_ERROR",
  "REFUSED_STREAM",
  "CANCEL",
  "COMPRESSION_ERROR",
  "CONNECT_ERROR",
  "ENHANCE_YOUR_CALM",
  "INADEQUATE_SECURITY",
  "HTTP_1_1_REQUIRED",
] as const;

/** Why something ended. */
export type ErrorCode = typeof errorCodes[number];

/** The code of a number; one that nobody knows is an internal error of the other end. */
export function errorCodeOf(number: number): ErrorCode {
  return errorCodes[number] ?? "INTERNAL_ERROR";
}

/** The connection cannot go on: the other end does not keep to the protocol, or has gone. */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** A stream cannot go on; the others of its connection can. */
export class StreamError extends Error {
  override readonly name = "StreamError";
  readonly code: ErrorCode;
  /** Whether the other end said so. */
  readonly isRemote: boolean;

  constructor(code: ErrorCode, message: string, { isRemote = false } = {}) {
    super(message);
    this.code = code;
    this.isRemote = isRemote;
  }
}
