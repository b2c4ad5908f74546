import assert from "node:assert/strict";
import { connectApi } from "../src/vpp/api/mod.ts";
import { vipKey } from "../src/vpp/lb/lb_fixture.ts";
import { type LbClient, type Profile, vipKeyText } from "../src/vpp/lb/mod.ts";
import { runSimulator } from "./lb_simulator.ts";
import { type Scene, siteOf, withDaemon } from "./lb_scene.ts";
import { createPacketGenerator } from "./packet_generator.ts";
import { type RunningVpp, until, vppKinds } from "./vpp_under_test.ts";

const servers = { web1: "192.0.2.11", web2: "192.0.2.12", sorry: "192.0.2.13" };
const vip = vipKey("198.51.100.1 udp 53");
const other = vipKey("198.51.100.2 udp 53");
const pools = [{ web1: 100, web2: 100 }, { sorry: 100 }];

/** Two frontends with the same backends, of which one wants a flush when a backend goes down. */
const site = siteOf(servers, {
  dns: { at: "198.51.100.1 udp 53", "flush-on-down": true, pools },
  draining: { at: "198.51.100.2 udp 53", "flush-on-down": false, pools },
});

/** A VPP that carries traffic. */
interface Traffic {
  readonly vpp: RunningVpp;
  /** Sends new flows to both VIPs. */
  send(): Promise<void>;
  end(): Promise<void>;
}

const flows = 400;

async function simulatedTraffic(profile: Profile): Promise<Traffic> {
  const vpp = await runSimulator(profile);
  const send = () => {
    for (const key of [vip, other]) vpp.sendFlows(key, flows);
    return Promise.resolve();
  };
  return { vpp, send, end: vpp.end };
}

async function realTraffic(run: () => Promise<RunningVpp>): Promise<Traffic> {
  const vpp = await run();
  const api = await connectApi({ path: vpp.apiPath, name: "traffic" });
  const generator = await createPacketGenerator(api, Object.values(servers));
  const send = async () => {
    for (const { prefix, port } of [vip, other]) {
      await generator.send({ to: prefix.address.text, port, packets: flows, flows });
    }
  };
  const end = async () => {
    await api.close();
    await vpp.end();
  };
  return { vpp, send, end };
}

/** What is done to backends, with what is to become of the flows. */
interface Step {
  readonly act: (scene: Scene) => unknown;
  /** What web1, web2 and sorry weigh then, in both VIPs. */
  readonly weights: readonly [number, number, number];
  /** New flows come then. */
  readonly traffic?: true;
  /** The backends whose flows are forgotten, in the VIP that flushes and in the one that drains. */
  readonly forgotten?: readonly [readonly Name[], readonly Name[]];
}

type Name = keyof typeof servers;

const operate = (name: Name, act: "pause" | "resume" | "disable" | "enable") => (scene: Scene) =>
  assert.equal(scene.checker.act(name, act, "a test"), undefined);
const health = (name: Name, isUp: boolean) => ({ setHealth }: Scene) =>
  setHealth({ [servers[name]]: isUp });
const weigh = (weight: number) => ({ checker }: Scene) => {
  for (const frontend of ["dns", "draining"]) {
    checker.setWeight({ frontend, pool: "pool0", backend: "web1" }, weight, "a test");
  }
};

const pauseBoth = (scene: Scene) => {
  operate("web1", "pause")(scene);
  operate("web2", "pause")(scene);
};
const both = (...names: readonly Name[]) => [names, names] as const;

