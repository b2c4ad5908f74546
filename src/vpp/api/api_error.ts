/**
 * The one error of this room.
 *
 * @module
 */

/**
 * What went wrong, in a word that stays the same:
 *
 * - `unreachable`: nobody listens on the socket, or we may not connect to it.
 * - `refused`: VPP does not want this client.
 * - `closed`: the connection ended, by VPP's end or by ours.
 * - `not-responding`: no answer in time; VPP may be busy or stopped. The connection stays.
 * - `unanswered`: VPP answered what was sent later, so it never will answer this.
 * - `unknown-message`: this VPP has no such message.
 * - `other-layout`: this VPP has the message with other fields than are known here.
 * - `protocol`: VPP sent what is no message. The connection is closed.
 * - `aborted`: the caller does not want the answer any more.
 * - `overloaded`: too many calls wait already.
 */
export type ApiErrorCode =
  | "unreachable"
  | "refused"
  | "closed"
  | "not-responding"
  | "unanswered"
  | "unknown-message"
  | "other-layout"
  | "protocol"
  | "aborted"
  | "overloaded";

/** A call that was not answered, or a connection that could not be made or kept. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: ApiErrorCode;

  constructor(code: ApiErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
