/**
 * HTTP/2 (RFC 9113) as gRPC needs it, for either end of a connection: without pushes, priorities and
 * upgrades. It is our own because that of the runtime frees what it still uses.
 *
 * @module
 */

export { type Http2Connection, type Http2ConnectionOptions, startHttp2 } from "./connection.ts";
export { ConnectionError, type ErrorCode, StreamError } from "./error_code.ts";
export { valueOf } from "./head.ts";
export type { Header } from "./hpack/mod.ts";
export type { Http2Stream } from "./stream.ts";
