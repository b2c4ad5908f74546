import assert from "node:assert/strict";
import { forSeeds } from "../../../tests/seeded.ts";
import { randomHeader } from "./hpack_testing.ts";
import { encodeHeaders, type Header, hpackDecoder } from "./mod.ts";

Deno.test("a header is an index, a name by its index, or written out", () => {
  const cases: [what: string, header: Header, hex: string][] = [
    ["a whole header of the static table", [":status", "200"], "88"],
    ["one without a value", ["www-authenticate", ""], "bd"],
    ["a name whose index fits the prefix", [":status", "302"], "08 03 333032"],
    ["a name whose index does not", ["content-type", "x"], "0f10 01 78"],
    ["a name of no table", ["a", "b"], "00 01 61 01 62"],
    ["octets beyond ASCII", ["a", "\x80\xff"], "00 01 61 02 80ff"],
    ["nothing", ["", ""], "00 00 00"],
  ];
  for (const [what, header, hex] of cases) {
    assert.equal(encodeHeaders([header]).toHex(), hex.replaceAll(" ", ""), what);
  }
  assert.equal(encodeHeaders([]).length, 0);
});

Deno.test("what is no octet is refused, not cut to one", () => {
  assert.throws(() => encodeHeaders([["a", "ĊĊ"]]), RangeError);
});

Deno.test("what is encoded decodes, and no block needs another", () => {
  forSeeds(200, (random) => {
    const headers = Array.from({ length: random.int(0, 30) }, () => randomHeader(random));
    const block = encodeHeaders(headers);
    const decoder = hpackDecoder({ maxTableSize: 0, maxListSize: 1e6 });
    for (let times = 0; times < 2; times++) {
      assert.deepEqual(decoder.decode(block), { headers, isTooLarge: false });
    }
  });
});
