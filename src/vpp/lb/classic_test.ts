import assert from "node:assert/strict";
import type { ApiCaller } from "../api/mod.ts";
import { classicLb } from "./classic.ts";
import { LbError, LbTextError } from "./lb_client.ts";
import { address, newVip, simulatedApi, vipKey } from "./lb_fixture.ts";

const where = vipKey("198.51.100.1 tcp 80");
const as = address("10.0.0.1");
const other = address("10.0.0.2");

/** The ASes of the one VIP: in use, and lingering. */
async function asesOf(lb: ReturnType<typeof classicLb>): Promise<[string[], string[]]> {
  const [vip] = await lb.readVips({ withText: false });
  const names = (ases: readonly { address: { text: string } }[] = []) =>
    ases.map(({ address }) => address.text);
  return [names(vip?.ases), names(vip?.lingering)];
}

Deno.test("weight 0 is a deleted AS, and every other weight one that is there", async () => {
  const lb = classicLb(simulatedApi("classic"));
  await lb.addVip(newVip("198.51.100.1 tcp 80"));
  await lb.addAs(where, as, 0);
  assert.deepEqual(await asesOf(lb), [[], []], "weight 0 is not added");
  await lb.addAs(where, as, 50);
  await lb.addAs(where, other, 100);
  const [vip] = await lb.readVips({ withText: false });
  assert.deepEqual(vip?.ases.map(({ weight, buckets }) => [weight, buckets]), [
    [100, 512],
    [100, 512],
  ]);
  await lb.setWeight(where, as, 0, { flush: false });
  assert.deepEqual(await asesOf(lb), [[other.text], [as.text]], "it lingers");
  await lb.setWeight(where, as, 7, { flush: false });
  assert.deepEqual((await asesOf(lb))[0].sort(), [as.text, other.text], "it is revived");
  await lb.setWeight(where, as, 8, { flush: false });
  assert.equal((await asesOf(lb))[0].length, 2, "another weight changes nothing");
});

Deno.test("VPP's refusals have its numbers and names", async () => {
  const lb = classicLb(simulatedApi("classic"));
  await lb.addVip(newVip("198.51.100.1 tcp 80"));
  await lb.addAs(where, as, 1);
  const cases: [Promise<void>, number, string][] = [
    [lb.addVip(newVip("198.51.100.1 tcp 80")), -81, "VALUE_EXIST"],
    [lb.addVip(newVip("198.51.100.1 tcp 443", { encap: "gre6" })), -73, "INVALID_ARGUMENT"],
    [lb.addAs(where, as, 1), -81, "VALUE_EXIST"],
    [lb.addAs(where, address("2001:db8::1"), 1), -97, "INVALID_ADDRESS_FAMILY"],
    [lb.addAs(vipKey("198.51.100.9 tcp 80"), as, 1), -6, "NO_SUCH_ENTRY"],
    [lb.deleteAs(where, other, { flush: true }), -6, "NO_SUCH_ENTRY"],
    [lb.deleteVip(vipKey("198.51.100.9 tcp 80")), -6, "NO_SUCH_ENTRY"],
  ];
  for (const [act, retval, code] of cases) {
    await assert.rejects(act, (error) => {
      assert.ok(error instanceof LbError);
      assert.deepEqual([error.retval, error.code], [retval, code], error.message);
      return true;
    });
  }
  await assert.rejects(lb.addVip(newVip("198.51.100.2 tcp 80", { tableLength: 0 })), RangeError);
  await assert.rejects(lb.addAs(where, other, 101), RangeError);
});

Deno.test("VIPs of every kind are made, read, and deleted", async () => {
  const lb = classicLb(simulatedApi("classic"));
  const vips = [
    newVip("198.51.100.1 tcp 80"),
    newVip("2001:db8::1 udp 443", { srcIpSticky: true, tableLength: 4096 }),
    newVip("198.51.100.20", { encap: "gre6", tableLength: 65_536 }),
  ];
  for (const vip of vips) await lb.addVip(vip);
  const read = await lb.readVips({ withText: true });
  const plain = read.map(({ prefix, protocol, port, encap, tableLength, text }) => {
    return { prefix, protocol, port, encap, tableLength, srcIpSticky: text?.srcIpSticky };
  });
  assert.deepEqual(plain, vips);
  for (const vip of vips) await lb.deleteVip(vip);
  assert.deepEqual(await lb.readVips({ withText: true }), []);
});

Deno.test("settings are set, and cannot be read", async () => {
  const lb = classicLb(simulatedApi("classic"));
  const settings = {
    sourceIpv4: address("192.0.2.1"),
    sourceIpv6: address("2001:db8::1"),
    stickyBucketsPerCore: 65_536,
    flowTimeoutSeconds: 40,
  };
  await lb.writeSettings(settings);
  assert.equal(await lb.readSettings(), null);
  await assert.rejects(lb.writeSettings({ ...settings, stickyBucketsPerCore: 3 }), LbError);
});

Deno.test("a VIP is flushed by taking its ASes out and in", async () => {
  const lb = classicLb(simulatedApi("classic"));
  assert.equal(await lb.flushVip(where), false);
  await lb.addVip(newVip("198.51.100.1 tcp 80"));
  await lb.addAs(where, as, 1);
  assert.equal(await lb.flushVip(where), true);
  assert.deepEqual(await asesOf(lb), [[as.text], []]);
});

Deno.test("a text that makes no sense is an error that shows the line", async () => {
  const api: ApiCaller = {
    ...simulatedApi("classic"),
    call: (() => Promise.resolve({ retval: 0, reply: " ip9-gre9 [1] x\n" })) as ApiCaller["call"],
  };
  await assert.rejects(classicLb(api).readVips({ withText: true }), (error) => {
    assert.ok(error instanceof LbTextError);
    assert.match(error.message, /^show lb vips verbose, line 1: " ip9-gre9 \[1\] x": /);
    return true;
  });
});
