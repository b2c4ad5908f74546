import assert from "node:assert/strict";
import { systemClock } from "../src/clock.ts";
import type { LbClient } from "../src/vpp/lb/mod.ts";
import { configOf, type LogLine, type Scene, weightsOf, withDaemon } from "./lb_scene.ts";
import { type RunningVpp, until, type VppKind, vppKinds } from "./vpp_under_test.ts";

const minMs = 500;
const maxMs = 1_500;

/** How much later than due something may be seen on a busy machine. */
const slackMs = 700;

/** Two frontends; another weight of `web1` makes it another configuration. */
const shops = (lb: string, weight = 100) =>
  configOf(
    `
  healthchecks:
    web: { type: tcp, port: 80, interval: 20ms, rise: 1, fall: 1 }
  backends:
    web1: { address: 10.0.0.1, healthcheck: web }
    web2: { address: 10.0.0.2, healthcheck: web }
    web3: { address: 10.0.0.3, healthcheck: web }
    web4: { address: 10.0.0.4, healthcheck: web }
  frontends:
    one:
      address: 198.51.100.1
      protocol: tcp
      port: 80
      pools: [{ name: main, backends: { web1: { weight: ${weight} }, web2: {} } }]
    two:
      address: 198.51.100.2
      protocol: tcp
      port: 80
      pools: [{ name: main, backends: { web3: {}, web4: {} } }]`,
    `sync-interval: 1h, ${lb}`,
  );
const cold = shops("startup-min-delay: 0s, startup-max-delay: 0s");
const warm = shops(`startup-min-delay: ${minMs}ms, startup-max-delay: ${maxMs}ms`);

const all = {
  "198.51.100.1/32 tcp 80": ["10.0.0.1 100", "10.0.0.2 100"],
  "198.51.100.2/32 tcp 80": ["10.0.0.3 100", "10.0.0.4 100"],
};
const withoutWeb1 = { ...all, "198.51.100.1/32 tcp 80": ["10.0.0.1 0", "10.0.0.2 100"] };

/** Runs a test with a VPP that a daemon has programmed, and that serves. */
async function withServingVpp(kind: VppKind, test: (vpp: RunningVpp) => Promise<void>) {
  const vpp = await kind.run();
  try {
    await withDaemon(vpp, cold, async ({ settled, weights, checker }) => {
      const areUp = () => [...checker.backends()].every(({ health }) => health.state === "up");
      await until(areUp, "not all are up");
      await settled();
      assert.deepEqual(await weights(), all);
    });
    await test(vpp);
  } finally {
    await vpp.end();
  }
}

/** Notes each state that VPP is seen in, until the function returned is called. */
function watchStates(lb: LbClient): () => Promise<readonly string[]> {
  const states: string[] = [];
  let isOver = false;
  const look = async () => {
    while (!isOver) {
      const state = JSON.stringify(weightsOf(await lb.readVips({ withText: false })));
      if (state !== states.at(-1)) states.push(state);
      await systemClock.sleep(2);
    }
  };
  const looked = look();
  return async () => {
    isOver = true;
    await looked;
    return states;
  };
}

/** Notes when, since now, records of the log come, in milliseconds. */
function stopwatch() {
  const startMs = performance.now();
  const times: { readonly msg: string; readonly atMs: number }[] = [];
  const elapsedMs = () => performance.now() - startMs;
  return {
    elapsedMs,
    onLine: (line: LogLine) => times.push({ msg: line.msg, atMs: elapsedMs() }),
    /** When there was a record of such a name for the first time; NaN if there was none. */
    firstMs: (name: RegExp) => times.find(({ msg }) => name.test(msg))?.atMs ?? NaN,
  };
}

const change = /^vpp-lbsync-(vip|as)-/;
const isOver = ({ controller }: Scene) =>
  until(() => controller.warmUp.phase === "over", "the warm-up does not end");

const isFullSync = ({ msg, scope }: LogLine) => msg === "vpp-lbsync-done" && scope === "all";

