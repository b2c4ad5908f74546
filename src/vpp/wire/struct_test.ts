import assert from "node:assert/strict";
import { u16, u32, u8 } from "./scalars.ts";
import { fixedString, string } from "./strings.ts";
import { array, count, list, snakeCase, struct } from "./struct.ts";
import { assertWireError, read, written } from "./testing.ts";

const pair = struct("vl_api_pair_t", { left: u8, rightSide: u16 });
const pairs = struct("pairs", { nPairs: count(u8), src: u8, pairs: list(pair, "n_pairs") });

Deno.test("the members of a structure follow each other without gaps", () => {
  assert.equal(pair.size, 3);
  assert.equal(written(pair, { left: 1, rightSide: 2 }), "010002");
  assert.deepEqual(read(pair, "010002"), { left: 1, rightSide: 2 });
});

Deno.test("a list tells its count, even where a member stands between the two", () => {
  const value = { src: 9, pairs: [{ left: 1, rightSide: 2 }, { left: 3, rightSide: 4 }] };
  assert.equal(written(pairs, value), "0209010002030004");
  assert.deepEqual(read(pairs, "0209010002030004"), value);
  assert.deepEqual(read(pairs, "0009"), { src: 9, pairs: [] });
});

Deno.test("lists within lists keep their counts apart", () => {
  const type = struct("outer", { count: count(u8), lists: list(pairs, "count") });
  const value = { lists: [{ src: 1, pairs: [{ left: 7, rightSide: 8 }] }, { src: 2, pairs: [] }] };
  const hex = "02" + "0101070008" + "0002";
  assert.equal(written(type, value), hex);
  assert.deepEqual(read(type, hex), value);
});

Deno.test("a count that claims more than there is is refused before anything is made", () => {
  const many = struct("many", { count: count(u32), names: list(fixedString(64), "count") });
  const message = "names: claims 4294967295 items of 64 bytes, 2 bytes left";
  assertWireError(() => read(many, "ffffffff0000"), "bad-length", message);
});

Deno.test("more items than the count can say are refused", () => {
  const tooMany = Array.from({ length: 256 }, () => ({ left: 0, rightSide: 0 }));
  const action = () => written(pairs, { src: 0, pairs: tooMany });
  assertWireError(action, "bad-value", "n_pairs: 256 is no u8");
});

Deno.test("an array of fixed length has that length", () => {
  const type = array(pair, 2);
  const value = [{ left: 1, rightSide: 2 }, { left: 3, rightSide: 4 }];
  assert.equal(written(type, value), "010002030004");
  assert.deepEqual(read(type, "010002030004"), value);
  const message = "1 items where there must be 2";
  assertWireError(() => written(type, value.slice(1)), "bad-value", message);
});

Deno.test("an error names the place in VPP's spelling", () => {
  const outer = struct("outer", { asPair: pair, note: string });
  const action = () => written(outer, { asPair: { left: 1, rightSide: -1 }, note: "" });
  assertWireError(action, "bad-value", "as_pair.right_side: -1 is no u16");
  assertWireError(() => read(outer, "0100"), "short", "as_pair.right_side: 2 bytes wanted, 1 left");
});

Deno.test("a count without its list is a mistake in the declaration", () => {
  assert.throws(() => struct("pairs", { nPairs: count(u8), pairs: u8 }), TypeError);
});

Deno.test("the debug log shows the first items, and how many more there are", () => {
  const value = Array.from({ length: 6 }, (_, index) => index);
  assert.deepEqual(list(u8, "count").plain(value), [0, 1, 2, 3, "and 2 more"]);
  assert.deepEqual(list(u8, "count").plain(value.slice(2)), [2, 3, 4, 5]);
});

Deno.test("names are VPP's in snake case", () => {
  const rows = { pfx: "pfx", asAddress: "as_address", ip4SrcAddress: "ip4_src_address" };
  for (const [name, expected] of Object.entries(rows)) assert.equal(snakeCase(name), expected);
});
