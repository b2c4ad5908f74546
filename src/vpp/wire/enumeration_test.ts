import assert from "node:assert/strict";
import { enumeration } from "./enumeration.ts";
import { hostOrderU32, u32, u8 } from "./scalars.ts";
import { assertWireError, read, written } from "./testing.ts";

const protocol = enumeration("vl_api_ip_proto_t", u8, { tcp: 6, udp: 17 });
const encap = enumeration("vl_api_lb_encap_type_t", u32, { gre4: 0, gre6: 1 });

Deno.test("a word is written as its number, in the width of the type", () => {
  assert.equal(written(protocol, "udp"), "11");
  assert.equal(written(encap, "gre6"), "00000001");
  const service = enumeration("vl_api_lb_srv_type_t", hostOrderU32, { nodeport: 1 });
  assert.equal(written(service, "nodeport"), "01000000");
  assert.equal(read(service, "01000000"), "nodeport");
});

Deno.test("a number that has a word is read as the word", () => {
  assert.equal(read(protocol, "06"), "tcp");
  assert.equal(read(encap, "00000000"), "gre4");
});

Deno.test("a number without a word stays a number, both ways", () => {
  assert.equal(read(protocol, "2f"), 47);
  assert.equal(written(protocol, 47), "2f");
  assert.equal(read(encap, "00000005"), 5);
});

Deno.test("a number that has a word may be written as a number", () => {
  assert.equal(written(protocol, 6), "06");
});

Deno.test("a number beyond the width is refused", () => {
  assertWireError(() => written(protocol, 256), "bad-value", "256 is no u8");
});

Deno.test("an unknown word does not compile, and is refused", () => {
  // @ts-expect-error There is no such word.
  assertWireError(() => written(protocol, "sctp"), "bad-value", "sctp is no vl_api_ip_proto_t");
});