for (const kind of vppKinds) {
  Deno.test(`${kind.name}: a restart of the daemon is not seen in VPP`, () =>
    withServingVpp(kind, (vpp) =>
      withDaemon(vpp, warm, async (scene) => {
        const end = watchStates(await scene.lb());
        await isOver(scene);
        await until(() => scene.lines.some(isFullSync), "there was no sync");
        await scene.settled();
        assert.deepEqual(await end(), [JSON.stringify(all)]);
        assert.equal(scene.writes(), 0);
      })));

  Deno.test(`${kind.name}: who died while no daemon ran is taken out between the delays`, () =>
    withServingVpp(kind, async (vpp) => {
      const { onLine, firstMs } = stopwatch();
      await withDaemon(vpp, warm, async (scene) => {
        const end = watchStates(await scene.lb());
        await until(() => firstMs(change) > 0, "nothing was written");
        assert.equal(scene.controller.warmUp.phase, "releasing");
        const atMs = firstMs(change);
        assert.ok(atMs >= minMs && atMs < maxMs, `taken out after ${atMs} ms`);
        assert.deepEqual(await scene.weights(), withoutWeb1);
        assert.equal(scene.writes(), 1);
        assert.deepEqual(await end(), [all, withoutWeb1].map((state) => JSON.stringify(state)));
      }, { down: ["10.0.0.1"], silent: ["10.0.0.3"], onLine });
    }));

  Deno.test(`${kind.name}: a frontend of which not all is known is left alone to the end`, () =>
    withServingVpp(kind, async (vpp) => {
      const { onLine, firstMs } = stopwatch();
      await withDaemon(vpp, warm, async (scene) => {
        await isOver(scene);
        await scene.settled();
        const atMs = firstMs(change);
        assert.ok(atMs >= maxMs && atMs < maxMs + slackMs, `changed after ${atMs} ms`);
        assert.deepEqual(await scene.weights(), {
          ...withoutWeb1,
          "198.51.100.1/32 tcp 80": ["10.0.0.1 0", "10.0.0.2 0"],
        });
      }, { down: ["10.0.0.1"], silent: ["10.0.0.2"], onLine });
    }));

  Deno.test(`${kind.name}: without delays there is no warm-up`, () =>
    withServingVpp(kind, (vpp) =>
      withDaemon(vpp, cold, async (scene) => {
        assert.equal(scene.controller.warmUp.phase, "over");
        await scene.settled();
        assert.deepEqual((await scene.weights())["198.51.100.1/32 tcp 80"], [
          "10.0.0.1 0",
          "10.0.0.2 100",
        ]);
      }, { silent: ["10.0.0.1"] })));

  Deno.test(`${kind.name}: a reload neither ends the warm-up nor begins it again`, () =>
    withServingVpp(kind, async (vpp) => {
      const { onLine, firstMs, elapsedMs } = stopwatch();
      const delays = `startup-min-delay: ${minMs}ms, startup-max-delay: ${maxMs}ms`;
      await withDaemon(vpp, warm, async (scene) => {
        await systemClock.sleep(minMs / 2);
        scene.checker.reload(shops(delays, 70));
        await until(() => firstMs(change) > 0, "nothing was written");
        assert.ok(firstMs(change) >= minMs, `written after ${firstMs(change)} ms`);
        scene.checker.reload(shops(delays, 65));
        const released = async () => (await scene.weights())["198.51.100.1/32 tcp 80"]?.join();
        while (await released() !== "10.0.0.1 65,10.0.0.2 100" && elapsedMs() < maxMs - 300);
        assert.equal(await released(), "10.0.0.1 65,10.0.0.2 100", "who is released is reloaded");
        await until(() => elapsedMs() > maxMs - 300, "time stands still");
        assert.equal(scene.controller.warmUp.phase, "releasing");
        scene.checker.reload(shops(delays, 60));
        await isOver(scene);
        assert.ok(elapsedMs() < maxMs + slackMs, `over after ${elapsedMs()} ms`);
        await scene.settled();
        assert.deepEqual((await scene.weights())["198.51.100.1/32 tcp 80"], [
          "10.0.0.1 60",
          "10.0.0.2 100",
        ]);
      }, { silent: ["10.0.0.3"], onLine });
    }));

  Deno.test(`${kind.name}: an operator who syncs during the warm-up is told how long it lasts`, () =>
    withServingVpp(kind, (vpp) =>
      withDaemon(vpp, warm, async (scene) => {
        const scopes = [{ kind: "all" }, { kind: "vip", frontend: "one" }] as const;
        for (const phase of ["waiting", "releasing"]) {
          await until(() => scene.controller.warmUp.phase === phase, `not ${phase}`);
          for (const scope of scopes) {
            const outcome = await scene.controller.sync(scope);
            assert.equal(outcome.kind, "warming-up");
            const { reason } = outcome as typeof outcome & { readonly reason: string };
            assert.match(reason, /^the warm-up ends in [12]s at the latest$/);
          }
        }
        const planned = await scene.controller.plan({ kind: "all" });
        assert.equal(planned.kind, "planned");
        assert.equal(scene.writes(), 0);
        await isOver(scene);
        assert.equal((await scene.controller.sync({ kind: "all" })).kind, "done");
      }, { silent: ["10.0.0.3"] })));

  Deno.test(`${kind.name}: an empty VPP gets nothing before its time, then settings and VIPs`, async () => {
    const vpp = await kind.run();
    const { onLine, firstMs } = stopwatch();
    try {
      await withDaemon(vpp, warm, async (scene) => {
        const lb = await scene.lb();
        const before = await lb.readSettings();
        await systemClock.sleep(minMs - 200);
        assert.equal(scene.writes(), 0);
        assert.deepEqual(await lb.readSettings(), before);
        await until(() => firstMs(/^vpp-lbsync-done$/) > 0, "nothing was written");
        assert.ok(firstMs(/^vpp-lb(-conf-set$|sync-)/) >= minMs);
        assert.equal(scene.controller.warmUp.phase, "releasing");
        assert.equal((await lb.readSettings())?.sourceIpv4.text, "192.0.2.1");
        assert.deepEqual(Object.keys(await scene.weights()), ["198.51.100.1/32 tcp 80"]);
        await isOver(scene);
        await scene.settled();
        assert.equal(Object.keys(await scene.weights()).length, 2);
      }, { silent: ["10.0.0.3"], onLine });
    } finally {
      await vpp.end();
    }
  });
}
