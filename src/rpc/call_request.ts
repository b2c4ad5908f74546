/**
 * What the head of a request asks for.
 *
 * @module
 */

import { type Header, valueOf } from "../http2/mod.ts";
import { parseTimeout } from "./timeout.ts";
import { RpcError } from "./status.ts";

/** A call that can be answered with a status of gRPC. */
export interface CallRequest {
  /** Such as `/maglev.Maglev/GetBackend`. */
  readonly path: string;
  /** How long the caller waits; undefined = for ever. */
  readonly timeoutMs: number | undefined;
}

/** The status of HTTP for a request that is no call; undefined = it is one. */
export function httpProblem(head: readonly Header[]): number | undefined {
  if (valueOf(head, ":method") !== "POST") return 405;
  const type = valueOf(head, "content-type") ?? "";
  return /^application\/grpc(\+proto)?(;|$)/i.test(type) ? undefined : 415;
}

/**
 * Reads the head of a call.
 *
 * @throws {RpcError} It asks for what there is not.
 */
export function readCallRequest(head: readonly Header[]): CallRequest {
  const path = valueOf(head, ":path") ?? "";
  const encoding = valueOf(head, "grpc-encoding") ?? "identity";
  if (encoding !== "identity") {
    throw new RpcError("UNIMPLEMENTED", "messages must not be compressed");
  }
  const timeout = valueOf(head, "grpc-timeout");
  const timeoutMs = timeout === undefined ? undefined : parseTimeout(timeout);
  if (timeout !== undefined && timeoutMs === undefined) {
    throw new RpcError("INTERNAL", "grpc-timeout is no time: up to 8 digits and a unit are");
  }
  return { path, timeoutMs };
}
