import assert from "node:assert/strict";
import {
  type Address,
  addressBytes,
  compareAddresses,
  isLoopback,
  isMulticast,
  isUnspecified,
  parseAddress,
} from "./address.ts";
import { forSeeds } from "../../tests/seeded.ts";

function address(text: string): Address {
  const parsed = parseAddress(text);
  if ("problem" in parsed) throw new Error(`${text} is ${parsed.problem}`);
  return parsed.value;
}

Deno.test("addresses are shown in their canonical form", () => {
  const cases: [string, string][] = [
    ["192.0.2.1", "192.0.2.1"],
    ["0.0.0.0", "0.0.0.0"],
    ["2001:DB8:0:0:0:0:0:1", "2001:db8::1"],
    ["2001:db8::", "2001:db8::"],
    ["::", "::"],
    ["::1", "::1"],
    ["1::", "1::"],
    ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"], // one zero group stays
    ["2001:0:0:1:0:0:0:1", "2001:0:0:1::1"], // the longer run
    ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"], // the first of two
    ["::13.1.68.3", "::d01:4403"],
    ["::FFFF:129.144.52.38", "::ffff:129.144.52.38"],
    ["::ffff:8190:3426", "::ffff:129.144.52.38"],
    ["64:ff9b::192.0.2.33", "64:ff9b::c000:221"],
    ["1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"],
  ];
  for (const [text, canonical] of cases) assert.equal(address(text).text, canonical, text);
});

Deno.test("text that is no address says what is wrong with it", () => {
  const none = /not an IP address/;
  const cases: [string, RegExp][] = [
    ["", none],
    ["web1", none],
    ["10.0.0", none],
    ["10.0.0.256", none],
    ["10.0.0.01", none],
    ["10.0.0.1.2", none],
    [" 10.0.0.1", none],
    ["10.0.0.1\n", none],
    ["10.0.0.0/24", /a prefix/],
    ["fe80::1%eth0", /a zone/],
    [":", none],
    [":::", none],
    ["1::2::3", none],
    ["1:2:3:4:5:6:7", none],
    ["1:2:3:4:5:6:7:8:9", none],
    ["1:2:3:4::5:6:7:8", none],
    ["12345::", none],
    ["g::", none],
    ["192.0.2.1::", none],
    ["::192.0.2.1:1", none],
    ["[::1]", none],
  ];
  for (const [text, problem] of cases) {
    const parsed = parseAddress(text);
    assert.ok("problem" in parsed && problem.test(parsed.problem), `${text}: ${parsed}`);
  }
});

Deno.test("an address that was written is read back the same", () => {
  forSeeds(500, (random) => {
    const groups = Array.from({ length: 8 }, () => random.chance() ? 0 : random.int(0, 0xffff));
    const texts = [
      Array.from({ length: 4 }, () => random.int(0, 255)).join("."),
      groups.map((group) => group.toString(16)).join(":"),
    ];
    for (const text of texts) {
      const first = address(text);
      const bytes = [...addressBytes(first)];
      assert.deepEqual(address(first.text), first);
      assert.deepEqual(
        bytes,
        first.family === 4 ? text.split(".").map(Number) : groups.flatMap((g) => [g >> 8, g & 255]),
      );
    }
  });
});

Deno.test("addresses are ordered by number, IPv4 first", () => {
  const ordered = ["10.0.0.2", "10.0.0.10", "192.0.2.1", "::1", "2001:db8::2", "2001:db8::10"]
    .map(address);
  forSeeds(20, (random) => {
    assert.deepEqual(random.shuffle(ordered).sort(compareAddresses), ordered);
  });
});

Deno.test("special addresses are told apart", () => {
  const cases: [string, boolean, boolean, boolean][] = [
    // address, unspecified, loopback, multicast
    ["0.0.0.0", true, false, false],
    ["::", true, false, false],
    ["127.0.0.1", false, true, false],
    ["127.255.0.9", false, true, false],
    ["::1", false, true, false],
    ["224.0.0.1", false, false, true],
    ["239.1.2.3", false, false, true],
    ["240.0.0.1", false, false, false],
    ["ff02::1", false, false, true],
    ["fe80::1", false, false, false],
    ["192.0.2.1", false, false, false],
  ];
  for (const [text, ...expected] of cases) {
    const it = address(text);
    assert.deepEqual([isUnspecified(it), isLoopback(it), isMulticast(it)], expected, text);
  }
});
