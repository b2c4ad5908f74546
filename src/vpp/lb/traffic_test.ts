import assert from "node:assert/strict";
import type { ApiCaller } from "../api/mod.ts";
import { address, newVip, simulatedApi, vipKey } from "./lb_fixture.ts";
import { openLb } from "./open_lb.ts";
import { findTraffic, type TrafficIndexes } from "./traffic.ts";
import { vipKeyText } from "./vip.ts";

/** A VPP with these VIPs, which counts how often it is asked for a route. */
async function vppWith(...texts: readonly string[]) {
  const api = simulatedApi("weighted");
  const { lb } = openLb(api);
  assert.ok(lb !== null);
  for (const text of texts) {
    await lb.addVip(newVip(text));
    await lb.addAs(vipKey(text), address("10.0.0.1"), 100);
  }
  let asked = 0;
  const call: ApiCaller["call"] = (message, fields) => {
    asked++;
    return api.call(message, fields);
  };
  const find = async (known?: TrafficIndexes) => {
    asked = 0;
    return await findTraffic({ call }, await lb.readVips({ withText: true }), known);
  };
  return { lb, find, asked: () => asked };
}

const http = "198.51.100.1 tcp 80";
const https = "198.51.100.1 tcp 443";
const dns = "198.51.100.2 udp 53";

Deno.test("VIPs of one address share a route, which VPP is asked for once", async () => {
  const { find, asked } = await vppWith(http, https, dns);
  const { vips, ases } = await find();
  assert.equal(asked(), 2);
  const of = (text: string) => vips.get(vipKeyText(vipKey(text)));
  assert.ok(of(http)?.routeIndex);
  assert.equal(of(http)?.routeIndex, of(https)?.routeIndex);
  assert.notEqual(of(http)?.routeIndex, of(dns)?.routeIndex);
  assert.deepEqual([http, https, dns].map((text) => of(text)?.poolIndex), [1, 2, 3]);
  assert.equal(ases.size, 1);
});

Deno.test("a VIP keeps its route as long as it keeps its pool index", async () => {
  const { lb, find, asked } = await vppWith(http, dns);
  const first = await find();
  const second = await find(first);
  assert.equal(asked(), 0);
  assert.deepEqual(second, first);
  await lb.deleteVip(vipKey(dns));
  await lb.addVip(newVip(dns));
  const third = await find(second);
  assert.equal(asked(), 1);
  assert.equal(third.vips.get(vipKeyText(vipKey(dns)))?.poolIndex, 3);
});

Deno.test("a VIP without a route has none, and VPP is asked again", async () => {
  const { lb } = await vppWith(http);
  let asked = 0;
  const api = simulatedApi("weighted");
  // Another VPP, which has no such route.
  const call: ApiCaller["call"] = (message, fields) => {
    asked++;
    return api.call(message, fields);
  };
  const vips = await lb.readVips({ withText: true });
  const found = await findTraffic({ call }, vips);
  assert.equal(found.vips.get(vipKeyText(vipKey(http)))?.routeIndex, null);
  await findTraffic({ call }, vips, found);
  assert.equal(asked, 2);
});

Deno.test("VIPs that were read without their text cannot be found", async () => {
  const { lb } = await vppWith(http);
  const vips = await lb.readVips({ withText: false });
  const found = await findTraffic(simulatedApi("weighted"), vips);
  assert.deepEqual([found.vips.size, found.ases.size], [0, 0]);
});
