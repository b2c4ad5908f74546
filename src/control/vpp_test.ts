import assert from "node:assert/strict";
import type { TestedChecker } from "../checker/testing.ts";
import { ApiError } from "../vpp/api/mod.ts";
import { address, vipKey } from "../vpp/lb/lb_fixture.ts";
import { LbError, type Profile } from "../vpp/lb/mod.ts";
import { type SimulatedDriver, simulatedDriver, testService } from "./testing.ts";

/** A service over a simulated VPP that has nothing yet. */
async function testVpp(profile: Profile = "weighted", timeoutMs = Infinity) {
  let driver: SimulatedDriver | undefined;
  const vpp = (parts: TestedChecker) => driver = simulatedDriver(parts, profile);
  const tested = await testService({ vpp, timeoutMs });
  assert.ok(driver !== undefined);
  return { ...tested, driver };
}

Deno.test("a VPP is shown with how it is driven", async () => {
  const { call, driver } = await testVpp();
  driver.warmUp = { phase: "waiting", leftMs: 1_500 };
  const info = await call("GetVPPInfo", {});
  assert.deepEqual([info.version, info.pid, info.profile, info.warmupPhase, info.warmupLeftNs], [
    ...["26.10", 42, "weighted", "waiting"],
    1_500_000_000n,
  ]);
  driver.end();
});

Deno.test("a sync makes VPP what it should be, of everything or of one frontend", async () => {
  const { call, driver } = await testVpp();
  await call("SyncVPPLBState", { frontendName: "api" });
  const { vips: [api, ...others], conf } = await call("GetVPPLBState", {});
  assert.deepEqual([api?.prefix, api?.encap, others.length], ["198.51.100.2/32", "gre4", 0]);
  assert.equal(conf?.ip4SrcAddress, "192.0.2.10");
  assert.deepEqual(
    api?.applicationServers.map((as) => [as.address, as.weight, as.numBuckets, as.flows]),
    [["10.0.0.2", 100, 512, 0n], ["10.0.0.3", 100, 512, 0n]],
  );
  const { durationNs, ...counts } = await call("SyncVPPLBState", {});
  assert.equal((await driver.lb.readVips({ withText: false })).length, 2);
  const none = { vipRemoved: 0, asRemoved: 0, asWeightUpdated: 0 };
  assert.deepEqual([counts, durationNs], [{ ...none, vipAdded: 1, asAdded: 3 }, 0n]);
  driver.end();
});

Deno.test("a sync of one frontend undoes what somebody else did to it", async () => {
  const { call, driver } = await testVpp();
  await call("SyncVPPLBState", {});
  await driver.lb.deleteAs(vipKey("198.51.100.2"), address("10.0.0.3"), { flush: false });
  await call("SyncVPPLBState", { frontendName: "api" });
  assert.deepEqual((await call("PlanVPPLBState", {})).actions, []);
  driver.end();
});

Deno.test("a deleted AS is shown with when that was", async () => {
  const { call, driver, clock } = await testVpp();
  await call("SyncVPPLBState", {});
  driver.tested.wait(30);
  await driver.lb.deleteAs(vipKey("198.51.100.2"), address("10.0.0.3"), { flush: false });
  await clock.advance(1_000);
  const { vips } = await call("GetVPPLBState", {});
  const ases = vips.find(({ prefix }) => prefix === "198.51.100.2/32")?.applicationServers;
  assert.deepEqual(ases?.map(({ flags, inUseSinceNs }) => [flags, inUseSinceNs]), [
    [1, 0n],
    [0, 1_795_218_742_000_000_000n],
  ]);
  driver.end();
});

Deno.test("counters are shown once they were read", async () => {
  const { call, refusal, driver, clock } = await testVpp();
  assert.equal(
    await refusal("GetVPPLBCounters", {}),
    "UNAVAILABLE VPP's counters have not been read yet; try again soon",
  );
  await call("SyncVPPLBState", {});
  await clock.advance(10_000);
  const { vips, atUnixNs } = await call("GetVPPLBCounters", {});
  assert.deepEqual(vips.map(({ prefix }) => prefix).sort(), ["198.51.100.1/32", "198.51.100.2/32"]);
  assert.ok(atUnixNs > 0n);
  driver.end();
});

Deno.test("a plan tells what a sync would do, and what that does to new flows", async () => {
  const { call, checker, driver } = await testVpp();
  const planned = await call("PlanVPPLBState", { frontendName: "api" });
  assert.deepEqual(planned.actions.map(({ kind }) => kind), ["vip-add", "as-add", "as-add"]);
  assert.deepEqual(planned.impacts, [{
    ...{ frontendName: "api", prefix: "198.51.100.2/32", protocol: 255, port: 0 },
    buckets: { total: 1024, moved: 1024, needed: 1024, bystanders: 0 },
  }]);
  assert.equal((await driver.lb.readVips({ withText: false })).length, 0);
  await call("SyncVPPLBState", {});
  assert.deepEqual(await call("PlanVPPLBState", {}), { actions: [], impacts: [], settings: [] });
  checker.act("web3", "disable", "somebody");
  const { actions, impacts } = await call("PlanVPPLBState", {});
  assert.deepEqual(
    actions.map(({ address, fromWeight, toWeight, flush }) => [
      address,
      ...[fromWeight, toWeight, flush],
    ]),
    [["10.0.0.3", 100, 0, true]],
  );
  const [{ buckets } = { buckets: undefined }] = impacts;
  assert.deepEqual([buckets?.total, buckets?.needed], [1024, 512]);
  assert.equal(buckets?.moved, (buckets?.needed ?? 0) + (buckets?.bystanders ?? 0));
  driver.end();
});

