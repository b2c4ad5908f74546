import assert from "node:assert/strict";
import { systemClock } from "../src/clock.ts";
import { startSimulator } from "../src/vpp/sim/server.ts";
import {
  configOf,
  type LogLine,
  manyVips,
  probedAddress,
  withDaemon,
  withScene,
} from "./lb_scene.ts";
import { until, vppKinds } from "./vpp_under_test.ts";

const few = configOf(manyVips({ vips: 3, ases: 4, probed: 3 }));
const hundreds = configOf(manyVips({ vips: 300, ases: 10, probed: 1 }));

/** How long VPP stands still: long enough for requests to be given up, on request several times. */
const stillMs = Deno.env.get("MAGLEV_TEST_SLOW") === "1" ? 20_000 : 7_000;

const syncsOf = (lines: readonly LogLine[]) =>
  lines.filter(({ msg, scope }) => msg === "vpp-lbsync-done" && scope === "all");

for (const kind of vppKinds) {
  for (const [size, config] of [["few VIPs", few], ["hundreds of VIPs", hundreds]] as const) {
    Deno.test(`${kind.name}: started again, it has its ${size} within 2 s and the sync`, () =>
      withScene(kind, config, async ({ vpp, controller, lines, settled, weights }) => {
        await settled(20_000);
        const before = await weights();
        await vpp.kill();
        await until(() => controller.vpp === null, "the loss was not noticed");
        const syncs = syncsOf(lines).length;
        await vpp.start();
        const startMs = performance.now();
        await until(() => syncsOf(lines).length > syncs, "there was no sync");
        const tookMs = performance.now() - startMs;
        const syncMs = Number(syncsOf(lines).at(-1)?.["duration-ms"]);
        assert.ok(tookMs <= 2_000 + syncMs, `took ${tookMs} ms, the sync ${syncMs} ms of them`);
        await settled();
        assert.deepEqual(await weights(), before);
      }));
  }

  Deno.test(`${kind.name}: killed in the middle of a sync, it is right after the next start`, () =>
    withScene(kind, hundreds, async ({ vpp, controller, lines, settled, writes, weights }) => {
      await until(() => writes() > 500, "the sync did not begin");
      assert.equal(syncsOf(lines).length, 0);
      await vpp.kill();
      await until(() => controller.vpp === null, "the loss was not noticed");
      await vpp.start();
      await settled(20_000);
      assert.equal(Object.keys(await weights()).length, 300);
      assert.ok(writes() < 2 * 300 * 11 + 10, "what was lost was written twice");
    }));

  Deno.test(`${kind.name}: stopped for a while, it gets no pile of requests, then what is right`, () =>
    withScene(kind, few, async (scene) => {
      const { vpp, controller, setHealth, settled, sent, weights, checker } = scene;
      await settled();
      const connected = controller.vpp;
      let transitions = 0;
      checker.onChange(() => transitions++);
      vpp.pause();
      const before = sent();
      const endMs = performance.now() + stillMs;
      for (let isUp = false; performance.now() < endMs; isUp = !isUp) {
        setHealth({ [probedAddress(0)]: isUp, [probedAddress(1)]: !isUp });
        await systemClock.sleep(100);
      }
      const piled = sent() - before;
      setHealth({ [probedAddress(0)]: false, [probedAddress(1)]: true });
      vpp.resume();
      assert.ok(transitions > stillMs / 200, `only ${transitions} transitions`);
      // One sync at a time, and a look-up of counters, each given up after 5 s or more.
      assert.ok(
        piled <= 5 + 1.5 * stillMs / 1_000,
        `${piled} requests for ${transitions} transitions`,
      );
      const isRight = async () =>
        (await weights())["198.18.0.1/32 tcp 80"]?.includes("10.8.0.1 0") &&
        (await weights())["198.18.0.2/32 tcp 80"]?.includes("10.8.0.2 50");
      for (const endMs = performance.now() + 4_000; !await isRight();) {
        assert.ok(performance.now() < endMs, JSON.stringify(await weights()));
        await systemClock.sleep(50);
      }
      await settled();
      assert.equal(controller.vpp, connected, "the connection was given up");
    }));
}

Deno.test("a VPP without its lb plugin is connected, cannot be synced, and is left alone", async () => {
  const folder = await Deno.makeTempDir({ prefix: "maglev-sim-" });
  const paths = { apiPath: `${folder}/api.sock`, statsPath: `${folder}/stats.sock` };
  const options = { profile: "weighted", clock: systemClock, random: Math.random } as const;
  const simulator = await startSimulator({ ...paths, ...options });
  simulator.faults.rename = (key) => key.startsWith("lb_") ? null : key;
  const none = () => Promise.resolve();
  const vpp = { ...paths, kill: none, start: none, end: none, pause: () => {}, resume: () => {} };
  try {
    await withDaemon(vpp, few, async ({ controller, lines, setHealth, sent, writes }) => {
      await until(() => controller.vpp !== null, "not connected");
      assert.equal(controller.vpp?.lb, null);
      const before = sent();
      for (const scope of [{ kind: "all" }, { kind: "vip", frontend: "vip0" }] as const) {
        for (const outcome of [await controller.sync(scope), await controller.plan(scope)]) {
          assert.equal(outcome.kind, "unavailable");
          assert.match(
            outcome.kind === "unavailable" ? outcome.reason : "",
            /^the lb plugin of this VPP cannot be used: VPP's lb plugin is not loaded/,
          );
        }
      }
      for (let turn = 0; turn < 10; turn++) {
        setHealth({ [probedAddress(0)]: turn % 2 === 1 });
        await systemClock.sleep(60);
      }
      assert.equal(sent(), before);
      assert.equal(writes(), 0);
      const errors = lines.filter(({ level }) => level === "ERROR");
      assert.deepEqual(errors.map(({ msg }) => msg), ["vpp-connect"]);
      assert.match(JSON.stringify(errors[0]), /lb plugin is not loaded/);
    });
  } finally {
    simulator.close();
    await Deno.remove(folder, { recursive: true });
  }
});
