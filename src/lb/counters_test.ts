import assert from "node:assert/strict";
import { ApiError } from "../vpp/api/mod.ts";
import { address, newVip, vipKey } from "../vpp/lb/lb_fixture.ts";
import { LbTextError, type Vip, vipKeyText } from "../vpp/lb/mod.ts";
import { StatsError } from "../vpp/stats/mod.ts";
import { type CountersBench, countersBench } from "./counters_fixture.ts";

const web = "198.51.100.1 tcp 80";
const dns = "198.51.100.2 udp 53";
const webKey = vipKeyText(vipKey(web));

/** What the snapshot says of a VIP, as VPP's text names it. */
function countsOf({ counters }: CountersBench, key: string) {
  const vip = counters.snapshot?.vips.get(key);
  if (vip === undefined) return undefined;
  const { next, first, untracked, noServer } = vip;
  return { existing: next, first, untracked, noServer };
}

const firstPackets = (bench: CountersBench, key: string) => countsOf(bench, key)?.first;

Deno.test("there is no snapshot before the first reading, and an empty one without VIPs", async () => {
  const bench = countersBench();
  assert.equal(bench.counters.snapshot, null);
  await bench.pass(1);
  assert.deepEqual(bench.counters.snapshot, {
    timeMs: bench.clock.now() - 1_000,
    vips: new Map(),
    ases: new Map(),
    unmatched: 0,
    poolLength: 0,
  });
  bench.counters.stop();
});

for (const profile of ["weighted", "classic"] as const) {
  Deno.test(`${profile}: a snapshot says of each VIP what VPP's text says`, async () => {
    const bench = countersBench(profile);
    await bench.addVip(web, ["10.0.0.1", "10.0.0.2"]);
    await bench.addVip(dns, [], 20);
    await bench.pass(20);
    const vips = await bench.lb.readVips({ withText: true });
    assert.equal(vips.length, 2);
    for (const vip of vips) assert.deepEqual(countsOf(bench, vipKeyText(vip)), vip.text?.counters);
    assert.ok((firstPackets(bench, webKey) ?? 0) > 0);
    const snapshot = bench.counters.snapshot ?? assert.fail();
    for (const { prefix, protocol, port } of vips) {
      const vip = snapshot.vips.get(vipKeyText({ prefix, protocol, port }));
      assert.deepEqual([vip?.prefix, vip?.protocol, vip?.port], [prefix, protocol, port]);
    }
    bench.counters.stop();
  });
}

Deno.test("what an AS got is counted for all VIPs together, with the outer header", async () => {
  const bench = countersBench();
  await bench.addVip(web, ["10.0.0.1"]);
  await bench.addVip(dns, ["10.0.0.1"]);
  await bench.pass(20);
  const { vips, ases } = bench.counters.snapshot ?? assert.fail();
  const packets = [...vips.values()].reduce((sum, { route }) => sum + (route?.packets ?? 0), 0);
  assert.ok(packets > 800);
  assert.deepEqual([...ases], [["10.0.0.1", { packets, bytes: packets * (100 + 24) }]]);
  bench.counters.stop();
});

Deno.test("packets to a port that no VIP has are unmatched, and count for the address", async () => {
  const bench = countersBench();
  await bench.addVip(web, ["10.0.0.1"], 0);
  const { prefix, ...rest } = vipKey("198.51.100.1 tcp 443");
  const flows = { packetsPerFlowPerSecond: 1, flowSeconds: 1, packetBytes: 100, clients: 1 };
  bench.vpp.offerTraffic({ pfx: prefix, ...rest }, { ...flows, newFlowsPerSecond: 7 });
  await bench.pass(10);
  const { unmatched, vips } = bench.counters.snapshot ?? assert.fail();
  assert.equal(unmatched, 70);
  assert.deepEqual(vips.get(webKey)?.route, { packets: 70, bytes: 7_000 });
  assert.equal(firstPackets(bench, webKey), 0);
  bench.counters.stop();
});

Deno.test("every 5 s there is another snapshot, and VPP is asked for nothing", async () => {
  const bench = countersBench();
  await bench.addVip(web, ["10.0.0.1"]);
  await bench.pass(5);
  bench.asked.length = 0;
  const seen = new Set<unknown>();
  for (let second = 0; second < 60; second++) {
    await bench.pass(1);
    seen.add(bench.counters.snapshot);
  }
  assert.equal(seen.size, 13);
  assert.equal(firstPackets(bench, webKey), 650);
  assert.deepEqual(bench.asked, []);
  bench.counters.stop();
});

