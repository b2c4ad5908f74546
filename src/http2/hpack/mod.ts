/**
 * HPACK: how HTTP/2 compresses headers (RFC 7541).
 *
 * @module
 */

export { type DecodedHeaders, type HpackDecoder, hpackDecoder } from "./decoder.ts";
export type { HpackDecoderOptions } from "./decoder.ts";
export { encodeHeaders } from "./encoder.ts";
export type { Header } from "./header.ts";
export { HpackError } from "./hpack_error.ts";
