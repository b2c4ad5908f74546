import assert from "node:assert/strict";
import { systemClock } from "../src/clock.ts";
import type { Config } from "../src/config/mod.ts";
import type { LbClient } from "../src/vpp/lb/mod.ts";
import { address, newVip, vipKey } from "../src/vpp/lb/lb_fixture.ts";
import { type Scene, siteOf, weightsOf, withDaemon, withScene } from "./lb_scene.ts";
import { until, vppKinds } from "./vpp_under_test.ts";

const servers = { web1: "10.0.0.1", web2: "10.0.0.2", sorry: "10.0.9.1" };
const v6 = { six1: "2001:db8:9::1", six2: "2001:db8:9::2" };
const pools = [{ web1: 100, web2: 50 }, { sorry: 100 }];
const www = { at: "198.51.100.1 tcp 80", pools };

const empty = siteOf({}, {});
const shop = siteOf(servers, { www });
const mixed = siteOf({ ...servers, ...v6 }, {
  www,
  tls: { ...www, at: "198.51.100.1 tcp 443", "src-ip-sticky": true },
  six: { at: "2001:db8::80 tcp 80", pools: [{ web1: 100 }, { sorry: 7 }] },
  four: { at: "198.51.100.6 udp 53", pools: [{ six1: 1 }, { six2: 2 }] },
  all: { at: "198.51.100.7", pools: [{ web2: 10, sorry: 0 }] },
});

/** Configurations one after the other, each from the one before it. */
const changes: Readonly<Record<string, readonly Config[]>> = {
  "an empty VPP becomes a configured one, and another, and empty again": [
    empty,
    shop,
    mixed,
    siteOf({ web3: "10.0.0.3" }, { other: { at: "203.0.113.5 udp 53", pools: [{ web3: 3 }] } }),
    mixed,
    empty,
  ],
  "a backend that leaves and comes back serves each time, with another weight too": [
    shop,
    siteOf(servers, { www: { ...www, pools: [{ web2: 50 }, { sorry: 100 }] } }),
    shop,
    siteOf(servers, { www: { ...www, pools: [{ web2: 50 }, { sorry: 100 }] } }),
    siteOf(servers, { www: { ...www, pools: [{ web1: 7, web2: 50 }, { sorry: 100 }] } }),
    siteOf(servers, { www: { ...www, pools: [{ sorry: 100 }] } }),
    shop,
  ],
  "a frontend that leaves and comes back serves each time": [
    mixed,
    shop,
    mixed,
    siteOf(servers, { other: { ...www, at: "198.51.100.1 tcp 8080" } }),
    mixed,
  ],
  "the backends of a frontend, and of all on its address, change their family": [
    mixed,
    siteOf(v6, {
      www: { ...www, pools: [{ six1: 100, six2: 50 }] },
      tls: { at: "198.51.100.1 tcp 443", pools: [{ six1: 1 }] },
      six: { at: "2001:db8::80 tcp 80", pools: [{ six2: 100 }] },
    }),
    siteOf({ ...servers, ...v6 }, {
      www: { ...www, pools: [{ six1: 100, six2: 50 }] },
      six: { at: "2001:db8::80 tcp 80", pools },
    }),
    mixed,
  ],
  "a backend that keeps its name changes its family": [
    siteOf({ web1: "10.0.0.1" }, { www: { ...www, pools: [{ web1: 100 }] } }),
    siteOf({ web1: "2001:db8:9::1" }, { www: { ...www, pools: [{ web1: 100 }] } }),
    siteOf({ web1: "10.0.0.7" }, { www: { ...www, pools: [{ web1: 100 }] } }),
  ],
  "backends swap their addresses": [
    shop,
    siteOf({ ...servers, web1: servers.web2, web2: servers.web1 }, { www }),
    shop,
  ],
  "stickiness and the length of the table change": [
    shop,
    siteOf(servers, { www: { ...www, "src-ip-sticky": true } }),
    siteOf(servers, { www: { ...www, "src-ip-sticky": true, "flow-table-length": 65_536 } }),
    siteOf(servers, { www: { ...www, "flow-table-length": 64 } }),
    siteOf(servers, { www: { ...www, "flow-table-length": 65_536 } }),
    shop,
  ],
  "a frontend of all ports becomes two of a port each, and one of all again": [
    siteOf(servers, { www: { ...www, at: "198.51.100.1" } }),
    siteOf(servers, { www, dns: { ...www, at: "198.51.100.1 udp 53" } }),
    siteOf(servers, { www: { ...www, at: "198.51.100.1" } }),
    siteOf(v6, { www: { at: "198.51.100.1 tcp 80", pools: [{ six1: 1 }] } }),
    siteOf(servers, { www: { ...www, at: "198.51.100.1" } }),
  ],
};

