import assert from "node:assert/strict";
import { configOf, withScene } from "./lb_scene.ts";
import { until, vppKinds } from "./vpp_under_test.ts";

const checks = `
  healthchecks:
    web: { type: tcp, port: 80, interval: 20ms, rise: 1, fall: 2 }`;

const shop = configOf(`${checks}
  backends:
    web1: { address: 10.0.0.1, healthcheck: web }
    web2: { address: 10.0.0.2, healthcheck: web }
    sorry: { address: 10.0.9.1 }
  frontends:
    www:
      address: 198.51.100.1
      protocol: tcp
      port: 80
      pools:
        - { name: primary, backends: { web1: { weight: 100 }, web2: { weight: 50 } } }
        - { name: last-resort, backends: { sorry: {} } }`);

for (const kind of vppKinds) {
  Deno.test(`${kind.name}: an empty VPP is programmed, and left alone once it is right`, () =>
    withScene(kind, shop, async ({ settled, weights, writes, controller }) => {
      await until(() => controller.vpp !== null, "not connected");
      await settled();
      assert.deepEqual(await weights(), {
        "198.51.100.1/32 tcp 80": ["10.0.0.1 100", "10.0.0.2 50", "10.0.9.1 0"],
      });
      const before = writes();
      const outcome = await controller.sync({ kind: "all" });
      assert.equal(outcome.kind, "done");
      assert.equal(writes(), before);
    }));

  Deno.test(`${kind.name}: a pool that dies hands over to the next, and takes over again`, () =>
    withScene(kind, shop, async ({ settled, weights, setHealth }) => {
      await settled();
      const is = async (...expected: string[]) => {
        const shown = async () => (await weights())["198.51.100.1/32 tcp 80"]?.join(", ");
        const endMs = performance.now() + 5_000;
        while (await shown() !== expected.join(", ") && performance.now() < endMs) await settled();
        assert.equal(await shown(), expected.join(", "));
      };
      setHealth({ "10.0.0.1": false });
      await is("10.0.0.1 0", "10.0.0.2 50", "10.0.9.1 0");
      setHealth({ "10.0.0.2": false });
      await is("10.0.0.1 0", "10.0.0.2 0", "10.0.9.1 100");
      setHealth({ "10.0.0.1": true });
      await is("10.0.0.1 100", "10.0.0.2 0", "10.0.9.1 0");
    }));
}