Deno.test("a snapshot never changes", async () => {
  const bench = countersBench();
  await bench.addVip(web, ["10.0.0.1"]);
  await bench.pass(5);
  const { snapshot } = bench.counters;
  const copy = structuredClone(snapshot);
  await bench.addVip(dns, ["10.0.0.1"]);
  await bench.pass(5);
  assert.notEqual(bench.counters.snapshot, snapshot);
  assert.deepEqual(snapshot, copy);
  bench.counters.stop();
});

Deno.test("when VIPs changed VPP is asked once, and for the routes of new VIPs alone", async () => {
  const bench = countersBench();
  await bench.addVip(web, ["10.0.0.1"]);
  await bench.addVip("198.51.100.1 tcp 443", ["10.0.0.1"]);
  await bench.pass(5);
  await bench.addVip(dns, ["10.0.0.3"]);
  bench.asked.length = 0;
  await bench.pass(10);
  assert.deepEqual(bench.asked.toSorted(), [
    "cli_inband",
    "ip_route_lookup",
    "lb_as_v2_dump",
    "lb_vip_dump",
  ]);
  assert.deepEqual([...bench.counters.snapshot?.ases.keys() ?? []], ["10.0.0.1", "10.0.0.3"]);
  assert.ok((bench.counters.snapshot?.vips.get(webKey)?.route?.packets ?? 0) > 0);
  bench.counters.stop();
});

Deno.test("a VIP that was deleted is gone, and begins at 0 when it is added again", async () => {
  const bench = countersBench();
  await bench.addVip(web, ["10.0.0.1"]);
  await bench.pass(20);
  assert.equal(firstPackets(bench, webKey), 200);
  await bench.lb.deleteVip(vipKey(web));
  bench.counters.lookUpAgain();
  await bench.pass(5);
  assert.deepEqual(bench.counters.snapshot?.vips.size, 0);
  await bench.addVip(web, ["10.0.0.1"]);
  await bench.pass(5);
  assert.equal(firstPackets(bench, webKey), 50);
  assert.equal(bench.counters.snapshot?.vips.get(webKey)?.route?.packets, countsSum(bench));
  bench.counters.stop();
});

function countsSum(bench: CountersBench): number {
  return Object.values(countsOf(bench, webKey) ?? {}).reduce((sum, count) => sum + count, 0);
}

/** What others do to VIPs without saying so, while the counters of `web` are read. */
const others: Readonly<Record<string, (bench: CountersBench) => Promise<void>>> = {
  "adds another": async ({ lb }) => await lb.addVip(newVip(dns)),
  "deletes one and adds it again": async ({ lb }) => {
    await lb.deleteVip(vipKey(web));
    await lb.addVip(newVip(web));
    await lb.addAs(vipKey(web), address("10.0.0.1"), 100);
  },
  "deletes one, and another gets its index": async ({ lb, wait, cli }) => {
    await lb.deleteAs(vipKey(web), address("10.0.0.1"), { flush: true });
    await lb.deleteVip(vipKey(web));
    wait(130);
    assert.equal(cli("show lb vips verbose"), "", "its remains are gone");
    await lb.addVip(newVip(dns));
    assert.match(cli("show lb vips verbose"), /ip4-gre4 \[1\] 198\.51\.100\.2/);
  },
};

for (const [act, run] of Object.entries(others)) {
  Deno.test(`somebody else ${act}, which is noticed at the next reading`, async () => {
    const bench = countersBench();
    await bench.addVip(web, ["10.0.0.1"]);
    await bench.pass(20);
    await run(bench);
    bench.asked.length = 0;
    await bench.pass(5);
    const questions = bench.asked.filter((name) => name === "ip_route_lookup").length;
    assert.equal(questions, bench.counters.snapshot?.vips.size, "nothing known is relied on");
    const vips = await bench.lb.readVips({ withText: true });
    assert.deepEqual(
      [...bench.counters.snapshot?.vips.keys() ?? []].map((key) => [key, countsOf(bench, key)]),
      vips.map((vip) => [vipKeyText(vip), vip.text?.counters]),
    );
    bench.asked.length = 0;
    await bench.pass(5);
    assert.deepEqual(bench.asked, [], "it is noticed once");
    bench.counters.stop();
  });
}