/** What VPP should have while all backends are up. */
function wantedOf({ frontends, backends }: Config): Record<string, string[]> {
  return Object.fromEntries(Array.from(frontends.values(), ({ address, service, pools }) => {
    const key = `${address.text}/${address.family === 4 ? 32 : 128}`;
    const ases = pools.flatMap((pool, index) =>
      pool.backends.map(({ name, weight }) =>
        `${backends.get(name)?.address.text} ${index === 0 ? weight : 0}`
      )
    );
    return [`${key} ${service?.protocol ?? "any"} ${service?.port ?? 0}`, ases.sort()];
  }));
}

/** What VPP cannot change in place, by VIP. */
async function kindsIn(lb: LbClient): Promise<Record<string, string>> {
  const vips = await lb.readVips({ withText: true });
  return Object.fromEntries(
    vips.map((vip) => [
      Object.keys(weightsOf([vip]))[0],
      `${vip.encap} ${vip.tableLength} ${vip.text?.srcIpSticky}`,
    ]),
  );
}

function kindsOf(config: Config): Record<string, string> {
  const frontends = [...config.frontends.values()];
  return Object.fromEntries(
    Object.keys(wantedOf(config)).map((vip, index) => {
      const { srcIpSticky, flowTableLength, pools } = frontends[index] ?? assert.fail();
      const backend = config.backends.get(pools[0]?.backends[0]?.name ?? "");
      return [vip, `gre${backend?.address.family} ${flowTableLength} ${srcIpSticky}`];
    }),
  );
}

/** Every AS that weighs something is given new flows. */
async function checkServing(lb: LbClient): Promise<void> {
  for (const vip of await lb.readVips({ withText: false })) {
    for (const { address, weight, buckets } of vip.ases) {
      assert.equal(buckets > 0, weight > 0, `${address.text} ${weight}: ${buckets}`);
    }
  }
}

/** Nothing is written any more, whether asked for or by ticks. */
async function checkQuiet({ controller, writes }: Scene): Promise<void> {
  const before = writes();
  assert.equal((await controller.sync({ kind: "all" })).kind, "done");
  await systemClock.sleep(100);
  assert.equal(writes(), before);
}

const often = "sync-interval: 100ms, startup-min-delay: 0s, startup-max-delay: 0s";
const ticking = siteOf(servers, { www, tls: { ...www, at: "198.51.100.1 tcp 443" } }, often);
const key = vipKey(www.at);

/** What somebody else does to VPP. */
const drifts: Readonly<Record<string, (lb: LbClient) => Promise<unknown>>> = {
  "a weight": (lb) => lb.setWeight(key, address("10.0.0.1"), 3, { flush: false }),
  "an AS that is gone": (lb) => lb.deleteAs(key, address("10.0.0.1"), { flush: true }),
  "an AS too many": (lb) => lb.addAs(key, address("10.0.0.77"), 100),
  "a VIP that is gone": (lb) => lb.deleteVip(key),
  "a VIP too many": (lb) => lb.addVip(newVip("203.0.113.9 udp 9")),
  "a VIP of another length": async (lb) => {
    await lb.deleteVip(key);
    await lb.addVip(newVip(www.at, { tableLength: 64 }));
    await lb.addAs(key, address("10.0.0.77"), 100);
  },
  "a VIP of all ports where two should be": async (lb) => {
    for (const at of [www.at, "198.51.100.1 tcp 443"]) await lb.deleteVip(vipKey(at));
    await lb.addVip(newVip("198.51.100.1", { encap: "gre6" }));
  },
};

