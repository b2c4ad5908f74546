import assert from "node:assert/strict";
import type { Address } from "../src/config/mod.ts";
import { measuredTables } from "../src/lb/measured_tables.ts";
import { type ApiConnection, connectApi } from "../src/vpp/api/mod.ts";
import { address, newVip, vipKey as key } from "../src/vpp/lb/lb_fixture.ts";
import { type LbClient, LbError, openLb, type VipKey } from "../src/vpp/lb/mod.ts";
import { attachStats } from "../src/vpp/stats/attach.ts";
import {
  cliInband,
  ipRouteLookup,
  lbAddDelVipV2,
  lbAsSetWeight,
  lbAsV2Dump,
  lbConf,
  lbVipDump,
} from "../src/vpp/wire/mod.ts";
import { type RunningVpp, vppKinds } from "./vpp_under_test.ts";

/** What a case works with: a VPP that other cases have used before it, on other addresses. */
interface Bench {
  readonly api: ApiConnection;
  readonly lb: LbClient;
  readonly vpp: RunningVpp;
}

/** A VIP to add, with 1024 buckets and GRE over IPv4 unless told otherwise. */
const vip = (text: string, tableLength = 1024, encap: "gre4" | "gre6" = "gre4") =>
  newVip(text, { tableLength, encap });

async function retvalOf(act: Promise<void>): Promise<number> {
  return await act.then(() => 0, (error) => {
    if (error instanceof LbError) return error.retval;
    throw error;
  });
}

async function find(lb: LbClient, text: string) {
  const vips = await lb.readVips({ withText: true });
  const { prefix, protocol, port } = key(text);
  return vips.find((each) =>
    each.prefix.address.text === prefix.address.text && each.protocol === protocol &&
    each.port === port
  );
}

const everything = {
  pfx: { address: { family: 4, text: "0.0.0.0" }, length: 0 },
  protocol: 0,
  port: 0,
} as const;

