import assert from "node:assert/strict";
import { systemClock, virtualClock } from "../../clock.ts";
import { ApiError, connectApi } from "../api/mod.ts";
import { openLb } from "../lb/mod.ts";
import { address, newVip, vipKey } from "../lb/lb_fixture.ts";
import { attachStats } from "../stats/attach.ts";
import { cliInband, controlPing, lbAddDelVipV2, lbConf } from "../wire/mod.ts";
import { type Simulator, type SimulatorOptions, startSimulator } from "./server.ts";

interface Running {
  readonly simulator: Simulator;
  readonly path: string;
  readonly statsPath: string;
  readonly told: string[];
}

async function running(
  test: (running: Running) => Promise<void>,
  options: Partial<SimulatorOptions> = {},
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const paths = { apiPath: `${folder}/api.sock`, statsPath: `${folder}/stats.sock` };
  const told: string[] = [];
  const simulator = await startSimulator({
    ...paths,
    profile: "weighted",
    clock: systemClock,
    random: Math.random,
    tell: (what) => told.push(what),
    ...options,
  });
  try {
    await test({ simulator, path: paths.apiPath, statsPath: paths.statsPath, told });
  } finally {
    simulator.close();
    assert.deepEqual([...Deno.readDirSync(folder)], [], "the sockets are gone");
    await Deno.remove(folder);
  }
}

Deno.test("late answers come late, in order", async () => {
  await running(async ({ simulator, path }) => {
    simulator.faults.delayMs = 30;
    const api = await connectApi({ path });
    const start = systemClock.monotonic();
    const replies = await Promise.all(
      [1, 2, 3].map((n) => api.call(cliInband, { cmd: n === 2 ? "nonsense" : "show version" })),
    );
    assert.ok(systemClock.monotonic() - start >= 30);
    assert.deepEqual(replies.map(({ retval }) => retval), [0, -1, 0]);
    simulator.faults.delayMs = 0;
    await api.close();
  });
});

Deno.test("a refusal that is asked for is given, and nothing is done", async () => {
  await running(async ({ simulator, path }) => {
    const api = await connectApi({ path });
    const { lb } = openLb(api);
    assert.ok(lb !== null);
    simulator.faults.refuse = (message) => message === lbAddDelVipV2 ? -7 : null;
    await assert.rejects(lb.addVip(newVip("198.51.100.1 tcp 80")), { code: "INVALID_VALUE" });
    simulator.faults.refuse = () => null;
    assert.deepEqual(await lb.readVips({ withText: false }), []);
    await api.close();
  });
});

Deno.test("a restart begins with nothing, and with another stats segment", async () => {
  await running(async ({ simulator, path, statsPath, told }) => {
    const api = await connectApi({ path });
    const stats = await attachStats({ path: statsPath });
    await openLb(api).lb?.addVip(newVip("198.51.100.1 tcp 80"));
    simulator.restart();
    assert.equal((await api.ended).code, "closed");
    const again = await connectApi({ path });
    assert.deepEqual(await openLb(again).lb?.readVips({ withText: false }), []);
    const wanted = { "first session packet": "simple" } as const;
    assert.notDeepEqual((await stats.read(wanted))["first session packet"].lengths, []);
    const other = await attachStats({ path: statsPath });
    assert.deepEqual((await other.read(wanted))["first session packet"].lengths, []);
    stats.close();
    other.close();
    await again.close();
    assert.deepEqual(told, ["restarted with nothing"]);
  });
});

Deno.test("what kills VPP kills the simulated one, which begins again", async () => {
  await running(async ({ path, told }) => {
    const api = await connectApi({ path });
    const { prefix, port } = vipKey("198.51.100.1 tcp 80");
    const call = api.call(lbAddDelVipV2, {
      ...{ pfx: prefix, protocol: "tcp", port, encap: "gre4", dscp: 0, type: "clusterip" },
      ...{ targetPort: 0, nodePort: 0, newFlowsTableLength: 0, srcIpSticky: false, isDel: false },
    });
    await assert.rejects(call, { code: "closed" });
    assert.match(told[0] ?? "", /^crashed, as a real VPP would have: /);
    const again = await connectApi({ path });
    assert.equal((await again.call(controlPing, {})).retval, 0);
    await again.close();
  });
});

Deno.test("clients that vanish or send garbage are dropped, and others are served", async () => {
  await running(async ({ simulator, path, told }) => {
    for (let round = 0; round < 60; round++) {
      simulator.faults.delayMs = round % 2 === 0 ? 0 : 5;
      const api = await connectApi({ path });
      const calls = Array.from({ length: 50 }, () => api.call(controlPing, {}));
      const outcomes = Promise.allSettled(calls);
      if (round % 3 === 0) simulator.dropClients();
      else api.abandon(new ApiError("closed", "gone"));
      await outcomes;
      using garbage = await Deno.connect({ transport: "unix", path });
      await garbage.write(crypto.getRandomValues(new Uint8Array(1 + 37 * round)));
    }
    simulator.faults.delayMs = 0;
    const api = await connectApi({ path });
    simulator.sendToClients(new Uint8Array(64).fill(255));
    assert.equal((await api.ended).code, "protocol");
    const last = await connectApi({ path });
    assert.equal((await last.call(controlPing, {})).retval, 0);
    await last.close();
    assert.deepEqual(told, []);
  });
});

Deno.test("a path that somebody listens on is refused, one that was left behind is taken", async () => {
  await running(async ({ path, statsPath }) => {
    const options = { profile: "weighted", clock: systemClock, random: Math.random } as const;
    const both = { apiPath: path, statsPath: `${statsPath}.2` };
    await assert.rejects(startSimulator({ ...options, ...both }), Deno.errors.AddrInUse);
    const stats = { apiPath: `${path}.2`, statsPath };
    await assert.rejects(startSimulator({ ...options, ...stats }), { code: "EADDRINUSE" });
  });
});

Deno.test("what kills VPP at the next packet kills the simulated one in its own time", async () => {
  for (const stickyBucketsPerCore of [0, 2 ** 31]) {
    const clock = virtualClock();
    await running(async ({ path, told }) => {
      const api = await connectApi({ path });
      await openLb(api).lb?.addVip(newVip("198.51.100.1 tcp 80"));
      const { retval } = await api.call(lbConf, {
        ip4SrcAddress: address("192.0.2.1"),
        ip6SrcAddress: address("2001:db8::1"),
        stickyBucketsPerCore,
        flowTimeout: 40,
      });
      assert.equal(retval, 0);
      await clock.advance(3_000);
      assert.equal((await api.ended).code, "closed");
      assert.match(told[0] ?? "", /^crashed, as a real VPP would have: /);
      const again = await connectApi({ path });
      assert.equal((await again.call(controlPing, {})).retval, 0);
      await again.close();
    }, { clock, traffic });
  }
});

const traffic = {
  newFlowsPerSecond: 10,
  packetsPerFlowPerSecond: 1,
  flowSeconds: 1,
  packetBytes: 100,
  clients: 10,
};
