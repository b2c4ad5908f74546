import assert from "node:assert/strict";
import { forSeeds } from "../../../tests/seeded.ts";
import { ipRouteLookup } from "../wire/ip_messages.ts";
import { readSegment, sumOf } from "./stats_fixture.ts";
import { prefixOf, type TestedVpp, testedVpp, vipOf } from "./testing.ts";
import type { Offer } from "./traffic_source.ts";
import { vipCounterNames } from "./vpp_stats.ts";

const offer: Offer = {
  newFlowsPerSecond: 1,
  packetsPerFlowPerSecond: 1,
  flowSeconds: 1,
  packetBytes: 100,
  clients: 1000,
};

/** A VPP with these commands done, and traffic to 198.51.100.1 port 80, a VIP with index 1. */
function loaded(offered: Partial<Offer>, ...commands: string[]): TestedVpp {
  const tested = testedVpp("weighted");
  tested.cli(commands.join("\n"));
  tested.vpp.offerTraffic(vipOf("198.51.100.1/32 tcp 80"), { ...offer, ...offered });
  return tested;
}

const vip = "198.51.100.1/32 protocol tcp port 80";

/** The counters of a VIP, in the order of the text. */
function counts({ stats }: TestedVpp, index = 1): number[] {
  const segment = readSegment(stats);
  return vipCounterNames.map((name) => sumOf(segment, name, index)[0] ?? 0);
}

/** The flows of each AS, by its address. */
function flows({ cli }: TestedVpp): Record<string, number> {
  const matches = cli("show lb vips verbose").matchAll(/^ {4}(\S+) weight.* flows:(\d+)/gm);
  return Object.fromEntries([...matches].map(([, as, count]) => [as, Number(count)]));
}

/** Packets and bytes of a route. */
function route({ vpp, stats }: TestedVpp, name: "to" | "via", prefix: string): readonly number[] {
  const fields = { tableId: 0, exact: true, prefix: prefixOf(prefix) };
  const { retval, route } = vpp.call(ipRouteLookup, fields);
  assert.equal(retval, 0);
  return sumOf(readSegment(stats), `/net/route/${name}`, route.statsIndex);
}

Deno.test("a flow's first packet is counted as such, the others as of an existing session", () => {
  const tested = loaded(
    { packetsPerFlowPerSecond: 6 },
    `lb vip ${vip}`,
    `lb as ${vip} 10.0.0.1`,
  );
  tested.wait(1);
  assert.deepEqual(counts(tested), [5, 1, 0, 0]);
  assert.deepEqual(route(tested, "to", "198.51.100.1/32"), [6, 600]);
  assert.deepEqual(route(tested, "via", "10.0.0.1/32"), [6, 744]);
  assert.deepEqual(route(tested, "to", "10.0.0.1/32"), [0, 0]);
  assert.deepEqual(route(tested, "via", "198.51.100.1/32"), [0, 0]);
});

Deno.test("GRE6 adds 44 bytes to a packet", () => {
  const tested = loaded({}, `lb vip ${vip} encap gre6`, `lb as ${vip} 2001:db8:9::1`);
  tested.wait(10);
  assert.deepEqual(route(tested, "via", "2001:db8:9::1/128"), [10, 1440]);
});

Deno.test("new flows are spread by the table's buckets", () => {
  const tested = loaded(
    { newFlowsPerSecond: 10_000 },
    "lb conf buckets 65536",
    `lb vip ${vip}`,
    `lb as ${vip} 10.0.0.1 10.0.0.10`,
    `lb as ${vip} 10.0.0.2 weight 50`,
  );
  tested.wait(2);
  const { "10.0.0.1": one = 0, "10.0.0.2": two = 0, "10.0.0.10": ten = 0 } = flows(tested);
  assert.equal(one + two + ten + (counts(tested)[2] ?? 0), 20_000);
  for (const [actual, buckets] of [[one, 408], [two, 208], [ten, 408]] as const) {
    const expected = 20_000 * buckets / 1024;
    assert.ok(Math.abs(actual - expected) < 400, `${actual} flows where ${expected} are expected`);
  }
});

