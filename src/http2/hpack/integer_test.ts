import assert from "node:assert/strict";
import { readInteger, writeInteger } from "./integer.ts";

Deno.test("an integer fills its prefix, then octets of seven bits", () => {
  const cases: [value: number, prefixBits: number, flags: number, hex: string][] = [
    [10, 5, 0x00, "0a"], // RFC 7541, C.1.1
    [1_337, 5, 0xe0, "ff9a0a"], // C.1.2
    [42, 8, 0x00, "2a"], // C.1.3
    [30, 5, 0x20, "3e"],
    [31, 5, 0x20, "3f00"],
    [158, 5, 0x20, "3f7f"],
    [159, 5, 0x20, "3f8001"],
    [127, 7, 0x80, "ff00"],
    [2 ** 31, 7, 0x00, "7f81ffffff07"],
    [2 ** 35 + 126, 7, 0x00, "7fffffffff7f"],
  ];
  for (const [value, prefixBits, flags, hex] of cases) {
    const written = { bytes: new Uint8Array(8), position: 0 };
    writeInteger(written, { flags, prefixBits }, value);
    assert.equal(written.bytes.subarray(0, written.position).toHex(), hex);

    const read = { bytes: Uint8Array.fromHex(hex), position: 0 };
    assert.equal(readInteger(read, prefixBits), value);
    assert.equal(read.position, read.bytes.length);
  }
});
