import assert from "node:assert/strict";
import { decodeHuffman } from "./huffman.ts";
import { huffmanCodes } from "./huffman_code.ts";
import { encodeHuffman } from "./hpack_testing.ts";

Deno.test("the code has every octet once, and no code begins another", () => {
  const codes = huffmanCodes();
  assert.deepEqual(
    codes.map(({ symbol }) => symbol).toSorted((one, other) => one - other),
    Array.from({ length: 257 }, (_, symbol) => symbol),
  );
  const bits = codes.map(({ code, bits }) => code.toString(2).padStart(bits, "0")).toSorted();
  assert.equal(bits.some((each, index) => bits[index + 1]?.startsWith(each)), false);
});

Deno.test("codes are those of RFC 7541, appendix B", () => {
  const cases: [symbol: number, code: number, bits: number][] = [
    [0x00, 0x1ff8, 13],
    [0x0a, 0x3ffffffc, 30],
    [0x30, 0x0, 5],
    [0x7a, 0x7b, 7],
    [0x7f, 0xffffffc, 28],
    [0x80, 0xfffe6, 20],
    [0xff, 0x3ffffee, 26],
    [256, 0x3fffffff, 30],
  ];
  const codes = new Map(huffmanCodes().map((each) => [each.symbol, each]));
  for (const [symbol, code, bits] of cases) {
    assert.deepEqual(codes.get(symbol), { symbol, code, bits });
  }
});

Deno.test("every octet comes back, alone, after any other, and in a long string", () => {
  const octets = Array.from({ length: 256 }, (_, octet) => String.fromCharCode(octet));
  const pairs = octets.flatMap((one) => octets.map((other) => one + other));
  for (const text of ["", ...octets, ...pairs, octets.join("").repeat(20)]) {
    const code = encodeHuffman(text);
    assert.equal(decodeHuffman(code, 0, code.length), text);
  }
});