Deno.test("an AS of weight 0 keeps its flows and gets no new ones", () => {
  const tested = loaded(
    { newFlowsPerSecond: 100, flowSeconds: 5 },
    "lb conf buckets 65536",
    `lb vip ${vip}`,
    `lb as ${vip} 10.0.0.1 10.0.0.2`,
  );
  tested.wait(10);
  const before = flows(tested);
  tested.cli(`lb as ${vip} 10.0.0.1 weight 0`);
  const sent = route(tested, "via", "10.0.0.1/32")[0] ?? 0;
  tested.wait(2);
  assert.equal(flows(tested)["10.0.0.1"], before["10.0.0.1"]);
  const drained = route(tested, "via", "10.0.0.1/32")[0] ?? 0;
  assert.ok(drained > sent, "flows that are there go on");
  tested.wait(5);
  const last = route(tested, "via", "10.0.0.1/32");
  tested.wait(5);
  assert.deepEqual(route(tested, "via", "10.0.0.1/32"), last, "until they end");
});

Deno.test("an entry whose time is over counts as a flow until another one takes its place", () => {
  const tested = loaded(
    {},
    "lb conf buckets 1 timeout 4",
    `lb vip ${vip}`,
    `lb as ${vip} 10.0.0.1`,
  );
  tested.wait(3);
  tested.vpp.offerTraffic(vipOf("198.51.100.1/32 tcp 80"), null);
  tested.wait(60);
  assert.deepEqual(flows(tested), { "10.0.0.1": 3 });
  assert.match(tested.cli("show lb"), /usage: 0 \/ 4/);
  tested.cli(`lb as ${vip} 10.0.0.1 del`);
  tested.wait(300);
  assert.deepEqual(flows(tested), { "10.0.0.1": 3 }, "and a deleted AS lingers as long");
});

Deno.test("flows that find no room are sent by the table and counted as untracked", () => {
  const tested = loaded(
    { newFlowsPerSecond: 6, packetsPerFlowPerSecond: 2, flowSeconds: 10 },
    "lb conf buckets 1",
    `lb vip ${vip}`,
    `lb as ${vip} 10.0.0.1 10.0.0.2`,
  );
  tested.wait(1);
  assert.deepEqual(counts(tested), [4, 4, 4, 0]);
  tested.vpp.offerTraffic(vipOf("198.51.100.1/32 tcp 80"), { ...offer, newFlowsPerSecond: 0 });
  tested.wait(1);
  assert.deepEqual(counts(tested), [8, 4, 6, 0]);
  const [one = 0] = route(tested, "via", "10.0.0.1/32");
  const [two = 0] = route(tested, "via", "10.0.0.2/32");
  assert.equal(one + two, 18);
});

Deno.test("without a server packets are dropped, and each of a flow takes an entry until none is left", () => {
  const tested = loaded({ packetsPerFlowPerSecond: 6 }, "lb conf buckets 1", `lb vip ${vip}`);
  tested.wait(1);
  assert.deepEqual(counts(tested), [0, 0, 2, 4]);
  assert.deepEqual(route(tested, "to", "198.51.100.1/32"), [6, 600]);
  assert.deepEqual(sumOf(readSegment(tested.stats), "/if/tx", 1), [0, 0]);
});

Deno.test("packets to a port that no VIP has count for the placeholder", () => {
  const tested = loaded(
    { packetsPerFlowPerSecond: 6 },
    "lb conf buckets 1",
    "lb vip 198.51.100.1/32 protocol udp port 53",
  );
  tested.wait(1);
  assert.deepEqual(counts(tested, 0), [0, 0, 2, 4]);
  assert.deepEqual(counts(tested, 1), [0, 0, 0, 0]);
  assert.deepEqual(route(tested, "to", "198.51.100.1/32"), [6, 600]);
});

Deno.test("a VIP of all ports takes what is for any port", () => {
  const tested = loaded({}, "lb vip 198.51.100.1/32", "lb as 198.51.100.1/32 10.0.0.1");
  tested.wait(1);
  assert.deepEqual(counts(tested), [0, 1, 0, 0]);
});

Deno.test("packets to an address without a VIP are counted nowhere", () => {
  const tested = loaded({ flowSeconds: 9 }, "lb vip 198.51.100.2/32");
  tested.wait(5);
  assert.deepEqual(counts(tested), [0, 0, 0, 0]);
  tested.cli(`lb vip ${vip}\nlb as ${vip} 10.0.0.1`);
  tested.wait(1);
  assert.deepEqual(counts(tested, 2), [0, 1, 0, 0]);
});

