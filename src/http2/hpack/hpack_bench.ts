/**
 * What it costs to decode the head of a request and to encode that of its answer, as each call does.
 *
 * @module
 */

import { encodeHuffman } from "./hpack_testing.ts";
import { encodeHeaders, type Header, hpackDecoder } from "./mod.ts";

const answer: readonly Header[] = [[":status", "200"], ["content-type", "application/grpc"]];
const trailers: readonly Header[] = [["grpc-status", "0"], ["grpc-message", ""]];

/** A literal that is to be remembered: a name of the static table or one written out, and a value. */
const remember = (name: number | string, value: string) => [
  ...(typeof name === "number" ? [0x40 + name] : [0x40, ...coded(name)]),
  ...coded(value),
];
const coded = (text: string) => [0x80 + encodeHuffman(text).length, ...encodeHuffman(text)];

const first = Uint8Array.of(
  ...[0x83, 0x86], // :method POST, :scheme http
  ...remember(4, "/maglev.v1.Maglev/ListFrontends"),
  ...remember(1, "127.0.0.1:9090"),
  ...remember(31, "application/grpc"),
  ...remember(58, "grpc-go/1.75.0"),
  ...remember("te", "trailers"),
  ...remember("grpc-accept-encoding", "gzip"),
  ...remember("grpc-timeout", "4999871u"),
);
/** The same again, but that the timeout is another. */
const again = Uint8Array.of(
  ...[0x83, 0x86, 0xc4, 0xc3, 0xc2, 0xc1, 0xc0, 0xbf],
  ...[0x0f, 0x2f, ...coded("4999902u")],
);

const limits = { maxTableSize: 4_096, maxListSize: 16_384 };
const decoder = hpackDecoder(limits);
decoder.decode(first);

Deno.bench("hpack: decode a request's 9 headers, 8 of them indexed", () => {
  decoder.decode(again);
});

Deno.bench("hpack: decode a connection's first request, 7 of 9 headers written out", () => {
  hpackDecoder(limits).decode(first);
});

Deno.bench("hpack: encode an answer's headers and trailers", () => {
  encodeHeaders(answer);
  encodeHeaders(trailers);
});
