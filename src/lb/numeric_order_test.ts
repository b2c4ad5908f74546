import assert from "node:assert/strict";
import { forSeeds } from "../../tests/seeded.ts";
import { compareAddresses, parseAddress } from "../config/mod.ts";
import { address, vipKey } from "../vpp/lb/lb_fixture.ts";
import { vipKeyText } from "../vpp/lb/mod.ts";
import { addressOrder, sortedBy, vipOrder } from "./numeric_order.ts";

Deno.test("addresses are in the order of their numbers, IPv4 before IPv6", () => {
  const ordered = [
    "0.0.0.9",
    "9.0.0.0",
    "10.0.0.2",
    "10.0.0.10",
    "255.0.0.1",
    "::1",
    "2::",
    "10::",
  ];
  forSeeds(20, (random) => {
    const shuffled = random.shuffle(ordered).map(address);
    assert.deepEqual(sortedBy(shuffled, addressOrder).map(({ text }) => text), ordered);
  });
});

Deno.test("the order of addresses is that of compareAddresses", () => {
  forSeeds(300, (random) => {
    const any = () => {
      const number = () => random.pick([0, 1, 9, 10, 255]);
      const groups = Array.from({ length: 8 }, number);
      const text = random.chance() ? groups.slice(4).join(".") : groups.join(":");
      const parsed = parseAddress(text);
      assert("value" in parsed, text);
      return parsed.value;
    };
    const [a, b] = [any(), any()];
    const order = addressOrder(a) < addressOrder(b)
      ? -1
      : addressOrder(a) > addressOrder(b)
      ? 1
      : 0;
    assert.equal(order, Math.sign(compareAddresses(a, b)), `${a.text} ${b.text}`);
  });
});

Deno.test("VIPs are in the order of address, length, number of the protocol, and port", () => {
  const [host] = [address("10.0.0.1")];
  const prefix = (length: number) => ({ address: host, length });
  const ordered = [
    vipKey("9.255.255.255"),
    { prefix: prefix(24), protocol: "any", port: 0 } as const,
    { prefix: prefix(32), protocol: 1, port: 9 },
    { prefix: prefix(32), protocol: "tcp", port: 80 } as const,
    { prefix: prefix(32), protocol: "tcp", port: 443 } as const,
    { prefix: prefix(32), protocol: "tcp", port: 4_096 } as const,
    { prefix: prefix(32), protocol: "tcp", port: 65_535 } as const,
    { prefix: prefix(32), protocol: "udp", port: 53 } as const,
    { prefix: prefix(32), protocol: 132, port: 1 },
    { prefix: prefix(32), protocol: "any", port: 0 } as const,
    vipKey("10.0.0.2 tcp 1"),
    vipKey("10.0.0.10 tcp 1"),
    vipKey("::1 tcp 1"),
  ];
  forSeeds(20, (random) => {
    const sorted = sortedBy(random.shuffle(ordered), vipOrder);
    assert.deepEqual(sorted.map(vipKeyText), ordered.map(vipKeyText));
  });
});