Deno.test("a flush sends the flows of an AS elsewhere, and their old entries stay taken", () => {
  const tested = loaded(
    { newFlowsPerSecond: 1000, flowSeconds: 30 },
    "lb conf buckets 65536",
    `lb vip ${vip}`,
    `lb as ${vip} 10.0.0.1 10.0.0.2`,
  );
  tested.wait(1);
  tested.vpp.offerTraffic(vipOf("198.51.100.1/32 tcp 80"), { ...offer, newFlowsPerSecond: 0 });
  const { "10.0.0.1": moved = 0 } = flows(tested);
  tested.cli(`lb as ${vip} 10.0.0.1 weight 0 flush`);
  assert.equal(flows(tested)["10.0.0.1"], 0);
  tested.wait(1);
  assert.deepEqual(flows(tested), { "10.0.0.1": 0, "10.0.0.2": 1000 });
  const [, first, , none] = counts(tested);
  assert.deepEqual([first, none], [1000 + moved, 0]);
  assert.match(tested.cli("show lb"), new RegExp(`usage: ${1000 + moved} /`));
});

Deno.test("another number of buckets makes VPP forget all flows at the next packet", () => {
  const tested = loaded(
    { newFlowsPerSecond: 100, flowSeconds: 30 },
    `lb vip ${vip}`,
    `lb as ${vip} 10.0.0.1`,
  );
  tested.wait(3);
  assert.deepEqual(counts(tested), [300, 300, 0, 0]);
  tested.cli("lb conf buckets 65536");
  assert.deepEqual(flows(tested), { "10.0.0.1": 300 });
  tested.wait(1);
  assert.deepEqual(counts(tested), [300, 700, 0, 0]);
  assert.deepEqual(flows(tested), { "10.0.0.1": 400 });
});

Deno.test("a sticky VIP knows clients, not flows", () => {
  const tested = loaded(
    { newFlowsPerSecond: 100, clients: 3 },
    `lb vip ${vip} src_ip_sticky`,
    `lb as ${vip} 10.0.0.1 10.0.0.2`,
  );
  tested.wait(10);
  const { "10.0.0.1": one = 0, "10.0.0.2": two = 0 } = flows(tested);
  assert.equal(one + two, 3);
  assert.equal(counts(tested)[1], 3);
});

Deno.test("less than one flow or packet a second adds up", () => {
  const tested = loaded(
    { newFlowsPerSecond: 0.25, packetsPerFlowPerSecond: 0.5, flowSeconds: 100 },
    `lb vip ${vip}`,
    `lb as ${vip} 10.0.0.1`,
  );
  tested.wait(8);
  assert.deepEqual(counts(tested), [2, 2, 0, 0]);
});

Deno.test("however VIPs, ASes and settings change, no packet is lost or counted twice", () => {
  forSeeds(30, (random, seed) => {
    const tested = testedVpp("weighted", seed);
    const { cli, vpp, wait, stats } = tested;
    cli("lb conf buckets 64 timeout 5");
    const vips = ["198.51.100.1/32 tcp 80", "198.51.100.1/32 tcp 81", "198.51.100.2/32"];
    const named = (vip: string) => vip.replace(/ (\w+) (\d+)/, " protocol $1 port $2");
    for (let step = 0; step < 60; step++) {
      const vip = random.pick(vips);
      const as = `10.0.0.${random.int(1, 4)}`;
      cli(random.pick([
        `lb vip ${named(vip)} new_len 64 ${random.pick(["", "src_ip_sticky", "del"])}`,
        `lb as ${named(vip)} ${as} weight ${random.pick([0, 50, 100])}`,
        `lb as ${named(vip)} ${as} ${random.pick(["", "del", "flush", "del flush"])}`,
        `lb conf buckets ${random.pick([1, 16, 64])}`,
      ]));
      vpp.offerTraffic(vipOf(random.pick(vips)), {
        newFlowsPerSecond: random.pick([0, 0.3, 5, 40]),
        packetsPerFlowPerSecond: random.pick([0, 0.3, 1, 7]),
        flowSeconds: random.int(1, 20),
        packetBytes: 100,
        clients: random.int(1, 50),
      });
      wait(random.int(0, 8));
    }
    const segment = readSegment(stats);
    const [received = 0] = sumOf(segment, "/if/rx", 1);
    const [sent = 0, sentBytes = 0] = sumOf(segment, "/if/tx", 1);
    assert.equal(sentBytes, sent * 124);
    assert.ok(sent <= received, `${sent} sent of ${received}`);
    for (const count of Object.values(flows(tested))) assert.ok(count >= 0);
    const total = Object.values(flows(tested)).reduce((sum, count) => sum + count, 0);
    assert.ok(total <= 4 * 64, `${total} flows`);
  });
});
