import assert from "node:assert/strict";
import { cliInband, showVersion } from "../wire/core_messages.ts";
import { ipRouteLookup, ipRouteLookupV2 } from "../wire/ip_messages.ts";
import {
  lbAddDelAsV2,
  lbAddDelVipV2,
  lbAsSetWeight,
  lbAsV2Dump,
  lbConf,
  lbConfGet,
  lbFlushVip,
  lbVipDump,
} from "../wire/lb_messages.ts";
import { readSegment } from "./stats_fixture.ts";
import { prefixOf, testedVpp, vipOf } from "./testing.ts";

Deno.test("a simulated VPP says so wherever it tells its version", () => {
  for (const [profile, release] of [["weighted", "26.10"], ["classic", "26.06"]] as const) {
    const { vpp, cli } = testedVpp(profile);
    const { retval, version, buildDirectory } = vpp.call(showVersion, {});
    assert.deepEqual([retval, version], [0, `${release}-simulation`]);
    assert.match(buildDirectory, /simulation/);
    assert.match(
      cli("show version"),
      new RegExp(`^vpp v${release}-simulation: a simulation .*\n$`),
    );
  }
});

Deno.test("the messages of weights are missing from the classic profile, and from no other", () => {
  const tableOf = (profile: "weighted" | "classic") =>
    new Map(testedVpp(profile).vpp.messages.map(({ key }, index) => [key, index]));
  const missing = [lbConfGet, lbAddDelAsV2, lbAsSetWeight, lbAsV2Dump];
  const others = [lbConf, lbAddDelVipV2, lbVipDump, cliInband, ipRouteLookup];
  const lacks = (table: ReadonlyMap<string, number>) =>
    [...missing, ...others].filter(({ key }) => !table.has(key));
  assert.deepEqual(lacks(tableOf("weighted")), []);
  assert.deepEqual(lacks(tableOf("classic")), missing);
  assert.throws(() => testedVpp("classic").vpp.call(lbConfGet, {}), {
    name: "TypeError",
    message: "the simulated VPP has no lb_conf_get",
  });
});

const settings = {
  encap: "gre4",
  dscp: 0,
  type: "clusterip",
  targetPort: 0,
  nodePort: 0,
  newFlowsTableLength: 1024,
  srcIpSticky: false,
  isDel: false,
} as const;

Deno.test("what VPP does not survive ends the simulated one as well", () => {
  const { vpp, cli, wait } = testedVpp("weighted");
  const vip = vipOf("198.51.100.1/32 tcp 80");
  const crash = (action: () => unknown, message: RegExp) =>
    assert.throws(action, { name: "VppCrash", message });
  crash(
    () => vpp.call(lbAddDelVipV2, { ...vip, ...settings, newFlowsTableLength: 0 }),
    /table of length 0/,
  );
  crash(() => vpp.call(lbFlushVip, vip), /never set/);
  cli("lb vip 198.51.100.2/32 encap nat4");
  crash(() => cli("lb as 198.51.100.2/32 10.0.0.1"), /NAT VIP for all ports/);
  cli("lb conf buckets 0");
  cli("lb vip 198.51.100.1/32 protocol tcp port 80");
  vpp.offerTraffic(vip, {
    newFlowsPerSecond: 1,
    packetsPerFlowPerSecond: 1,
    flowSeconds: 1,
    packetBytes: 100,
    clients: 1,
  });
  crash(() => wait(1), /without buckets/);
});