for (const profile of ["weighted", "classic"] as const) {
  Deno.test(`${profile}: the plan has the settings that the sync would write`, async () => {
    const { call, driver } = await testVpp(profile);
    const planned = async (frontendName?: string) => {
      const request = frontendName === undefined ? {} : { frontendName };
      return (await call("PlanVPPLBState", request)).settings.map(({ name }) => name);
    };
    const [first] = (await call("PlanVPPLBState", {})).settings;
    const from = profile === "weighted" ? { from: "255.255.255.255" } : {};
    assert.deepEqual(first, {
      ...{ name: "ip4-src-address", ...from, to: "192.0.2.10" },
      effect: "servers get GRE over IPv4 from there",
    });
    assert.deepEqual(
      await planned("api"),
      await planned(),
      "the first of a connection writes them",
    );
    await call("SyncVPPLBState", { frontendName: "api" });
    assert.deepEqual(await planned(), []);

    const settings = await driver.lb.readSettings();
    if (settings === null) return driver.end();
    await driver.lb.writeSettings({ ...settings, stickyBucketsPerCore: 512 });
    assert.deepEqual(await planned(), ["sticky-buckets-per-core"]);
    assert.deepEqual(await planned("api"), [], "a sync of one leaves them");
    driver.end();
  });
}

Deno.test("without a VPP that can be asked, the refusal says why", async () => {
  const { refusal, driver, clock } = await testVpp();
  const methods = [
    ...["GetVPPInfo", "GetVPPLBState", "GetVPPLBCounters"] as const,
    ...["SyncVPPLBState", "PlanVPPLBState"] as const,
  ];
  const { vpp } = driver;
  assert.ok(vpp !== null);
  driver.vpp = { ...vpp, lb: null, missing: ["no lb_conf", "no lb_vip_dump"] };
  for (const method of methods.slice(1)) {
    assert.equal(
      await refusal(method, {}),
      "UNAVAILABLE the lb plugin of this VPP cannot be used: no lb_conf, no lb_vip_dump",
    );
  }
  driver.vpp = null;
  driver.absence = { since: clock.now() - 14_000, reason: "/run/vpp/api.sock: nobody listens" };
  for (const method of methods) {
    assert.equal(
      await refusal(method, {}),
      "UNAVAILABLE not connected to VPP for 14s: /run/vpp/api.sock: nobody listens",
    );
  }
  driver.end();
});

/** What asks VPP. */
const asking = ["GetVPPLBState", "SyncVPPLBState", "PlanVPPLBState"] as const;

Deno.test("a VPP that does not answer is unavailable, in its own words", async () => {
  const { refusal, driver, clock } = await testVpp();
  await clock.advance(0);
  driver.fault = () => Promise.reject(new ApiError("not-responding", "VPP does not answer"));
  for (const method of asking) {
    assert.equal(await refusal(method, {}), "UNAVAILABLE VPP does not answer");
  }
  driver.end();
});

Deno.test("a VPP that is known not to respond is not asked, and shown as such", async () => {
  const { call, refusal, driver, clock } = await testVpp();
  await clock.advance(0);
  assert.equal((await call("GetVPPInfo", {})).notRespondingSinceNs, undefined);
  driver.fault = () => Promise.reject(new Error("VPP was asked"));
  driver.silentSince = clock.now() - 7_000;
  const { notRespondingSinceNs } = await call("GetVPPInfo", {});
  assert.equal(notRespondingSinceNs, BigInt(driver.silentSince) * 1_000_000n);
  for (const method of asking) {
    assert.equal(await refusal(method, {}), "UNAVAILABLE VPP has not responded for 7s");
  }
  const { reasons } = await call("GetBackend", { name: "web2" });
  assert.equal(reasons.at(-1)?.text, "VPP has not responded for 7s");
  driver.end();
});

Deno.test("who asks a VPP that hangs hears of it before the deadline", async () => {
  const { refusal, driver, clock } = await testVpp("weighted", 5_000);
  await clock.advance(0);
  driver.fault = () => new Promise(() => {});
  for (const method of asking) {
    const refused = refusal(method, {});
    await clock.advance(4_500);
    const why = method === "SyncVPPLBState"
      ? "the sync goes on; it has not ended"
      : "VPP has not answered";
    assert.equal(await refused, `UNAVAILABLE ${why} in 4.5s`);
  }
  driver.end();
});

