import assert from "node:assert/strict";
import { createFib, type RoutePrefix } from "./fib.ts";
import { toIp46 } from "./ip46.ts";
import { prefixOf } from "./testing.ts";

function route(text: string): RoutePrefix {
  const { address, length } = prefixOf(text);
  return { family: address.family, address: toIp46(address), length };
}

Deno.test("the first route beside VPP's own has index 8", () => {
  const created: number[] = [];
  const fib = createFib((index) => created.push(index));
  assert.equal(fib.addVip(route("198.51.100.1/32")).index, 8);
  assert.deepEqual(created, [1, 2, 3, 4, 5, 6, 7, 8]);
});

Deno.test("VIPs of a prefix and ASes with its address share a route, which goes with the last", () => {
  const fib = createFib(() => {});
  const prefix = route("198.51.100.1/32");
  const { index } = fib.track(prefix);
  assert.equal(fib.track(prefix).index, index);
  assert.equal(fib.addVip(prefix).index, index);
  assert.equal(fib.addVip(prefix).index, index);
  fib.untrack(prefix);
  fib.removeVip(prefix);
  assert.equal(fib.find(prefix)?.isVip, false);
  fib.untrack(prefix);
  assert.equal(fib.find(prefix), undefined);
});

Deno.test("the index of a VIP's route is free at once, the one of an AS when its place is taken", () => {
  const fib = createFib(() => {});
  const [vip, as, other] = [route("198.51.100.1/32"), route("10.0.0.1/32"), route("10.0.0.2/32")];
  fib.addVip(vip);
  fib.track(as);
  fib.removeVip(vip);
  fib.untrack(as);
  assert.equal(fib.find(as), undefined);
  assert.equal(fib.addVip(vip).index, 8);
  assert.equal(fib.track(other, 9).index, 10);
  assert.equal(fib.addVip(route("198.51.100.2/32")).index, 9);
});

Deno.test("families are told apart, and bits beyond the length are not", () => {
  const fib = createFib(() => {});
  const { index } = fib.addVip(route("203.0.113.77/24"));
  assert.equal(fib.find(route("203.0.113.99/24"))?.index, index);
  assert.equal(fib.find(route("203.0.113.99/25")), undefined);
  assert.equal(fib.find(route("::203.0.113.77/24")), undefined);
});

Deno.test("the longest prefix is found, and at last the default route", () => {
  const fib = createFib(() => {});
  const wide = fib.addVip(route("198.51.0.0/16"));
  const narrow = fib.addVip(route("198.51.100.0/24"));
  assert.equal(fib.findLongest(route("198.51.100.1/32")), narrow);
  assert.equal(fib.findLongest(route("198.51.101.1/32")), wide);
  assert.equal(fib.findLongest(route("9.9.9.9/32"))?.index, 1);
  assert.equal(fib.findLongest(route("2001:db8::1/128"))?.index, 6);
});
