import assert from "node:assert/strict";
import { canonical, formatIp46, formatIp46Prefix, formatIp6, fromIp46, toIp46 } from "./ip46.ts";
import { addressOf } from "./testing.ts";

const printed: [address: string, printed: string][] = [
  ["10.0.0.1", "10.0.0.1"],
  ["2001:db8::1", "2001:db8::1"],
  ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
  ["2001:0:0:1:0:0:0:1", "2001:0:0:1::1"],
  ["2001:db8::", "2001:db8::"],
  ["::ffff:1.2.3.4", "::ffff:102:304"],
  // Quirk: with nothing but zeros in front these are IPv4 to VPP.
  ["::", "0.0.0.0"],
  ["::1", "0.0.0.1"],
];
for (const [address, expected] of printed) {
  Deno.test(`${address} is printed as ${expected}`, () => {
    assert.equal(formatIp46(toIp46(addressOf(address))), expected);
  });
}

Deno.test("an address that is known to be of IPv6 is printed as such", () => {
  assert.equal(formatIp6(toIp46(addressOf("::"))), "::");
});

Deno.test("an address comes back, but for IPv6 ones that look like IPv4", () => {
  for (const text of ["192.0.2.1", "2001:db8::1", "::ffff:1.2.3.4"]) {
    assert.deepEqual(fromIp46(toIp46(addressOf(text))), addressOf(text));
  }
  assert.deepEqual(fromIp46(toIp46(addressOf("::192.0.2.1"))), addressOf("192.0.2.1"));
});

const prefixes: [address: string, length: number, printed: string][] = [
  ["203.0.113.77", 96 + 24, "203.0.113.0/24"],
  ["203.0.113.77", 128, "203.0.113.77/32"],
  ["203.0.113.77", 96, "0.0.0.0/0"],
  ["203.0.113.77", 32, "::/32"],
  ["2001:db8:7::5", 64, "2001:db8:7::/64"],
  ["2001:db8:7::5", 127, "2001:db8:7::4/127"],
  ["2001:db8:7::5", 0, "::/0"],
  // VPP holds lengths in a byte and does not look at them.
  ["2001:db8:7::5", 255, "2001:db8:7::5/255"],
];
for (const [text, length, expected] of prefixes) {
  Deno.test(`${length} bits of ${text} are ${expected}`, () => {
    const prefix = canonical({ address: toIp46(addressOf(text)), length });
    assert.equal(formatIp46Prefix(prefix), expected);
  });
}