for (const kind of vppKinds) {
  for (const [change, configs] of Object.entries(changes)) {
    Deno.test(`${kind.name}: ${change}`, () =>
      withScene(kind, configs[0] ?? empty, async (scene) => {
        const lb = await scene.lb();
        for (const config of configs) {
          scene.checker.reload(config);
          await scene.becomes(wantedOf(config));
          assert.deepEqual(await kindsIn(lb), kindsOf(config));
          await checkServing(lb);
        }
        await checkQuiet(scene);
        assert.deepEqual(scene.refusals(), []);
      }));
  }

  Deno.test(`${kind.name}: what somebody else does is undone at the next tick`, () =>
    withScene(kind, ticking, async (scene) => {
      await scene.becomes(wantedOf(ticking));
      const lb = await scene.lb();
      for (const [what, drift] of Object.entries(drifts)) {
        await drift(lb);
        await scene.becomes(wantedOf(ticking)).catch((cause) => {
          throw new Error(what, { cause });
        });
        assert.deepEqual(await kindsIn(lb), kindsOf(ticking), what);
        await checkServing(lb);
      }
      await checkQuiet(scene);
      assert.deepEqual(scene.refusals(), []);
    }));

  Deno.test(`${kind.name}: settings that somebody else changed are set again`, () =>
    withScene(kind, ticking, async (scene) => {
      await scene.becomes(wantedOf(ticking));
      const lb = await scene.lb();
      const settings = await lb.readSettings() ?? assert.fail();
      await lb.writeSettings({ ...settings, stickyBucketsPerCore: 1024, flowTimeoutSeconds: 7 });
      const sets = () => scene.lines.filter(({ msg }) => msg === "vpp-lb-conf-set").length;
      await until(() => sets() === 2, "the settings are not set again");
      assert.deepEqual(await lb.readSettings(), settings);
      await checkQuiet(scene);
    }));

  Deno.test(`${kind.name}: the plan has the settings of somebody else, and a sync sets them`, () =>
    withScene(kind, shop, async (scene) => {
      await scene.becomes(wantedOf(shop));
      const all = { kind: "all" } as const;
      const planned = async () => {
        const outcome = await scene.controller.plan(all);
        assert.ok(outcome.kind === "planned", JSON.stringify(outcome));
        return outcome.settings.map(({ name, from, to }) => `${name} ${from} to ${to}`);
      };
      assert.deepEqual(await planned(), []);
      const lb = await scene.lb();
      const settings = await lb.readSettings() ?? assert.fail();
      await lb.writeSettings({ ...settings, stickyBucketsPerCore: 1024, flowTimeoutSeconds: 7 });
      const changes = ["sticky-buckets-per-core 1024 to 65536", "flow-timeout 7s to 40s"];
      assert.deepEqual(await planned(), changes);
      assert.equal((await scene.controller.sync(all)).kind, "done");
      assert.deepEqual(await planned(), []);
      assert.deepEqual(await lb.readSettings(), settings);
    }));

  Deno.test(`${kind.name}: another health check changes no weight before it has found out`, () =>
    withScene(kind, shop, async (scene) => {
      const { checker, setHealth, becomes } = scene;
      await becomes(wantedOf(shop));
      const before = scene.writes();
      const web = shop.healthchecks.get("web") ?? assert.fail();
      const healthchecks = new Map([["web", { ...web, intervalNs: 30e6 }]]);
      checker.reload({ ...shop, healthchecks });
      assert.equal(checker.backend("web1")?.health.state, "unknown");
      await until(() => checker.backend("web1")?.health.state === "up", "no result");
      await becomes(wantedOf(shop));
      assert.equal(scene.writes(), before);
      setHealth({ "10.0.0.1": false });
      checker.reload(shop);
      await becomes({ "198.51.100.1/32 tcp 80": ["10.0.0.1 0", "10.0.0.2 50", "10.0.9.1 0"] });
    }));

  Deno.test(`${kind.name}: what happens to backends is in VPP at once`, () =>
    withScene(kind, shop, async (scene) => {
      const { checker, setHealth, becomes } = scene;
      const is = (web1: number, web2: number, sorry: number) =>
        becomes({
          "198.51.100.1/32 tcp 80": [`10.0.0.1 ${web1}`, `10.0.0.2 ${web2}`, `10.0.9.1 ${sorry}`],
        });
      const act = (name: string, act: "pause" | "resume" | "disable" | "enable") =>
        assert.equal(checker.act(name, act, "a test"), undefined);
      await is(100, 50, 0);
      setHealth({ "10.0.0.1": false });
      await is(0, 50, 0);
      setHealth({ "10.0.0.1": true });
      await is(100, 50, 0);
      act("web1", "pause");
      await is(0, 50, 0);
      act("web1", "resume");
      await is(100, 50, 0);
      act("web2", "disable");
      await is(100, 0, 0);
      act("web1", "pause");
      await is(0, 0, 100);
      act("web2", "enable");
      await is(0, 50, 0);
      const place = { frontend: "www", pool: "pool0", backend: "web2" };
      assert.equal(checker.setWeight(place, 80, "a test"), undefined);
      await is(0, 80, 0);
      setHealth({ "10.0.0.2": false });
      await is(0, 0, 100);
      setHealth({ "10.0.9.1": false });
      await is(0, 0, 0);
      setHealth({ "10.0.0.2": true });
      await is(0, 80, 0);
      setHealth({ "10.0.9.1": true });
      act("web1", "resume");
      await is(100, 80, 0);
      await checkQuiet(scene);
      assert.deepEqual(scene.refusals(), []);
    }));

  Deno.test(`${kind.name}: two daemons of one configuration leave each other's work alone`, async () => {
    const vpp = await kind.run();
    try {
      await withDaemon(vpp, ticking, (one) =>
        withDaemon(vpp, ticking, async (other) => {
          await one.becomes(wantedOf(ticking));
          const both = [one, other];
          for (const isUp of [false, true]) {
            for (const { setHealth } of both) setHealth({ "10.0.0.1": isUp });
            const weight = isUp ? 100 : 0;
            const ases = [`10.0.0.1 ${weight}`, "10.0.0.2 50", "10.0.9.1 0"];
            await one.becomes({ "198.51.100.1/32 tcp 443": ases, "198.51.100.1/32 tcp 80": ases });
            await other.settled();
            const before = both.map(({ writes }) => writes());
            await systemClock.sleep(350);
            assert.deepEqual(both.map(({ writes }) => writes()), before);
          }
        }));
    } finally {
      await vpp.end();
    }
  });
}
