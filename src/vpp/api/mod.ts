/**
 * A client of VPP's binary API.
 *
 * @module
 */

export { ApiError, type ApiErrorCode } from "./api_error.ts";
export { connectApi, type ConnectOptions, defaultApiPath, openUnix } from "./connect.ts";
export { type ApiCaller, ApiConnection, type CallOptions } from "./connection.ts";
export type { Transport } from "./message_stream.ts";
export {
  type ApiCount,
  type ApiCounters,
  type ApiObserver,
  countMessages,
  logMessages,
  observers,
} from "./observer.ts";
