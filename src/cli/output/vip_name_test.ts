import assert from "node:assert/strict";
import { namedVip, vipName } from "./vip_name.ts";

Deno.test("a VIP is called by its address, protocol and port", () => {
  const cases: [string, number, number, string][] = [
    ["198.51.100.1/32", 6, 80, "198.51.100.1 tcp 80"],
    ["198.51.100.0/24", 17, 53, "198.51.100.0/24 udp 53"],
    ["2001:db8::1/128", 255, 0, "2001:db8::1 any"],
    ["2001:db8::/32", 132, 0, "2001:db8::/32 132 any"],
  ];
  for (const [prefix, protocol, port, name] of cases) {
    assert.equal(vipName(namedVip({ prefix, protocol, port })), name);
  }
});
