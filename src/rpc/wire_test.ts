import assert from "node:assert/strict";
import protobuf from "protobufjs";
import { forSeeds } from "../../tests/seeded.ts";
import { message, ProtobufError } from "./wire.ts";

const Part = message<{ readonly name: string; readonly size: number }>({
  name: { number: 1, type: "string" },
  size: { number: 2, type: "uint32" },
});

interface Whole {
  readonly text: string;
  readonly data: Uint8Array;
  readonly flag: boolean;
  readonly small: number;
  readonly positive: number;
  readonly big: bigint;
  readonly huge: bigint;
  readonly maybe?: number;
  readonly names: readonly string[];
  readonly part?: { readonly name: string; readonly size: number };
  readonly parts: readonly { readonly name: string; readonly size: number }[];
  readonly left?: string;
  readonly right?: { readonly name: string; readonly size: number };
  readonly numbers: readonly number[];
}

const Whole = message<Whole>({
  text: { number: 1, type: "string" },
  data: { number: 2, type: "bytes" },
  flag: { number: 3, type: "bool" },
  small: { number: 4, type: "int32" },
  positive: { number: 5, type: "uint32" },
  big: { number: 6, type: "int64" },
  huge: { number: 7, type: "uint64" },
  maybe: { number: 8, type: "int32", label: "optional" },
  names: { number: 9, type: "string", label: "repeated" },
  part: { number: 10, type: Part },
  parts: { number: 11, type: Part, label: "repeated" },
  left: { number: 100, type: "string", oneof: "side" },
  right: { number: 101, type: Part, oneof: "side" },
  numbers: { number: 12, type: "int32", label: "repeated" },
});

const empty: Whole = {
  text: "",
  data: new Uint8Array(),
  flag: false,
  small: 0,
  positive: 0,
  big: 0n,
  huge: 0n,
  names: [],
  parts: [],
  numbers: [],
};

const read = (hex: string) => Whole.decode(Uint8Array.fromHex(hex.replaceAll(" ", "")));

Deno.test("a message is written as the format says", () => {
  const cases: [Partial<Whole>, hex: string][] = [
    [{}, ""],
    [{ text: "é" }, "0a02c3a9"],
    [{ data: Uint8Array.of(0, 255) }, "120200ff"],
    [{ flag: true }, "1801"],
    [{ small: 300 }, "20ac02"],
    [{ small: -1 }, "20ffffffffffffffffff01"],
    [{ positive: 2 ** 32 - 1 }, "28ffffffff0f"],
    [{ big: -(2n ** 63n) }, "3080808080808080808001"],
    [{ big: 2n ** 63n - 1n }, "30ffffffffffffffff7f"],
    [{ huge: 2n ** 64n - 1n }, "38ffffffffffffffffff01"],
    [{ maybe: 0 }, "4000"],
    [{ names: ["a", "", "b"] }, "4a01614a004a0162"],
    [{ part: { name: "", size: 0 } }, "5200"],
    [{ part: { name: "x", size: 1 } }, "52050a01781001"],
    [{ parts: [{ name: "", size: 5 }, { name: "", size: 0 }] }, "5a0210055a00"],
    [{ left: "" }, "a20600"],
    [{ right: { name: "", size: 0 } }, "aa0600"],
    [{ numbers: [3, 270, 0] }, "6204038e0200"],
  ];
  for (const [values, hex] of cases) {
    const whole = { ...empty, ...values };
    assert.equal(Whole.encode(whole).toHex(), hex);
    assert.deepEqual(read(hex), whole);
  }
});

Deno.test("lengths of one, two and three bytes come out right", () => {
  for (const size of [127, 128, 129, 16_383, 16_384, 70_000]) {
    const whole = { ...empty, text: "x".repeat(size), part: { name: "ü".repeat(size), size } };
    assert.deepEqual(Whole.decode(Whole.encode(whole)), whole);
  }
});

Deno.test("a part that fills the buffer to its end keeps what it has", () => {
  const Holder = message<{ readonly whole: { readonly data: Uint8Array } }>({
    whole: { number: 1, type: message({ data: { number: 1, type: "bytes" } }) },
  });
  for (let size = 0; size < 2000; size++) {
    const holder = { whole: { data: new Uint8Array(size).fill(7) } };
    assert.deepEqual(Holder.decode(Holder.encode(holder)), holder);
  }
});