Deno.test("a sync in the warm-up is refused with the time that is left", async () => {
  const { refusal, driver } = await testVpp();
  const reason = "the warm-up ends in 12s at the latest";
  driver.sync = () => Promise.resolve({ kind: "warming-up", reason });
  assert.equal(
    await refusal("SyncVPPLBState", {}),
    `FAILED_PRECONDITION VPP is not synced yet: ${reason}`,
  );
  driver.end();
});

Deno.test("a sync of which VPP refuses something is aborted, in VPP's words", async () => {
  const { refusal, driver } = await testVpp();
  let attempts = 0;
  driver.lb.addVip = ({ prefix }) => {
    attempts++;
    return Promise.reject(new LbError(`to add ${prefix.address.text}`, -6));
  };
  const refused = (frontend: string, address: string) =>
    `vip-add ${frontend} ${address}/32 any 0 gre4 1024: not in VPP: ` +
    `VPP refuses to add ${address}: NO_SUCH_ENTRY (-6)`;
  assert.equal(
    await refusal("SyncVPPLBState", {}),
    `ABORTED ${refused("www", "198.51.100.1")}\n${refused("api", "198.51.100.2")}`,
  );
  assert.equal(attempts, 4);
  driver.end();
});

Deno.test("what VPP refuses once, and then takes, is no failure", async () => {
  const { call, driver } = await testVpp();
  const { addVip } = driver.lb;
  driver.lb.addVip = () => {
    driver.lb.addVip = addVip;
    return Promise.reject(new LbError("to add it", -6));
  };
  const { vipAdded, asAdded, asWeightUpdated } = await call("SyncVPPLBState", {});
  assert.deepEqual([vipAdded, asAdded, asWeightUpdated], [2, 5, 0]);
  assert.equal((await driver.lb.readVips({ withText: false })).length, 2);
  driver.end();
});

Deno.test("a backend is shown with what VPP has of it", async () => {
  const { call, driver, checker, clock } = await testVpp();
  await call("SyncVPPLBState", {});
  const reasonsOf = async (request = {}) => {
    const { reasons } = await call("GetBackend", { name: "web2", ...request });
    return reasons.filter(({ kind }) => kind === "vpp");
  };
  const installed = {
    ...{ wantedWeight: 50, weight: 50, present: true, numBuckets: 350, flowTableLength: 1024 },
    ...{ flows: 0n, differs: false },
  };
  const [www, api] = await reasonsOf();
  assert.deepEqual([www?.frontendName, www?.installed], ["www", installed]);
  assert.equal(www?.text, "www: VPP has weight 50, 34 % of the buckets, 0 flows");
  assert.deepEqual([api?.frontendName, api?.installed?.numBuckets], ["api", 512]);

  checker.setWeight({ frontend: "www", pool: "primary", backend: "web2" }, 20, "somebody");
  const [later] = await reasonsOf();
  assert.deepEqual(later?.installed, { ...installed, wantedWeight: 20, differs: true });
  assert.deepEqual(await reasonsOf({ withoutVpp: true }), []);
  await driver.lb.deleteVip(vipKey("198.51.100.1"));
  await clock.advance(1_000);
  const [gone] = await reasonsOf();
  assert.equal(gone?.text, "www: VPP does not have this backend — differs, weight 20 is wanted");
  driver.end();
});

Deno.test("without weights in VPP, none is shown", async () => {
  const { call, driver } = await testVpp("classic");
  await call("SyncVPPLBState", {});
  const { reasons } = await call("GetBackend", { name: "web2" });
  const { installed } = reasons.find(({ kind }) => kind === "vpp") ?? {};
  assert.deepEqual([installed?.weight, installed?.present, installed?.numBuckets], [
    undefined,
    true,
    512,
  ]);
  driver.end();
});

Deno.test("a VPP that hangs holds no backend up for longer than a second", async () => {
  const { call, driver, clock } = await testVpp();
  await clock.advance(0);
  driver.fault = () => new Promise(() => {});
  const asked = call("GetBackend", { name: "web2" });
  let isAnswered = false;
  asked.then(() => isAnswered = true);
  await clock.advance(999);
  assert.equal(isAnswered, false);
  await clock.advance(1);
  const { reasons } = await asked;
  assert.deepEqual(reasons.at(-1), {
    kind: "vpp",
    frontendName: "",
    text: "VPP does not say what it has: no answer in 1s",
  });
  assert.equal((await call("GetBackend", { name: "web2", withoutVpp: true })).state, "up");
  driver.end();
});

Deno.test("why VPP's part is missing is one of the reasons", async () => {
  const { call, driver, clock } = await testVpp();
  await clock.advance(0);
  const lastReason = async () => (await call("GetBackend", { name: "web2" })).reasons.at(-1)?.text;
  driver.fault = () => Promise.reject(new ApiError("closed", "VPP closed the connection"));
  assert.equal(await lastReason(), "VPP does not say what it has: VPP closed the connection");
  driver.end();
  driver.vpp = null;
  driver.absence = { since: clock.now() - 3_000, reason: "VPP closed the connection" };
  assert.equal(await lastReason(), "not connected to VPP for 3s: VPP closed the connection");
});
