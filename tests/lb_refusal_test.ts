import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { systemClock } from "../src/clock.ts";
import { address, newVip, vipKey } from "../src/vpp/lb/lb_fixture.ts";
import { lbAddDelVipV2, retvalName } from "../src/vpp/wire/mod.ts";
import { runSimulator } from "./lb_simulator.ts";
import { type Scene, siteOf, withDaemon, withScene } from "./lb_scene.ts";
import { until, vppKinds } from "./vpp_under_test.ts";

const servers = { web1: "10.0.0.1", web2: "10.0.0.2", late: "10.0.0.3", last: "10.0.0.4" };
const pools = [{ web1: 100, web2: 50 }];
const frontends = {
  www: { at: "198.51.100.1 tcp 80", pools },
  dns: { at: "198.51.100.2 udp 53", pools },
};
const site = siteOf(servers, frontends);
const key = vipKey(frontends.www.at);

for (const kind of vppKinds) {
  Deno.test(`${kind.name}: what VPP refuses is tried once more and told, and the next full sync repairs it`, () =>
    withScene(kind, site, async (scene) => {
      const { becomes, setHealth, controller, refusals, weights } = scene;
      const ases = ["10.0.0.1 100", "10.0.0.2 50"];
      await becomes({ "198.51.100.1/32 tcp 80": ases, "198.51.100.2/32 udp 53": ases });
      const lb = await scene.lb();
      await lb.deleteVip(key);
      await lb.addVip(newVip("198.51.100.1", { encap: "gre6" }));
      setHealth({ "10.0.0.1": false });
      await until(() => refusals().length > 0, "nothing is refused");
      await until(() => controller.syncs.vip.counts.failed > 0, "nothing is counted");
      assert.deepEqual(refusals().map(({ code, retval, vip }) => [code, retval, vip]), [
        ["NO_SUCH_ENTRY", -6, "198.51.100.1/32 tcp 80"],
      ]);
      assert.equal(controller.syncs.vip.counts.failed, 1);
      const others = ["10.0.0.1 0", "10.0.0.2 50"];
      assert.deepEqual(await weights(), {
        "198.51.100.1/32 any 0": [],
        "198.51.100.2/32 udp 53": others,
      });
      assert.equal((await controller.sync({ kind: "all" })).kind, "done");
      await becomes({ "198.51.100.1/32 tcp 80": others, "198.51.100.2/32 udp 53": others });
      assert.equal(refusals().length, 1);
    }));

  Deno.test(`${kind.name}: an AS that somebody deleted is there again at its next change`, () =>
    withScene(kind, site, async ({ becomes, setHealth, refusals, lb }) => {
      const ases = ["10.0.0.1 100", "10.0.0.2 50"];
      await becomes({ "198.51.100.1/32 tcp 80": ases, "198.51.100.2/32 udp 53": ases });
      await (await lb()).deleteAs(key, address("10.0.0.1"), { flush: true });
      setHealth({ "10.0.0.1": false });
      const changed = ["10.0.0.1 0", "10.0.0.2 50"];
      await becomes({ "198.51.100.1/32 tcp 80": changed, "198.51.100.2/32 udp 53": changed });
      assert.deepEqual(refusals().map(({ code }) => code), ["NO_SUCH_ENTRY"]);
    }));

  for (
    const { obstacle, at, encap, code } of [
      { obstacle: "of all ports", at: "198.51.100.9", encap: "gre4", code: "VALUE_EXIST" },
      {
        obstacle: "of another encapsulation",
        at: "198.51.100.9 tcp 443",
        encap: "gre6",
        code: "INVALID_ARGUMENT",
      },
    ] as const
  ) {
    Deno.test(`${kind.name}: a VIP that is refused beside a foreign one ${obstacle} comes when that is gone`, () => {
      const warming = siteOf(
        servers,
        {
          ...frontends,
          late: { at: "198.51.100.9 tcp 80", pools: [{ late: 100 }] },
          last: { at: "203.0.113.1 tcp 80", pools: [{ last: 100 }] },
        },
        "sync-interval: 1h, startup-min-delay: 0s, startup-max-delay: 1h",
      );
      return withScene(kind, warming, async (scene) => {
        const { weights, setHealth, refusals, controller } = scene;
        const ases = ["10.0.0.1 100", "10.0.0.2 50"];
        const known = { "198.51.100.1/32 tcp 80": ases, "198.51.100.2/32 udp 53": ases };
        await until(() => controller.syncs.vip.counts.vipAdded === 2, "nothing is released");
        const lb = await scene.lb();
        // Without its settings VPP would send from an address that is none.
        assert.equal((await lb.readSettings())?.sourceIpv4.text, "192.0.2.1");
        await lb.addVip(newVip(at, { encap }));
        const foreign = Object.keys(await weights()).find((vip) => /\.9/.test(vip)) ?? "";
        setHealth({ "10.0.0.3": true });
        await until(() => controller.syncs.vip.counts.failed > 0, "nothing is refused");
        assert.deepEqual(refusals().map((line) => line.code), [code]);
        assert.deepEqual(await weights(), { ...known, [foreign]: [] });
        // Now all is known, and the warm-up ends with a sync of everything.
        setHealth({ "10.0.0.4": true });
        await scene.becomes({
          ...known,
          "198.51.100.9/32 tcp 80": ["10.0.0.3 100"],
          "203.0.113.1/32 tcp 80": ["10.0.0.4 100"],
        });
        assert.equal(refusals().length, 1);
      }, { silent: ["10.0.0.3", "10.0.0.4"] });
    });
  }
}

