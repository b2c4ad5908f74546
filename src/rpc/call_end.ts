/**
 * How a call ends, as its caller and the counters hear of it.
 *
 * @module
 */

import { ConnectionError, type Header, StreamError } from "../http2/mod.ts";
import { RpcError, type StatusCode, statusCodes } from "./status.ts";
import { encodeStatusMessage } from "./status_message.ts";
import { ProtobufError } from "./wire.ts";

/** How a call ends. */
export interface CallEnd {
  readonly code: StatusCode;
  /** One line for people; empty if it went well. */
  readonly message: string;
}

/** How a call ends that threw; undefined = by a fault of ours. */
export function endOfError(error: unknown): CallEnd | undefined {
  if (error instanceof RpcError) return { code: error.code, message: error.message };
  if (error instanceof ProtobufError) {
    return { code: "INVALID_ARGUMENT", message: `the message cannot be read: ${error.message}` };
  }
  if (error instanceof StreamError || error instanceof ConnectionError) {
    return { code: "CANCELLED", message: error.message };
  }
  return undefined;
}

/** The headers that tell how a call ends. */
export function statusHeaders({ code, message }: CallEnd): readonly Header[] {
  const status: Header = ["grpc-status", String(statusCodes.indexOf(code))];
  return message === "" ? [status] : [status, ["grpc-message", encodeStatusMessage(message)]];
}
