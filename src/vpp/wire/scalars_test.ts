import assert from "node:assert/strict";
import { bool, f64, hostOrderU16, hostOrderU32, i32, u16, u32, u64, u8 } from "./scalars.ts";
import { assertWireError, read, written } from "./testing.ts";
import { declaredAs, type WireType } from "./wire_type.ts";

function row<T>(type: WireType<T>, value: T, hex: string): () => void {
  return () => {
    assert.equal(written(type, value), hex);
    assert.deepEqual(read(type, hex), value);
  };
}

Deno.test("numbers are in network order, but for those that VPP does not swap", () => {
  const rows = [
    row(u8, 0, "00"),
    row(u8, 255, "ff"),
    row(u16, 8080, "1f90"),
    row(u32, 0x80000001, "80000001"),
    row(u32, 0xffffffff, "ffffffff"),
    row(i32, -81, "ffffffaf"),
    row(i32, 0x7fffffff, "7fffffff"),
    row(i32, -0x80000000, "80000000"),
    row(u64, 2n ** 64n - 1n, "ffffffffffffffff"),
    row(u64, 258n, "0000000000000102"),
    row(f64, 1.5, "000000000000f83f"),
    row(f64, -Infinity, "000000000000f0ff"),
    row(bool, true, "01"),
    row(bool, false, "00"),
    row(hostOrderU16, 8080, "901f"),
    row(hostOrderU32, 1, "01000000"),
  ];
  rows.forEach((check) => check());
});

Deno.test("any byte but 0 is true", () => {
  assert.equal(read(bool, "80"), true);
});

Deno.test("a value out of range is refused", () => {
  const rows: [type: WireType<number>, value: number, message: string][] = [
    [u8, 256, "256 is no u8"],
    [u8, -1, "-1 is no u8"],
    [u8, 1.5, "1.5 is no u8"],
    [u16, 65536, "65536 is no u16"],
    [hostOrderU16, 65536, "65536 is no u16"],
    [u32, 2 ** 32, "4294967296 is no u32"],
    [u32, NaN, "NaN is no u32"],
    [i32, 2 ** 31, "2147483648 is no i32"],
    [i32, -(2 ** 31) - 1, "-2147483649 is no i32"],
  ];
  for (const [type, value, message] of rows) {
    assertWireError(() => written(type, value), "bad-value", message);
  }
  const tooLarge = 2n ** 64n;
  assertWireError(() => written(u64, tooLarge), "bad-value", `${tooLarge} is no u64`);
  assertWireError(() => written(u64, -1n), "bad-value", "-1 is no u64");
});

Deno.test("a type under another name reads and writes the same", () => {
  const exact = declaredAs("u8", bool);
  assert.equal(exact.api, "u8");
  assert.equal(written(exact, true), "01");
});