for (const kind of vppKinds) {
  Deno.test(`${kind.name}: a VIP that has to wait for the end of the warm-up is left alone until then`, async () => {
    const vpp = await kind.run();
    const warming = siteOf(
      servers,
      { ...frontends, last: { at: "203.0.113.1 tcp 80", pools: [{ last: 100 }] } },
      "sync-interval: 1h, startup-min-delay: 0s, startup-max-delay: 1h",
    );
    // A VPP of other days: one has backends of the other family, one is of all ports.
    await withDaemon(vpp, siteOf({}, {}), async ({ lb, settled }) => {
      await settled();
      const client = await lb();
      await client.addVip(newVip(frontends.www.at, { encap: "gre6" }));
      await client.addAs(key, address("2001:db8::7"), 100);
      await client.addVip(newVip("198.51.100.2"));
    });
    const left = { "198.51.100.1/32 tcp 80": ["2001:db8::7 100"], "198.51.100.2/32 any 0": [] };
    const released = ({ lines }: Scene) =>
      lines.filter(({ msg, scope }) => msg === "vpp-lbsync-done" && scope === "vip").length;
    try {
      await withDaemon(vpp, warming, async (scene) => {
        await until(() => released(scene) > 0, "nothing is released");
        for (const isUp of [false, true, false]) {
          const before = released(scene);
          scene.setHealth({ "10.0.0.1": isUp });
          await until(() => released(scene) > before, "nothing is synced");
        }
        assert.deepEqual(await scene.weights(), left);
        assert.equal(scene.writes(), 0);
        scene.setHealth({ "10.0.0.4": true });
        const ases = ["10.0.0.1 0", "10.0.0.2 50"];
        await scene.becomes({
          "198.51.100.1/32 tcp 80": ases,
          "198.51.100.2/32 udp 53": ases,
          "203.0.113.1/32 tcp 80": ["10.0.0.4 100"],
        });
        assert.deepEqual(scene.refusals(), []);
      }, { silent: ["10.0.0.4"] });
    } finally {
      await vpp.end();
    }
  });
}

const ticking = siteOf(
  servers,
  frontends,
  "sync-interval: 50ms, startup-min-delay: 0s, startup-max-delay: 0s",
);

Deno.test("simulated VPP: a refusal that lasts is tried twice a tick, and costs other VIPs nothing", async () => {
  const vpp = await runSimulator();
  vpp.faults.refuse = ({ name }, fields) => {
    const { port } = fields as { readonly port?: number };
    return name === lbAddDelVipV2.name && port === 80 ? -103 : null;
  };
  try {
    await withDaemon(vpp, ticking, async (scene) => {
      const { controller, refusals, checker, lines, weights } = scene;
      const shown = async (dns: readonly string[]) => {
        const expected = { "198.51.100.2/32 udp 53": dns };
        for (let turn = 0; turn < 200; turn++) {
          if (isDeepStrictEqual(await weights(), expected)) return;
          await systemClock.sleep(10);
        }
        assert.deepEqual(await weights(), expected);
      };
      await shown(["10.0.0.1 100", "10.0.0.2 50"]);
      checker.act("web1", "pause", "a test");
      await shown(["10.0.0.1 0", "10.0.0.2 50"]);
      checker.act("web1", "disable", "a test");
      const flushes = () => lines.filter(({ flush }) => flush === true).length;
      await until(() => flushes() > 0, "nothing is flushed");

      // The plan for everything, and the one for the VIP alone that it is followed by.
      const { syncs } = controller;
      const passes = () => lines.filter(({ msg }) => msg === "vpp-lbsync-done").length;
      const [failed, done] = [syncs.all.counts.failed, passes()];
      await until(() => passes() === done + 5, "there are no more syncs");
      assert.equal(syncs.all.counts.failed, failed + 10);
      const codes = new Set(refusals().map(({ code, retval, vip }) => `${vip}: ${code} ${retval}`));
      assert.deepEqual([...codes], [`198.51.100.1/32 tcp 80: ${retvalName(-103)} -103`]);
      assert.equal(refusals().length, syncs.all.counts.failed + syncs.vip.counts.failed);
      assert.equal(flushes(), 1);
      assert.equal(syncs.all.counts.vipAdded, 1);

      vpp.faults.refuse = () => null;
      const ases = ["10.0.0.1 0", "10.0.0.2 50"];
      await scene.becomes({ "198.51.100.1/32 tcp 80": ases, "198.51.100.2/32 udp 53": ases });
    });
  } finally {
    await vpp.end();
  }
});
