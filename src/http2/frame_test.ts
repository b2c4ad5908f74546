import assert from "node:assert/strict";
import { errorCodeOf } from "./error_code.ts";
import {
  encodeFrame,
  goAwayFrame,
  preface,
  readUint31,
  readUint32,
  resetFrame,
  windowUpdateFrame,
} from "./frame.ts";

const text = (content: string) => new TextEncoder().encode(content);

Deno.test("frames are written as RFC 9113 draws them", () => {
  const cases: [what: string, frame: Uint8Array, hex: string][] = [
    ["empty settings", encodeFrame("settings", 0), "000000 04 00 00000000"],
    [
      "data",
      encodeFrame("data", 5, { flags: 1, payload: text("hi") }),
      "000002 00 01 00000005 6869",
    ],
    ["the last stream", encodeFrame("headers", 2 ** 31 - 1), "000000 01 00 7fffffff"],
    ["a reset", resetFrame(3, "CANCEL"), "000004 03 00 00000003 00000008"],
    ["a window update", windowUpdateFrame(0, 0x01020304), "000004 08 00 00000000 01020304"],
    [
      "a goodbye",
      goAwayFrame(7, "ENHANCE_YOUR_CALM", "no"),
      "00000a 07 00 00000000 00000007 0000000b 6e6f",
    ],
  ];
  for (const [what, frame, hex] of cases) {
    assert.equal(frame.toHex(), hex.replaceAll(" ", ""), what);
  }
  assert.equal(encodeFrame("data", 1, { payload: new Uint8Array(70_000) })[0], 1);
});

Deno.test("a goodbye gives at most 256 letters of its reason", () => {
  assert.equal(goAwayFrame(0, "NO_ERROR", "x".repeat(10_000)).length, 9 + 8 + 256);
});

Deno.test("the preface is the one of the RFC", () => {
  assert.equal(preface.toHex(), "505249202a20485454502f322e300d0a0d0a534d0d0a0d0a");
});

Deno.test("numbers are read unsigned, and without the reserved bit where there is one", () => {
  const bytes = Uint8Array.fromHex("00ffffffff");
  assert.deepEqual([readUint32(bytes, 1), readUint31(bytes, 1)], [0xffff_ffff, 0x7fff_ffff]);
});

Deno.test("a code that nobody knows is an internal error", () => {
  assert.deepEqual([0, 8, 13, 14, 2 ** 32 - 1].map(errorCodeOf), [
    ...["NO_ERROR", "CANCEL", "HTTP_1_1_REQUIRED", "INTERNAL_ERROR", "INTERNAL_ERROR"],
  ]);
});
