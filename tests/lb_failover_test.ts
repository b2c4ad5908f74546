import assert from "node:assert/strict";
import { systemClock } from "../src/clock.ts";
import { vipKeyText } from "../src/vpp/lb/mod.ts";
import { type LogLine, type Scene, siteOf, withScene } from "./lb_scene.ts";
import { until, vppKinds } from "./vpp_under_test.ts";

const first = { web1: "10.0.0.1", web2: "10.0.0.2", web3: "10.0.0.3" };
const second = { spare1: "10.0.1.1", spare2: "10.0.1.2" };
const weigh = (backends: object, weight: number) =>
  Object.fromEntries(Object.keys(backends).map((name) => [name, weight]));
const pools = [weigh(first, 100), weigh(second, 40), { sorry: 1 }];
const site = siteOf({ ...first, ...second, sorry: "10.0.9.1" }, {
  www: { at: "198.51.100.1 tcp 80", pools },
  long: { at: "198.51.100.1 tcp 443", pools, "flow-table-length": 65_536 },
  six: { at: "2001:db8::1 udp 53", pools, "flush-on-down": true },
});
const vips = ["198.51.100.1/32 tcp 80", "198.51.100.1/32 tcp 443", "2001:db8::1/128 udp 53"];

/** Looks at VPP without a pause until told to stop; says how often, and what was without an AS. */
async function watch({ lb }: Scene, stop: AbortSignal): Promise<[number, string[]]> {
  const looker = await lb();
  const unusable: string[] = [];
  let looks = 0;
  for (; !stop.aborted; looks++) {
    const seen = await looker.readVips({ withText: false });
    const usable = seen.filter(({ ases }) =>
      ases.some(({ weight, buckets }) => weight > 0 && buckets > 0)
    ).map(vipKeyText);
    unusable.push(...vips.filter((vip) => !usable.includes(vip)));
    await systemClock.sleep(0);
  }
  return [looks, unusable];
}

/** The VIPs that had no AS with a weight after some action, told from the log, from all at 0. */
function unusableBetween(lines: readonly LogLine[], from: number): string[] {
  const weights = new Map<string, Map<unknown, number>>();
  const unusable: string[] = [];
  for (const [index, { msg, vip, address, to, weight }] of lines.entries()) {
    if (!/^vpp-lbsync-as-/.test(msg)) continue;
    const ofVip = weights.get(String(vip)) ?? new Map();
    weights.set(String(vip), ofVip);
    if (msg === "vpp-lbsync-as-del") ofVip.delete(address);
    else ofVip.set(address, Number(to ?? weight));
    const sum = [...ofVip.values()].reduce((sum, each) => sum + each, 0);
    if (sum === 0 && index >= from) unusable.push(`${vip}, ${msg} ${address}`);
  }
  return unusable;
}

/** Which pool serves: its addresses and weights, the others at 0. */
function serving(backends: Readonly<Record<string, string>>, weight: number) {
  const all = [...Object.values(first), ...Object.values(second), "10.0.9.1"];
  const ases = all.map((address) =>
    `${address} ${Object.values(backends).includes(address) ? weight : 0}`
  );
  return Object.fromEntries(vips.map((vip) => [vip, ases]));
}

for (const kind of vppKinds) {
  Deno.test(`${kind.name}: no action of a failover or failback leaves a VIP without a usable AS`, () =>
    withScene(kind, site, async (scene) => {
      const { becomes, setHealth, lines, checker } = scene;
      const set = (backends: Readonly<Record<string, string>>, isUp: boolean) =>
        setHealth(Object.fromEntries(Object.values(backends).map((each) => [each, isUp])));
      await becomes(serving(first, 100));
      const from = lines.length;
      const end = new AbortController();
      const watching = watch(scene, end.signal);
      for (let round = 0; round < 3; round++) {
        set(first, false);
        await becomes(serving(second, 40));
        set(second, false);
        await becomes(serving({ sorry: "10.0.9.1" }, 1));
        set(second, true);
        await becomes(serving(second, 40));
        set(first, true);
        await becomes(serving(first, 100));
        for (const name of Object.keys(first)) checker.act(name, "disable", "a test");
        await becomes(serving(second, 40));
        for (const name of Object.keys(first)) checker.act(name, "enable", "a test");
        await becomes(serving(first, 100));
      }
      end.abort();
      const [looks, unusable] = await watching;
      assert.ok(looks > 30, `${looks}`);
      assert.deepEqual(unusable, []);
      assert.deepEqual(unusableBetween(lines, from), []);
      assert.deepEqual(scene.refusals(), []);
    }));

  Deno.test(`${kind.name}: with the last backend all weights are 0, and with the first they are back`, () =>
    withScene(kind, site, async ({ becomes, setHealth, lb }) => {
      const addresses = [...Object.values(first), ...Object.values(second), "10.0.9.1"];
      const set = (isUp: boolean) =>
        setHealth(Object.fromEntries(addresses.map((each) => [each, isUp])));
      await becomes(serving(first, 100));
      set(false);
      await becomes(serving({}, 0));
      const seen = await (await lb()).readVips({ withText: false });
      assert.ok(seen.every(({ ases }) => ases.every(({ buckets }) => buckets === 0)));
      setHealth({ "10.0.9.1": true });
      await becomes(serving({ sorry: "10.0.9.1" }, 1));
      set(true);
      await becomes(serving(first, 100));
    }));

  Deno.test(`${kind.name}: a configuration whose backends are all others takes over without a gap`, () =>
    withScene(kind, site, async (scene) => {
      const { becomes, checker, lines } = scene;
      await becomes(serving(first, 100));
      const from = lines.length;
      const end = new AbortController();
      const watching = watch(scene, end.signal);
      const swapped = siteOf({ ...first, ...second, sorry: "10.0.9.1" }, {
        www: { at: "198.51.100.1 tcp 80", pools: pools.toReversed() },
        long: {
          at: "198.51.100.1 tcp 443",
          pools: pools.toReversed(),
          "flow-table-length": 65_536,
        },
        six: { at: "2001:db8::1 udp 53", pools: pools.toReversed(), "flush-on-down": true },
      });
      checker.reload(swapped);
      await becomes(serving({ sorry: "10.0.9.1" }, 1));
      checker.reload(site);
      await becomes(serving(first, 100));
      await until(() => lines.length > from, "nothing was done");
      end.abort();
      assert.deepEqual((await watching)[1], []);
      assert.deepEqual(unusableBetween(lines, from), []);
    }));
}
