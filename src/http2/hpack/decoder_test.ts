import assert from "node:assert/strict";
import { forSeeds } from "../../../tests/seeded.ts";
import { type Header, headerSize } from "./header.ts";
import { randomHeader, randomSender } from "./hpack_testing.ts";
import { hpackDecoder, HpackError } from "./mod.ts";

const options = { maxTableSize: 4_096, maxListSize: 16_384 };
const bytes = (hex: string) => Uint8Array.fromHex(hex.replaceAll(" ", ""));
const decoderAfter = (hexes: readonly string[], limits = options) => {
  const decoder = hpackDecoder(limits);
  for (const hex of hexes) decoder.decode(bytes(hex));
  return decoder;
};
const decode = (hex: string, limits = options) => hpackDecoder(limits).decode(bytes(hex));

const code = (expected: HpackError["code"]) => (error: unknown) =>
  error instanceof HpackError && error.code === expected;

const customHeader = "400a637573746f6d2d6b65790d637573746f6d2d686561646572";
const longValue: Header = ["", "a".repeat(127)];

Deno.test("a header is read from any kind of representation", () => {
  const cases: [what: string, hex: string, header: Header, isRemembered: boolean][] = [
    ["with indexing (C.2.1)", customHeader, ["custom-key", "custom-header"], true],
    ["without indexing (C.2.2)", "040c2f73616d706c652f70617468", [":path", "/sample/path"], false],
    ["never indexed (C.2.3)", "100870617373776f726406736563726574", ["password", "secret"], false],
    ["indexed (C.2.4)", "82", [":method", "GET"], false],
    ["the last static one", "bd", ["www-authenticate", ""], false],
    ["empty name and value", "00 00 00", ["", ""], false],
    ["empty, by Huffman", "00 80 80", ["", ""], false],
    ["all octets as they are", "00 01 80 02 9f ff", ["\x80", "\x9f\xff"], false],
    ["a length of six octets", `00 00 7f 80 80 80 80 00 ${"61".repeat(127)}`, longValue, false],
  ];
  for (const [what, hex, header, isRemembered] of cases) {
    assert.deepEqual(decode(hex), { headers: [header], isTooLarge: false }, what);
    const again = () => decoderAfter([hex]).decode(bytes("be")).headers;
    if (isRemembered) assert.deepEqual(again(), [header], what);
    else assert.throws(again, code("bad-index"), what);
  }
});

interface Step {
  readonly plain: string;
  readonly huffman: string;
  readonly headers: readonly Header[];
  readonly table: readonly Header[];
  readonly tableSize: number;
}

const authority: Header = [":authority", "www.example.com"];
const noCache: Header = ["cache-control", "no-cache"];
const custom: Header = ["custom-key", "custom-value"];

const requests: readonly Step[] = [
  {
    plain: "828684410f7777772e6578616d706c652e636f6d",
    huffman: "828684418cf1e3c2e5f23a6ba0ab90f4ff",
    headers: [[":method", "GET"], [":scheme", "http"], [":path", "/"], authority],
    table: [authority],
    tableSize: 57,
  },
  {
    plain: "828684be58086e6f2d6361636865",
    huffman: "828684be5886a8eb10649cbf",
    headers: [[":method", "GET"], [":scheme", "http"], [":path", "/"], authority, noCache],
    table: [noCache, authority],
    tableSize: 110,
  },
  {
    plain: "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565",
    huffman: "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf",
    headers: [
      ...[[":method", "GET"], [":scheme", "https"], [":path", "/index.html"]] as const,
      ...[authority, custom],
    ],
    table: [custom, noCache, authority],
    tableSize: 164,
  },
];

const found: Header = [":status", "302"];
const redirect: Header = [":status", "307"];
const secret: Header = ["cache-control", "private"];
const date: Header = ["date", "Mon, 21 Oct 2013 20:13:21 GMT"];
const later: Header = ["date", "Mon, 21 Oct 2013 20:13:22 GMT"];
const location: Header = ["location", "https://www.example.com"];
const gzip: Header = ["content-encoding", "gzip"];
const cookie: Header = [
  "set-cookie",
  "foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1",
];