Deno.test("what is not known, or of another type than known, is passed over", () => {
  const cases = [
    "f00701",
    "f107 0102030405060708",
    "f207 03616263",
    "f507 01020304",
    "0801", // The text as a number.
    "2203616263", // The number as a text.
  ];
  for (const hex of cases) {
    assert.deepEqual(read(`2007 ${hex} 1801`), { ...empty, small: 7, flag: true });
  }
});

Deno.test("of fields that come twice the last counts, and messages are merged", () => {
  assert.deepEqual(read("2001 2002"), { ...empty, small: 2 });
  assert.deepEqual(read("52030a0178 52021005"), { ...empty, part: { name: "x", size: 5 } });
  assert.deepEqual(read("a20600 aa0600"), { ...empty, right: { name: "", size: 0 } });
  assert.deepEqual(read("aa0600 a20600"), { ...empty, left: "" });
});

Deno.test("repeated numbers are taken packed, one by one, and mixed", () => {
  for (const hex of ["6203010203", "6001 6002 6003", "6001 62020203", "6200 62020102 6003"]) {
    assert.deepEqual(read(hex), { ...empty, numbers: [1, 2, 3] });
  }
});

Deno.test("what is no message is refused", () => {
  const cases: [hex: string, code: ProtobufError["code"]][] = [
    ["0a", "truncated"],
    ["0a0261", "truncated"],
    ["0affffffff0f", "truncated"],
    ["20", "truncated"],
    ["2080", "truncated"],
    ["520220", "truncated"],
    ["52041002 0a05 6162636465", "truncated"], // A part's field reaches beyond the part.
    ["520120 01", "truncated"],
    ["f10701", "truncated"],
    ["620180 01", "truncated"], // A number reaches beyond its field.
    ["6202 01", "truncated"],
    ["20ffffffffffffffffffff01", "malformed"],
    ["0a01ff", "malformed"],
    ["0a03eda080", "malformed"],
    ["00", "malformed"],
    ["0b0c", "malformed"],
    ["0f", "malformed"],
    ["5a00".repeat((1 << 20) + 1), "too-large"],
  ];
  for (const [hex, code] of cases) {
    assert.throws(
      () => read(hex),
      (error) => error instanceof ProtobufError && error.code === code,
      hex.slice(0, 40),
    );
  }
});

Deno.test("garbage is read or refused, and nothing else happens", () => {
  const seed = Whole.encode({ ...empty, text: "abc", names: ["x"], part: { name: "y", size: 1 } });
  forSeeds(2000, (random) => {
    const bytes = random.chance()
      ? Uint8Array.from({ length: random.int(0, 40) }, () => random.int(0, 255))
      : seed.slice(0, random.int(0, seed.length));
    if (bytes.length > 0) bytes[random.int(0, bytes.length - 1)] = random.int(0, 255);
    try {
      Whole.decode(bytes);
    } catch (error) {
      assert.ok(error instanceof ProtobufError, String(error));
    }
  });
});

Deno.test("a number that does not fit is refused before it is written", () => {
  const cases: Partial<Whole>[] = [
    { small: 2 ** 31 },
    { small: 0.5 },
    { small: NaN },
    { positive: -1 },
    { positive: 2 ** 32 },
    { big: 2n ** 63n },
    { huge: -1n },
    { huge: 2n ** 64n },
  ];
  for (const values of cases) {
    assert.throws(() => Whole.encode({ ...empty, ...values }), RangeError);
  }
});

Deno.test("protobufjs writes 0 for a bigint unless it goes through fromObject", () => {
  const { root } = protobuf.parse('syntax = "proto3"; message A { int64 a = 1; }');
  const type = root.lookupType("A");
  const written = (value: object) =>
    type.toObject(type.decode(type.encode(value).finish()), { longs: String });
  assert.equal(written({ a: 5n })["a"] ?? "0", "0");
  assert.equal(written(type.fromObject({ a: "5" }))["a"], "5");
});
