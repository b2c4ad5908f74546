import assert from "node:assert/strict";
import { address, simulatedApi } from "../vpp/lb/lb_fixture.ts";
import { type LbClient, LbError, type LbSettings, openLb } from "../vpp/lb/mod.ts";
import { changedSettings, planSettings, syncSettings } from "./settings.ts";
import { keptLog } from "./vpp_fixture.ts";

const wanted: LbSettings = {
  sourceIpv4: address("192.0.2.1"),
  sourceIpv6: address("2001:db8::1"),
  stickyBucketsPerCore: 65_536,
  flowTimeoutSeconds: 40,
};

/** The plugin of a simulated VPP that has just started, with what was written to it. */
function plugin(profile: "weighted" | "classic"): { lb: LbClient; written: LbSettings[] } {
  const { lb } = openLb(simulatedApi(profile));
  assert.ok(lb !== null);
  const written: LbSettings[] = [];
  const writeSettings = async (settings: LbSettings) => {
    await lb.writeSettings(settings);
    written.push(settings);
  };
  return { lb: { ...lb, writeSettings }, written };
}

Deno.test("weighted: settings are written where VPP has others, and only then", async () => {
  const { lb, written } = plugin("weighted");
  const { log, records } = keptLog();
  assert.equal(await syncSettings(lb, wanted, { log }), true);
  assert.deepEqual(await lb.readSettings(), wanted);
  assert.deepEqual(records.map(({ level, msg, attributes }) => [level, msg, attributes]), [
    ["info", "vpp-lb-conf-set", {
      "ip4-src-address": "192.0.2.1",
      "ip6-src-address": "2001:db8::1",
      "sticky-buckets-per-core": 65_536,
      "flow-timeout": "40s",
    }],
  ]);
  assert.equal(await syncSettings(lb, wanted, { log }), false);
  assert.equal(await syncSettings(lb, wanted, { log, remembered: null }), false);
  assert.equal(records.length, 1);
  assert.equal(written.length, 1);
});

const changes: Partial<LbSettings>[] = [
  { sourceIpv4: address("192.0.2.2") },
  { sourceIpv6: address("2001:db8::2") },
  { stickyBucketsPerCore: 1024 },
  { flowTimeoutSeconds: 41 },
];
Deno.test("each of the settings makes a difference", async () => {
  const { log } = keptLog();
  for (const change of changes) {
    const { lb } = plugin("weighted");
    await syncSettings(lb, wanted, { log });
    const changed = { ...wanted, ...change };
    assert.equal(await syncSettings(lb, changed, { log }), true, JSON.stringify(change));
    assert.deepEqual(await lb.readSettings(), changed);
  }
});

Deno.test("weighted: VPP's own word counts for more than what is remembered", async () => {
  const { lb, written } = plugin("weighted");
  const { log } = keptLog();
  assert.equal(await syncSettings(lb, wanted, { log, remembered: wanted }), true);
  assert.equal(written.length, 1);
});

Deno.test("classic: settings cannot be read, and are written unless they are remembered", async () => {
  const { lb, written } = plugin("classic");
  const { log, records } = keptLog();
  assert.equal(await syncSettings(lb, wanted, { log }), true);
  assert.equal(await syncSettings(lb, wanted, { log, remembered: wanted }), false);
  const changed = { ...wanted, flowTimeoutSeconds: 60 };
  assert.equal(await syncSettings(lb, changed, { log, remembered: wanted }), true);
  assert.deepEqual(written, [wanted, changed]);
  assert.equal(records.length, 2);
});

Deno.test("a change is told with what VPP has, what is wanted, and what that does", () => {
  const buckets = { name: "sticky-buckets-per-core", to: "65536" };
  const present = { ...wanted, stickyBucketsPerCore: 1024, flowTimeoutSeconds: 90 };
  assert.deepEqual(changedSettings(present, wanted), [
    { ...buckets, from: "1024", effect: "VPP forgets all flows" },
    {
      ...{ name: "flow-timeout", from: "1m30s", to: "40s" },
      effect: "a flow is forgotten after so long a silence",
    },
  ]);
  assert.deepEqual(changedSettings(wanted, wanted), []);
  const unknown = changedSettings(null, wanted);
  assert.deepEqual(unknown.map(({ name, from, to }) => [name, from, to]), [
    ["ip4-src-address", null, "192.0.2.1"],
    ["ip6-src-address", null, "2001:db8::1"],
    ["sticky-buckets-per-core", null, "65536"],
    ["flow-timeout", null, "40s"],
  ]);
  assert.equal(unknown[2]?.effect, "VPP forgets all flows if it has another number");
});

Deno.test("what is planned is what is written", async () => {
  const { log } = keptLog();
  for (const profile of ["weighted", "classic"] as const) {
    const { lb, written } = plugin(profile);
    assert.ok((await planSettings(lb, wanted, null)).length > 0);
    assert.equal(written.length, 0, "a plan writes nothing");
    await syncSettings(lb, wanted, { log });
    assert.deepEqual(await planSettings(lb, wanted, wanted), []);
    const changed = { ...wanted, stickyBucketsPerCore: 1024 };
    const planned = await planSettings(lb, changed, wanted);
    assert.deepEqual(planned.map(({ from, to }) => [from, to]), [["65536", "1024"]]);
  }
});

Deno.test("settings that VPP refuses are not said to be set", async () => {
  const { log, records } = keptLog();
  const { lb } = plugin("weighted");
  const crooked = { ...wanted, stickyBucketsPerCore: 1000 };
  await assert.rejects(syncSettings(lb, crooked, { log }), LbError);
  assert.deepEqual(records, []);
});