const cases: Readonly<Record<string, readonly Step[]>> = {
  "one that goes down is flushed where the frontend wants that, and drains where not": [
    { act: health("web1", false), weights: [0, 100, 0], forgotten: [["web1"], []] },
    { act: health("web1", true), weights: [100, 100, 0] },
  ],
  "one that is disabled is flushed": [
    { act: operate("web1", "disable"), weights: [0, 100, 0], forgotten: both("web1") },
    { act: operate("web1", "enable"), weights: [100, 100, 0] },
  ],
  "one that is paused drains, and one that is disabled then is flushed": [
    { act: operate("web1", "pause"), weights: [0, 100, 0] },
    { act: operate("web1", "disable"), weights: [0, 100, 0], forgotten: both("web1") },
  ],
  "one that is paused and resumed drains": [
    { act: operate("web1", "pause"), weights: [0, 100, 0] },
    { act: operate("web1", "resume"), weights: [100, 100, 0] },
  ],
  "one whose weight is set to 0 drains, and is flushed as it goes down": [
    { act: weigh(0), weights: [0, 100, 0] },
    { act: health("web1", false), weights: [0, 100, 0], forgotten: [["web1"], []] },
  ],
  "one that is down and drains is flushed when it is disabled": [
    { act: health("web1", false), weights: [0, 100, 0], forgotten: [["web1"], []] },
    { act: operate("web1", "disable"), weights: [0, 100, 0], forgotten: [[], ["web1"]] },
  ],
  "a pool that stands by again drains; disabled, it is flushed": [
    { act: pauseBoth, weights: [0, 0, 100], traffic: true },
    { act: operate("web2", "resume"), weights: [0, 100, 0] },
    { act: operate("sorry", "disable"), weights: [0, 100, 0], forgotten: both("sorry") },
  ],
  "one that stands by and goes down is flushed where the frontend wants that": [
    { act: pauseBoth, weights: [0, 0, 100], traffic: true },
    { act: operate("web1", "resume"), weights: [100, 0, 0] },
    { act: health("sorry", false), weights: [100, 0, 0], forgotten: [["sorry"], []] },
    { act: health("sorry", true), weights: [100, 0, 0] },
    { act: operate("web2", "disable"), weights: [100, 0, 0], forgotten: both("web2") },
  ],
};

/** The live flows of the ASes, by VIP and backend. */
async function flowsIn(lb: LbClient): Promise<readonly Record<string, number>[]> {
  const vips = await lb.readVips({ withText: true });
  return [vip, other].map((key) => {
    const found = vips.find((each) => vipKeyText(each) === vipKeyText(key)) ?? assert.fail();
    return Object.fromEntries(
      Object.entries(servers).map(([name, address]) => {
        const as = [...found.ases, ...found.lingering].find((as) => as.address.text === address);
        return [name, as?.text?.flows ?? 0];
      }),
    );
  });
}

/** How often VPP was made to forget flows. */
function flushesIn({ lines }: Scene): number {
  return lines.filter(({ flush }) => flush === true).length;
}

const kinds = [
  ...vppKinds.map(({ name, isReal, run }) => ({
    name,
    start: () => isReal ? realTraffic(run) : simulatedTraffic("weighted"),
  })),
  // There, what weighs nothing was deleted and lingers.
  { name: "simulated VPP before 26.10", start: () => simulatedTraffic("classic") },
];

for (const { name, start } of kinds) {
  for (const [rule, steps] of Object.entries(cases)) {
    Deno.test(`${name}: ${rule}`, async () => {
      const { vpp, send, end } = await start();
      try {
        await withDaemon(vpp, site, async (scene) => {
          const lb = await scene.lb();
          const become = ([web1, web2, sorry]: Step["weights"]) => {
            const all = [`192.0.2.11 ${web1}`, `192.0.2.12 ${web2}`, `192.0.2.13 ${sorry}`];
            const isThere = (as: string) => lb.profile === "weighted" || !as.endsWith(" 0");
            const ases = all.filter(isThere);
            return scene.becomes({ [vipKeyText(vip)]: ases, [vipKeyText(other)]: ases });
          };
          await become([100, 100, 0]);
          await send();
          let expected = await flowsIn(lb);
          for (const each of expected) {
            assert.ok((each.web1 ?? 0) > flows / 4 && (each.web2 ?? 0) > flows / 4);
          }
          for (const { act, weights, traffic, forgotten = [[], []] } of steps) {
            const flushes = flushesIn(scene);
            act(scene);
            await become(weights);
            if (traffic) {
              await send();
              expected = await flowsIn(lb);
            }
            expected = expected.map((each, index) => {
              const gone = (forgotten[index] ?? []).map((name): [string, number] => [name, 0]);
              return { ...each, ...Object.fromEntries(gone) };
            });
            const wanted = flushes + forgotten.flat().length;
            await until(() => flushesIn(scene) >= wanted, "nothing is flushed");
            await scene.settled();
            assert.equal(flushesIn(scene), wanted);
            assert.deepEqual(await flowsIn(lb), expected);
            // Once is enough.
            const before = scene.writes();
            for (let turn = 0; turn < 3; turn++) await scene.controller.sync({ kind: "all" });
            assert.equal(scene.writes(), before);
            assert.equal(flushesIn(scene), wanted);
          }
          assert.deepEqual(scene.refusals(), []);
        });
      } finally {
        await end();
      }
    });
  }
}
