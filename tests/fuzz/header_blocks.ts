/**
 * Blocks of headers in HPACK.
 *
 * @module
 */

import assert from "node:assert/strict";
import { encodeHeaders, hpackDecoder, HpackError } from "../../src/http2/hpack/mod.ts";
import { randomSender } from "../../src/http2/hpack/hpack_testing.ts";
import type { Header } from "../../src/http2/hpack/mod.ts";
import { type FuzzTarget, orError } from "./target.ts";

const words = [
  "",
  "a",
  ":path",
  "/",
  "te",
  "content-type",
  "\u0000\u00ff",
  "x".repeat(200),
  "grpc-status",
];

/** Blocks one after another: two bytes say how long the next one is. */
export const headerBlocks: FuzzTarget = {
  name: "header-blocks",
  corpus: [],
  invent(random) {
    const sender = randomSender(random, 4_096);
    const block = () => {
      const headers = Array.from({ length: random.int(0, 8) }, (): Header => [
        random.pick(words),
        random.pick(words),
      ]);
      const bytes = sender.encode(headers);
      return [bytes.length >> 8, bytes.length & 0xff, ...bytes];
    };
    return Uint8Array.from(Array.from({ length: random.int(1, 5) }, block).flat());
  },
  tries: 800,
  run(input) {
    const decoder = hpackDecoder({ maxTableSize: 4_096, maxListSize: 16_384 });
    const lists: unknown[] = [];
    for (let at = 0; at + 2 <= input.length;) {
      const length = (input[at] ?? 0) << 8 | (input[at + 1] ?? 0);
      const block = input.slice(at + 2, at + 2 + length);
      at += 2 + length;
      const decoded = orError(HpackError, () => decoder.decode(block));
      if (decoded instanceof HpackError) return [...lists, decoded.code];
      const { headers, isTooLarge } = decoded;
      const size = headers.reduce((sum, [name, value]) => sum + name.length + value.length + 32, 0);
      assert.ok(size <= 16_384);
      const fresh = hpackDecoder({ maxTableSize: 4_096, maxListSize: 16_384 });
      assert.deepEqual(fresh.decode(encodeHeaders(headers)), { headers, isTooLarge: false });
      lists.push(headers, isTooLarge);
    }
    return lists;
  },
};