/** The examples begin with a table of 256 octets, which here the first block says. */
const setTo256 = "3fe101";

const responses: readonly Step[] = [
  {
    plain: `${setTo256}4803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a31` +
      "333a323120474d546e1768747470733a2f2f7777772e6578616d706c652e636f6d",
    huffman: `${setTo256}488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff` +
      "6e919d29ad171863c78f0b97c8e9ae82ae43d3",
    headers: [found, secret, date, location],
    table: [location, date, secret, found],
    tableSize: 222,
  },
  {
    plain: "4803333037c1c0bf",
    huffman: "4883640effc1c0bf",
    headers: [redirect, secret, date, location],
    table: [redirect, location, date, secret],
    tableSize: 222,
  },
  {
    plain: "88c1611d4d6f6e2c203231204f637420323031332032303a31333a323220474d54c05a04677a697077" +
      "38666f6f3d4153444a4b48514b425a584f5157454f50495541585157454f49553b206d61782d6167653d33" +
      "3630303b2076657273696f6e3d31",
    huffman: "88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2" +
      "e6c7b335dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007",
    headers: [[":status", "200"], secret, later, location, gzip, cookie],
    table: [cookie, gzip, later],
    tableSize: 215,
  },
];

for (
  const [section, steps, coding] of [
    ["C.3", requests, "plain"],
    ["C.4", requests, "huffman"],
    ["C.5", responses, "plain"],
    ["C.6", responses, "huffman"],
  ] as const
) {
  Deno.test(`the blocks of RFC 7541, ${section}, have the headers and leave the table it says`, () => {
    steps.forEach(({ headers, table, tableSize }, index) => {
      const before = steps.slice(0, index).map((step) => step[coding]);
      const block = steps[index]?.[coding] ?? "";
      assert.deepEqual(decoderAfter(before).decode(bytes(block)), { headers, isTooLarge: false });

      const indexes = Uint8Array.from(table, (_, age) => 0x80 + 62 + age);
      const after = decoderAfter([...before, block]);
      assert.deepEqual(after.decode(indexes).headers, table);
      assert.equal(table.reduce((sum, header) => sum + headerSize(header), 0), tableSize);
      const beyond = Uint8Array.of(0x80 + 62 + table.length);
      assert.throws(() => after.decode(beyond), code("bad-index"));
    });
  });
}

Deno.test("what breaks the format is told by its code", () => {
  const cases: [what: string, hex: string, code: HpackError["code"]][] = [
    ["an index that ends early", "ff", "truncated"],
    ["an index that ends early again", "ff 80", "truncated"],
    ["no string after a literal", "00", "truncated"],
    ["no value after a name", "00 01 61", "truncated"],
    ["a length that ends early", "00 7f", "truncated"],
    ["a string longer than the block", "00 02 61", "truncated"],
    ["a string of gigabytes", "00 7f ff ff ff ff 7f", "truncated"],
    ["a coded string longer than the block", "00 82 ff", "truncated"],
    ["a size update that ends early", "3f", "truncated"],
    ["an index of seven octets", "ff 80 80 80 80 80 00", "bad-integer"],
    ["a length without end", `00 7f ${"ff".repeat(20)}`, "bad-integer"],
    ["index 0", "80", "bad-index"],
    ["the first index beyond the tables", "be", "bad-index"],
    ["a name beyond the tables", "7e 00", "bad-index"],
    ["a name beyond the tables, not to be indexed", "0f 2f 00", "bad-index"],
    ["an index that overflows 32 bits", "ff ff ff ff ff 7f", "bad-index"],
    ["padding of eight ones", "00 81 ff 00", "bad-huffman"],
    ["padding of eight ones after an octet", "00 82 1f ff 00", "bad-huffman"],
    ["padding of zeros", "00 81 18 00", "bad-huffman"],
    ["padding that is not all ones", "00 81 1e 00", "bad-huffman"],
    ["the end of the string", "00 84 ff ff ff ff 00", "bad-huffman"],
    ["the end of the string after an octet", "00 85 1f ff ff ff ff 00", "bad-huffman"],
    ["the code of an octet cut short", "00 82 ff c0 00", "bad-huffman"],
    ["a size update above the limit", "3f e2 1f", "bad-size-update"],
    ["a second size update above the limit", "20 3f e2 1f", "bad-size-update"],
    ["a size update after a header", "82 20", "bad-size-update"],
  ];
  for (const [what, hex, expected] of cases) {
    assert.throws(() => decode(hex), code(expected), what);
  }
});

