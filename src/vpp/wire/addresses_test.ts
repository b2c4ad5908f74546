import assert from "node:assert/strict";
import { address, addressWithPrefix, ip4Address, ip6Address, prefix } from "./addresses.ts";
import { addressOf, assertWireError, read, written } from "./testing.ts";

const ip6 = "20010db8000700000000000000000001";

Deno.test("bare addresses are their bytes", () => {
  assert.equal(written(ip4Address, addressOf("192.0.2.1")), "c0000201");
  assert.deepEqual(read(ip4Address, "ffffffff"), addressOf("255.255.255.255"));
  assert.equal(written(ip6Address, addressOf("2001:db8:7::1")), ip6);
  assert.deepEqual(read(ip6Address, ip6), { family: 6, text: "2001:db8:7::1" });
});

Deno.test("IPv4 takes the first four of the 16 bytes behind the family", () => {
  const hex = "000a000002000000000000000000000000";
  assert.equal(written(address, addressOf("10.0.0.2")), hex);
  assert.deepEqual(read(address, hex), { family: 4, text: "10.0.0.2" });
  assert.equal(written(address, addressOf("2001:db8:7::1")), `01${ip6}`);
  assert.deepEqual(read(address, `01${ip6}`), addressOf("2001:db8:7::1"));
});

Deno.test("what stands behind an IPv4 address does not count", () => {
  assert.deepEqual(read(address, "000a000002ffffffffffffffffffffffff"), addressOf("10.0.0.2"));
});

Deno.test("an IPv6 address that holds an IPv4 one stays an IPv6 address", () => {
  const hex = "0100000000000000000000ffffc0000201";
  assert.deepEqual(read(address, hex), { family: 6, text: "::ffff:192.0.2.1" });
  assert.equal(written(address, addressOf("::ffff:192.0.2.1")), hex);
});

Deno.test("a third family is refused", () => {
  assertWireError(() => read(address, `02${ip6}`), "bad-value", "2 is no address family");
});

Deno.test("a prefix keeps its host bits, and a length that its family does not have", () => {
  for (
    const [text, length, hex] of [
      ["203.0.113.77", 24, "00cb00714d00000000000000000000000018"],
      ["198.51.100.1", 128, "00c633640100000000000000000000000080"],
      ["0.0.0.0", 0, "000000000000000000000000000000000000"],
      ["2001:db8:7::1", 64, `01${ip6}40`],
    ] as const
  ) {
    const value = { address: addressOf(text), length };
    assert.equal(written(prefix, value), hex);
    assert.deepEqual(read(prefix, hex), value);
    assert.equal(addressWithPrefix.plain(value), `${text}/${length}`);
  }
});

Deno.test("an address of the other family, or none, is refused", () => {
  const wrong = (text: string, family: 4 | 6) => () => written(address, { family, text });
  const bare = () => written(ip4Address, addressOf("2001:db8::1"));
  assertWireError(bare, "bad-value", "2001:db8::1 is no IPv4 address");
  assertWireError(wrong("10.0.0.1", 6), "bad-value", "10.0.0.1 is no IPv6 address");
  assertWireError(wrong("10.0.0.256", 4), "bad-value", "10.0.0.256 is no IPv4 address");
});