Deno.test("what the simulation cannot build it refuses, and nothing has changed", () => {
  const { vpp, cli } = testedVpp("weighted");
  const vip = vipOf("198.51.100.1/32 tcp 80");
  const limit = (action: () => unknown, message: RegExp) =>
    assert.throws(action, { name: "RangeError", message });
  limit(
    () => vpp.call(lbAddDelVipV2, { ...vip, ...settings, newFlowsTableLength: 1 << 17 }),
    /up to 65536 buckets/,
  );
  assert.equal(cli("show lb vips"), "");
  cli("lb vip 198.51.100.1/32 protocol tcp port 80");
  const many = Array.from({ length: 1001 }, (_, index) => `10.0.${index >> 8}.${index & 0xff}`);
  limit(() => cli(`lb as 198.51.100.1/32 protocol tcp port 80 ${many.join(" ")}`), /1000 ASes/);
  assert.match(cli("show lb vips"), /#as:0/);
});

Deno.test("garbage is collected each minute, of a VIP that is older than that", () => {
  const { cli, wait } = testedVpp("weighted");
  const ases = () => /#ass: (\d+)/.exec(cli("show lb"))?.[1];
  wait(5);
  cli("lb vip 198.51.100.1/32\nlb as 198.51.100.1/32 10.0.0.1 10.0.0.2 10.0.0.3");
  cli("lb as 198.51.100.1/32 10.0.0.1 del");
  wait(114);
  assert.equal(ases(), "3", "at 60 s the VIP was too young");
  cli("lb as 198.51.100.1/32 10.0.0.2 del");
  assert.equal(ases(), "2", "a change of the VIP collects before it deletes");
  wait(60);
  assert.equal(ases(), "2", "from then on the VIP waits for another minute");
  wait(61);
  assert.equal(ases(), "1");
});

Deno.test("an AS that was deleted less than 10 s ago stays", () => {
  const { cli, wait } = testedVpp("weighted");
  cli("lb vip 198.51.100.1/32\nlb as 198.51.100.1/32 10.0.0.1");
  wait(51);
  cli("lb as 198.51.100.1/32 10.0.0.1 del");
  wait(10);
  assert.match(cli("show lb"), /#ass: 1/);
  wait(60);
  assert.match(cli("show lb"), /#ass: 0/);
});

Deno.test("a place is used again, with when its last AS was deleted", () => {
  const { vpp, cli, wait } = testedVpp("weighted");
  cli("lb vip 198.51.100.1/32\nlb as 198.51.100.1/32 10.0.0.1");
  wait(30);
  cli("lb as 198.51.100.1/32 10.0.0.1 del");
  wait(100);
  cli("lb as 198.51.100.1/32 10.0.0.2");
  const [as] = vpp.dump(lbAsV2Dump, vipOf("0.0.0.0/0"));
  assert.deepEqual([as?.appSrv.text, as?.flags, as?.inUseSince], ["10.0.0.2", 1, 30]);
});

Deno.test("VIPs of one key in a row have indices of their own until the first is gone", () => {
  const { cli, wait } = testedVpp("weighted");
  const vip = "lb vip 198.51.100.1/32";
  assert.equal(cli(vip), "lb_vip_add ok 1\n");
  cli("lb as 198.51.100.1/32 10.0.0.1");
  cli(`${vip} del`);
  assert.equal(cli(vip), "lb_vip_add ok 2\n");
  cli(`${vip} del`);
  wait(121);
  assert.equal(cli("show lb vips"), "");
  assert.equal(cli(vip), "lb_vip_add ok 2\n");
});

Deno.test("it does not matter how often the simulated VPP is called", () => {
  const states = [1, 7, 100].map((step) => {
    const { vpp, cli, wait, stats } = testedVpp("weighted");
    cli("lb vip 198.51.100.1/32\nlb as 198.51.100.1/32 10.0.0.1 10.0.0.2");
    vpp.offerTraffic(vipOf("198.51.100.1/32"), {
      newFlowsPerSecond: 12.5,
      packetsPerFlowPerSecond: 1.5,
      flowSeconds: 20,
      packetBytes: 100,
      clients: 100,
    });
    for (let now = 0; now < 700; now += step) wait(step);
    return [cli("show lb vips verbose"), readSegment(stats)];
  });
  assert.deepEqual(states[0], states[1]);
  assert.deepEqual(states[0], states[2]);
});

Deno.test("routes are told with their source, and of no table but the first", () => {
  const { vpp, cli } = testedVpp("weighted");
  cli("lb vip 198.51.100.1/32\nlb as 198.51.100.1/32 10.0.0.1");
  const look = (prefix: string, tableId = 0, exact = false) => {
    const fields = { tableId, exact, prefix: prefixOf(prefix) };
    const { retval, route } = vpp.call(ipRouteLookupV2, fields);
    return [retval, route.prefix.address.text, route.prefix.length, route.statsIndex, route.src];
  };
  assert.deepEqual(look("198.51.100.1/32"), [0, "198.51.100.1", 32, 8, 23]);
  assert.deepEqual(look("10.0.0.1/32"), [0, "10.0.0.1", 32, 9, 18]);
  assert.deepEqual(look("9.9.9.9/32").slice(0, 4), [0, "0.0.0.0", 0, 1]);
  assert.deepEqual(look("2001:db8::1/128").slice(0, 4), [0, "::", 0, 6]);
  assert.deepEqual(look("198.51.100.1/32", 5), [-3, "0.0.0.0", 0, 0, 0]);
  assert.deepEqual(look("9.9.9.9/32", 0, true), [-6, "0.0.0.0", 0, 0, 0]);
});