Deno.test("while VIPs change as VPP is asked the snapshot stays, until they no longer do", async () => {
  const bench = countersBench();
  await bench.pass(5);
  const { snapshot } = bench.counters;
  await bench.addVip(web, ["10.0.0.1"]);
  bench.faults.stats = () => Promise.resolve(bench.counters.lookUpAgain());
  await bench.pass(10);
  assert.equal(bench.counters.snapshot, snapshot);
  bench.faults.stats = () => Promise.resolve();
  await bench.pass(5);
  assert.equal(firstPackets(bench, webKey), 150);
  bench.counters.stop();
});

const failures = {
  api: new ApiError("not-responding", "VPP is not responding"),
  stats: new StatsError("busy", "VPP kept changing its stats segment"),
} as const;

Deno.test("failures are logged once a kind until a reading succeeds, and leave the snapshot", async () => {
  const bench = countersBench();
  await bench.addVip(web, ["10.0.0.1"]);
  await bench.pass(5);
  const { snapshot } = bench.counters;
  const failAt = (where: "api" | "stats", error: Error) => {
    bench.faults[where] = () => Promise.reject(error);
  };
  failAt("stats", failures.stats);
  await bench.pass(15);
  failAt("api", failures.api);
  await bench.pass(15);
  failAt("api", new LbTextError("show lb vips verbose, line 1: nonsense"));
  await bench.pass(15);
  assert.deepEqual(
    bench.records.map(({ level, msg, attributes }) => [level, msg, attributes.error]),
    [
      ["warn", "vpp-counters-failed", failures.stats.message],
      ["warn", "vpp-counters-failed", failures.api.message],
      ["warn", "vpp-counters-failed", "show lb vips verbose, line 1: nonsense"],
    ],
  );
  assert.equal(bench.counters.snapshot, snapshot);

  bench.faults.api = bench.faults.stats = () => Promise.resolve();
  await bench.pass(5);
  assert.equal(firstPackets(bench, webKey), 550);
  failAt("stats", failures.stats);
  await bench.pass(5);
  assert.equal(bench.records.length, 4, "it worked in between");
  bench.counters.stop();
});

Deno.test("after a failed reading VPP is asked again for everything", async () => {
  const bench = countersBench();
  await bench.addVip(web, ["10.0.0.1"]);
  await bench.pass(5);
  bench.faults.stats = () => Promise.reject(failures.stats);
  await bench.pass(5);
  bench.faults.stats = () => Promise.resolve();
  bench.asked.length = 0;
  await bench.pass(5);
  assert.ok(bench.asked.includes("cli_inband") && bench.asked.includes("ip_route_lookup"));
  bench.counters.stop();
});

Deno.test("a slow reading is alone, and the next one follows it", async () => {
  const bench = countersBench();
  await bench.addVip(web, ["10.0.0.1"]);
  await bench.pass(5);
  let readings = 0;
  bench.faults.stats = () => {
    readings++;
    return bench.clock.sleep(12_000);
  };
  await bench.pass(5 + 11);
  assert.equal(readings, 1);
  await bench.pass(2);
  assert.equal(readings, 2);
  bench.counters.stop();
  await bench.pass(12);
});

Deno.test("stopped, there is no snapshot, and what is being read comes to nothing", async () => {
  const bench = countersBench();
  await bench.pass(6);
  bench.counters.stop();
  assert.equal(bench.counters.snapshot, null);
  assert.equal(bench.clock.pending, 0);

  for (const fault of [() => Promise.resolve(), () => Promise.reject(failures.stats)]) {
    const other = countersBench();
    other.faults.stats = async () => {
      await other.clock.sleep(500);
      await fault();
    };
    await other.clock.advance(100);
    other.counters.stop();
    await other.clock.advance(1_000);
    assert.equal(other.counters.snapshot, null);
    assert.equal(other.clock.pending, 0);
    assert.deepEqual(other.records, []);
  }
});

Deno.test("live data is what VPP says now, read once for all who ask in a second", async () => {
  const bench = countersBench();
  await bench.addVip(web, ["10.0.0.1"]);
  await bench.pass(5);
  bench.asked.length = 0;
  const readLive = () => bench.counters.readLive();
  const [one, another] = await Promise.all([readLive(), readLive()]);
  assert.equal(one, another);
  assert.deepEqual(one, await bench.lb.readVips({ withText: true }));
  const flowsOf = (vips: readonly Vip[]) => vips[0]?.ases[0]?.text?.flows;
  assert.equal(flowsOf(one), 50);
  await bench.clock.advance(999);
  assert.equal(await readLive(), one);
  bench.asked.length = 0;
  await bench.pass(1);
  assert.equal(flowsOf(await readLive()), 60);
  bench.counters.stop();
});