/** What VPP does, one fact a case. */
const facts: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  "a VIP that is there is refused, and so is an all-port VIP beside it": async ({ lb }) => {
    await lb.addVip(vip("198.51.100.1 tcp 80"));
    assert.equal(await retvalOf(lb.addVip(vip("198.51.100.1 tcp 80"))), -81);
    assert.equal(await retvalOf(lb.addVip(vip("198.51.100.1"))), -81);
    await lb.addVip(vip("198.51.100.2"));
    assert.equal(await retvalOf(lb.addVip(vip("198.51.100.2 tcp 80"))), -81);
  },
  "VIPs of one prefix have one encapsulation": async ({ lb }) => {
    await lb.addVip(vip("198.51.100.3 tcp 80"));
    assert.equal(await retvalOf(lb.addVip(vip("198.51.100.3 tcp 443", 1024, "gre6"))), -73);
    await lb.addVip(vip("198.51.100.3 udp 443"));
  },
  "a table's length must be a power of two, which the client sees to": async ({ lb, api }) => {
    await assert.rejects(lb.addVip(vip("198.51.100.4 tcp 80", 1000)), RangeError);
    await assert.rejects(lb.addVip(vip("198.51.100.4 tcp 80", 0)), RangeError);
    const { prefix, port } = key("198.51.100.4 tcp 80");
    const { retval } = await api.call(lbAddDelVipV2, {
      ...{ pfx: prefix, protocol: "tcp", port, encap: "gre4", dscp: 0, type: "clusterip" },
      ...{ targetPort: 0, nodePort: 0, newFlowsTableLength: 1000, srcIpSticky: false },
      isDel: false,
    });
    assert.equal(retval, -70);
  },
  "a VIP or an AS that is not there cannot be deleted or weighed": async ({ lb }) => {
    assert.equal(await retvalOf(lb.deleteVip(key("198.51.100.5 tcp 80"))), -6);
    const [gone, as] = [key("198.51.100.5 tcp 80"), address("10.0.0.1")];
    assert.equal(await retvalOf(lb.addAs(gone, as, 1)), -6);
    assert.equal(await retvalOf(lb.deleteAs(gone, as, { flush: false })), -6);
    await lb.addVip(vip("198.51.100.5 tcp 80"));
    assert.equal(await retvalOf(lb.deleteAs(gone, as, { flush: false })), -6);
    assert.equal(await retvalOf(lb.setWeight(gone, as, 1, { flush: false })), -6);
  },
  "an AS must be of the encapsulation's family, and there once": async ({ lb }) => {
    await lb.addVip(vip("198.51.100.6 tcp 80"));
    const where = key("198.51.100.6 tcp 80");
    assert.equal(await retvalOf(lb.addAs(where, address("2001:db8::1"), 1)), -97);
    await lb.addAs(where, address("10.0.0.1"), 1);
    assert.equal(await retvalOf(lb.addAs(where, address("10.0.0.1"), 1)), -81);
    await lb.addVip(vip("198.51.100.7 tcp 80", 1024, "gre6"));
    assert.equal(await retvalOf(lb.addAs(key("198.51.100.7 tcp 80"), address("10.0.0.1"), 1)), -97);
  },
  "a deleted AS lingers, cannot be weighed, is deleted again, and is revived by an add": async (
    { lb, api },
  ) => {
    const where = key("198.51.100.8 tcp 80");
    const as = address("10.0.0.1");
    await lb.addVip(vip("198.51.100.8 tcp 80"));
    await lb.addAs(where, as, 100);
    await lb.deleteAs(where, as, { flush: false });
    const lingering = await find(lb, "198.51.100.8 tcp 80");
    assert.deepEqual(lingering?.ases, []);
    assert.deepEqual(lingering?.lingering.map(({ weight, buckets }) => [weight, buckets]), [
      [100, 0],
    ]);
    assert.equal(await retvalOf(lb.setWeight(where, as, 5, { flush: false })), -6);
    assert.equal(await retvalOf(lb.deleteAs(where, as, { flush: false })), 0);
    const dumped = (await api.dump(lbAsV2Dump, everything))
      .find((each) => each.vip.pfx.address.text === "198.51.100.8");
    assert.ok(dumped !== undefined && (dumped.flags & 1) === 0);
    await lb.addAs(where, as, 7);
    const revived = await find(lb, "198.51.100.8 tcp 80");
    assert.deepEqual(revived?.ases.map(({ weight, buckets }) => [weight, buckets]), [[7, 1024]]);
    assert.deepEqual(revived?.lingering, []);
  },
  "a deleted VIP is hidden, its ASes are dumped, and its successor has another index": async (
    { lb, api },
  ) => {
    const where = key("198.51.100.9 tcp 80");
    await lb.addVip(vip("198.51.100.9 tcp 80"));
    await lb.addAs(where, address("10.0.0.1"), 100);
    const first = (await find(lb, "198.51.100.9 tcp 80"))?.text?.poolIndex;
    await lb.deleteVip(where);
    assert.equal(await find(lb, "198.51.100.9 tcp 80"), undefined);
    const ghosts = (await api.dump(lbAsV2Dump, everything))
      .filter((each) => each.vip.pfx.address.text === "198.51.100.9");
    assert.deepEqual(ghosts.map(({ flags }) => flags & 1), [0]);
    await lb.addVip(vip("198.51.100.9 tcp 80", 2048));
    const second = await find(lb, "198.51.100.9 tcp 80");
    assert.equal(second?.tableLength, 2048);
    assert.deepEqual(second?.ases, []);
    assert.notEqual(second?.text?.poolIndex, first);
    const { reply } = await api.call(cliInband, { cmd: "show lb vips verbose" });
    assert.equal(reply.match(/198\.51\.100\.9\/32 removed\n/g)?.length, 1);
  },
  "the VIP dump ignores its filter, and the AS dump finds no IPv4 prefix": async ({ lb, api }) => {
    await lb.addVip(vip("198.51.100.10 tcp 80"));
    await lb.addAs(key("198.51.100.10 tcp 80"), address("10.0.0.1"), 100);
    const filter = { pfx: key("198.51.100.10").prefix, protocol: 6, port: 80 } as const;
    const pfxMatcher = { le: 255, ge: 255 };
    const all = await api.dump(lbVipDump, { ...everything, pfxMatcher });
    assert.equal((await api.dump(lbVipDump, { ...filter, pfxMatcher })).length, all.length);
    assert.deepEqual(await api.dump(lbAsV2Dump, filter), []);
  },
  "a table of 65536 buckets reads 0 in the dump, and is told rightly": async ({ lb, api }) => {
    await lb.addVip(vip("198.51.100.11 tcp 80", 65_536));
    const dumped = (await api.dump(lbVipDump, {
      ...everything,
      pfxMatcher: { le: 255, ge: 255 },
    })).find(({ vip }) => vip.pfx.address.text === "198.51.100.11");
    assert.equal(dumped?.flowTableLength, 0);
    const [withText, without] = await Promise.all(
      [true, false].map(async (withText) =>
        (await lb.readVips({ withText }))
          .find(({ prefix }) => prefix.address.text === "198.51.100.11")?.tableLength
      ),
    );
    assert.deepEqual([withText, without], [65_536, 65_536]);
  },
  "a VIP of every port is protocol any and port 0": async ({ lb }) => {
    await lb.addVip(vip("2001:db8:12::1", 1024, "gre6"));
    await lb.addAs(key("2001:db8:12::1"), address("2001:db8:9::1"), 100);
    const found = await find(lb, "2001:db8:12::1");
    assert.deepEqual([found?.protocol, found?.port, found?.encap], ["any", 0, "gre6"]);
    assert.equal(found?.ases[0]?.buckets, 1024);
  },
  "stickiness and the counters' index come from the text": async ({ lb }) => {
    await lb.addVip({ ...vip("2001:db8:13::1 udp 443"), srcIpSticky: true });
    const found = await find(lb, "2001:db8:13::1 udp 443");
    assert.equal(found?.text?.srcIpSticky, true);
    assert.ok((found?.text?.poolIndex ?? 0) > 0);
    assert.deepEqual(found?.text?.counters, { existing: 0, first: 0, untracked: 0, noServer: 0 });
  },
  "settings are read back, 0xffffffff keeps a number, and buckets are a power of two": async (
    { lb, api },
  ) => {
    const settings = {
      sourceIpv4: address("192.0.2.1"),
      sourceIpv6: address("2001:db8::1"),
      stickyBucketsPerCore: 2048,
      flowTimeoutSeconds: 50,
    };
    await lb.writeSettings(settings);
    assert.deepEqual(await lb.readSettings(), settings);
    const conf = { ip4SrcAddress: address("192.0.2.2"), ip6SrcAddress: address("2001:db8::2") };
    const keep = 0xffffffff;
    const kept = { ...conf, stickyBucketsPerCore: keep, flowTimeout: keep };
    assert.equal((await api.call(lbConf, kept)).retval, 0);
    assert.deepEqual(await lb.readSettings(), {
      ...settings,
      sourceIpv4: conf.ip4SrcAddress,
      sourceIpv6: conf.ip6SrcAddress,
    });
    assert.equal(await retvalOf(lb.writeSettings({ ...settings, stickyBucketsPerCore: 3 })), -70);
  },
  "weights beyond 100 are taken by VPP, and refused by the client": async ({ lb, api }) => {
    const where = key("198.51.100.14 tcp 80");
    await lb.addVip(vip("198.51.100.14 tcp 80"));
    await lb.addAs(where, address("10.0.0.1"), 100);
    await assert.rejects(
      lb.setWeight(where, address("10.0.0.1"), 101, { flush: false }),
      RangeError,
    );
    const { retval } = await api.call(lbAsSetWeight, {
      ...{ pfx: where.prefix, protocol: "tcp", port: 80, asAddress: address("10.0.0.1") },
      ...{ weight: 255, isFlush: false },
    });
    assert.equal(retval, 0);
    assert.equal((await find(lb, "198.51.100.14 tcp 80"))?.ases[0]?.weight, 255);
  },
  "an unknown command has the retval -1 and says so": async ({ api }) => {
    const { retval, reply } = await api.call(cliInband, { cmd: "nonsense" });
    assert.deepEqual([retval, /unknown input/.test(reply)], [-1, true]);
  },
  "routes are found exactly or not, and an AS's is the one that the text tells": async (
    { lb, api },
  ) => {
    const where = key("198.51.100.15 tcp 80");
    await lb.addVip(vip("198.51.100.15 tcp 80"));
    await lb.addAs(where, address("10.15.0.1"), 100);
    const look = (prefix: VipKey["prefix"]) =>
      api.call(ipRouteLookup, { tableId: 0, exact: true, prefix });
    assert.equal((await look(where.prefix)).retval, 0);
    assert.equal((await look(key("203.0.113.15").prefix)).retval, -6);
    const { route } = await look(key("10.15.0.1").prefix);
    const found = await find(lb, "198.51.100.15 tcp 80");
    assert.equal(found?.ases[0]?.text?.statsIndex, route.statsIndex);
  },
  "the plugin's counters are in the stats segment, zero for a new VIP": async ({ lb, vpp }) => {
    await lb.addVip(vip("198.51.100.16 tcp 80"));
    const index = (await find(lb, "198.51.100.16 tcp 80"))?.text?.poolIndex ?? -1;
    const stats = await attachStats({ path: vpp.statsPath });
    const values = await stats.read({
      "packet from existing sessions": "simple",
      "first session packet": "simple",
      "untracked packet": "simple",
      "no server configured": "simple",
      "/net/route/to": "combined",
      "/net/route/via": "combined",
    });
    assert.equal(values["first session packet"].sum(index), 0);
    assert.ok((values["first session packet"].lengths[0] ?? 0) > index);
    assert.ok((values["/net/route/via"].lengths[0] ?? 0) > 0);
    const names = (await stats.directory()).map(({ name }) => name);
    assert.deepEqual(names.slice(0, 3), [
      "/sys/heartbeat",
      "/sys/last_stats_clear",
      "/sys/boottime",
    ]);
    stats.close();
  },
  "flushing a VIP that is not there is not even tried": async ({ lb }) => {
    assert.equal(await lb.flushVip(key("203.0.113.17 tcp 80")), false);
    await lb.addVip(vip("198.51.100.17 tcp 80"));
    assert.equal(await lb.flushVip(key("198.51.100.17 tcp 80")), true);
  },
};