Deno.test("a block may be empty, or have nothing but size updates", () => {
  for (const hex of ["", "20", "20 3f e1 1f"]) {
    assert.deepEqual(decode(hex), { headers: [], isTooLarge: false });
  }
});

Deno.test("a size update forgets what no longer fits, and 0 forgets all", () => {
  const add = "40 01 61 01 62"; // 34 octets of the table
  assert.throws(() => decoderAfter([add, "20 3f e1 1f"]).decode(bytes("be")), code("bad-index"));
  assert.throws(() => decoderAfter([add, add, "3f 03"]).decode(bytes("bf")), code("bad-index"));
  assert.deepEqual(decoderAfter([add, add, "3f 03"]).decode(bytes("be")).headers, [["a", "b"]]);
});

Deno.test("a header larger than the table empties it", () => {
  const huge = `40 01 61 7f 81 1f ${"62".repeat(4_096)}`; // a value of 4,096 octets
  const decoder = decoderAfter(["40 01 61 01 62"]);
  assert.equal(decoder.decode(bytes(huge)).headers[0]?.[1].length, 4_096);
  assert.throws(() => decoder.decode(bytes("be")), code("bad-index"));
});

Deno.test("a name may be that of the header which makes room for it", () => {
  const full = `3f 03 40 01 61 01 62`; // a table of 34 octets, and a header that fills it
  const { headers } = decode(`${full} 7e 01 63 be`);
  assert.deepEqual(headers, [["a", "b"], ["a", "c"], ["a", "c"]]);
});

Deno.test("a list of the largest size passes, and one octet more is told apart", () => {
  const limits = { maxTableSize: 4_096, maxListSize: 84 };
  assert.deepEqual(decode("82 82", limits).isTooLarge, false);
  assert.deepEqual(decode("82 83", limits), { headers: [[":method", "GET"]], isTooLarge: true });
});

Deno.test("a list that is too large is read to its end, so the table stays right", () => {
  const decoder = hpackDecoder({ maxTableSize: 4_096, maxListSize: 100 });
  const large = decoder.decode(bytes(`82 82 82 40 01 61 01 62`));
  assert.deepEqual(large, { headers: Array(2).fill([":method", "GET"]), isTooLarge: true });
  assert.deepEqual(decoder.decode(bytes("be")).headers, [["a", "b"]]);
  assert.throws(() => decoder.decode(bytes("82 82 82 80")), code("bad-index"));
});

Deno.test("many references to one large header take no memory", () => {
  const decoder = decoderAfter([`40 01 61 7f a1 1e ${"62".repeat(4_000)}`]);
  const bomb = decoder.decode(new Uint8Array(65_536).fill(0xbe));
  assert.equal(bomb.headers.length, 4);
  assert.equal(bomb.isTooLarge, true);
});

Deno.test("whatever way a sender chooses, its headers arrive", () => {
  forSeeds(200, (random) => {
    const maxTableSize = random.pick([0, 100, 4_096, 10_000]);
    const sender = randomSender(random, maxTableSize);
    const decoder = hpackDecoder({ maxTableSize, maxListSize: 1e6 });
    for (let block = 0; block < 20; block++) {
      const headers = Array.from({ length: random.int(0, 12) }, () => randomHeader(random));
      const decoded = decoder.decode(sender.encode(headers));
      assert.deepEqual(decoded, { headers, isTooLarge: false });
    }
  });
});

Deno.test("random bytes are headers or an error of ours", () => {
  forSeeds(2_000, (random) => {
    const decoder = hpackDecoder(options);
    const block = Uint8Array.from({ length: random.int(0, 300) }, () => random.int(0, 255));
    try {
      decoder.decode(block);
    } catch (error) {
      assert.ok(error instanceof HpackError, String(error));
    }
  });
});