/** The 16 bytes of a measured table's entry, as an address. */
function addressOf(bytes: Uint8Array): Address {
  if (bytes.subarray(0, 12).every((byte) => byte === 0)) return address(bytes.slice(12).join("."));
  const groups = Array.from({ length: 8 }, (_, index) => {
    return ((bytes[2 * index] ?? 0) << 8 | (bytes[2 * index + 1] ?? 0)).toString(16);
  });
  return address(groups.join(":"));
}

for (const { name, run } of vppKinds) {
  Deno.test(`${name} does what VPP does`, async (test) => {
    const vpp = await run();
    const api = await connectApi({ path: vpp.apiPath });
    const { lb } = openLb(api);
    assert.ok(lb !== null);
    // Releases before 26.10 do other things: `classic_cases.ts` has those.
    const ignore = lb.profile === "classic";
    for (const [name, check] of Object.entries(facts)) {
      await test.step({ name, ignore, fn: () => check({ api, lb, vpp }) });
    }
    for (const [index, table] of measuredTables.entries()) {
      const name = `buckets are given out as measured: ${table.name}`;
      const fn = async () => {
        const servers = table.entries.map(({ address }) => addressOf(address));
        const encap = servers[0]?.family === 6 ? "gre6" : "gre4";
        const where = `203.0.113.${index + 1} udp 53`;
        await lb.addVip(vip(where, table.length, encap));
        await Promise.all(
          servers.map((server, each) =>
            lb.addAs(key(where), server, table.entries[each]?.weight ?? 0)
          ),
        );
        const found = await find(lb, where);
        const buckets = new Map(found?.ases.map((as) => [as.address.text, as.buckets]));
        assert.deepEqual(servers.map(({ text }) => buckets.get(text)), table.buckets);
        await lb.deleteVip(key(where));
      };
      await test.step({ name, ignore, fn });
    }
    await api.close();
    await vpp.end();
  });
}
