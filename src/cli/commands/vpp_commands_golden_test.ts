import assert from "node:assert/strict";
import { type Answers, assertGoldenForms, runTested, secondsAgo } from "../golden_testing.ts";
import { runConfigCheck } from "./config_check.ts";
import { runConfigReload } from "./config_reload.ts";
import { runShowVppInfo } from "./show_vpp_info.ts";
import { runShowVppLbCounters } from "./show_vpp_lb_counters.ts";
import { runShowVppLbPlan } from "./show_vpp_lb_plan.ts";
import { runShowVppLbState } from "./show_vpp_lb_state.ts";
import { runSyncVppLbState } from "./sync_vpp_lb_state.ts";

const www = { prefix: "198.51.100.1/32", protocol: 6, port: 80 };
const dns = { prefix: "2001:db8:100::53/128", protocol: 17, port: 53 };
const every = { prefix: "198.51.100.16/28", protocol: 255, port: 0 };

const info = {
  version: "26.10-release",
  buildDate: "2026-10-28T10:11:12",
  buildDirectory: "/w/workspace/vpp",
  pid: 4242,
  boottimeNs: secondsAgo(7_500) + 250_000_000n,
  connecttimeNs: secondsAgo(90) + 123_456_000n,
  profile: "weighted",
  warmupPhase: "over",
};

const as = (address: string, weight: number, numBuckets: number, flows?: bigint) => ({
  ...{ address, weight, flags: 1, numBuckets, inUseSinceNs: 0n },
  ...(flows === undefined ? {} : { flows }),
});

const state = {
  conf: {
    ip4SrcAddress: "192.0.2.1",
    ip6SrcAddress: "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    stickyBucketsPerCore: 1_024,
    flowTimeout: 40,
  },
  vips: [
    {
      ...{ ...www, encap: "gre4", flowTableLength: 1_024, srcIpSticky: true },
      applicationServers: [
        as("10.0.0.1", 100, 683, 12n),
        as("10.0.0.20", 50, 341, 1_000n),
        { ...as("10.0.0.3", 0, 0, 2n), flags: 0, inUseSinceNs: secondsAgo(30) },
      ],
    },
    {
      ...{ ...dns, encap: "gre6", flowTableLength: 65_536, srcIpSticky: false },
      applicationServers: [as("2001:db8::1", 100, 65_536)],
    },
    {
      ...{ ...every, encap: "gre4", flowTableLength: 128, srcIpSticky: false },
      applicationServers: [],
    },
  ],
};

const counters = {
  vips: [
    {
      ...{ ...www, first: 1_200n, next: 987_654n, untracked: 3n, noServer: 0n },
      ...{ packets: 988_857n, bytes: 1_234_567_890n },
    },
    {
      ...{ ...every, first: 0n, next: 0n, untracked: 0n, noServer: 17n },
      ...{ packets: 17n, bytes: 2n ** 60n },
    },
  ],
  applicationServers: [
    { address: "10.0.0.1", packets: 600_000n, bytes: 700_000_000n },
    { address: "2001:db8::1", packets: 12n, bytes: 1_200n },
  ],
  unmatched: 5n,
  atUnixNs: secondsAgo(3) + 500_000_000n,
};

const action = { address: "", backendName: "", flush: false, why: "" };
const source = { name: "ip6-src-address", to: "2001:db8::10", effect: "what the servers see" };
const buckets = { name: "sticky-buckets-per-core", to: "65536", effect: "all flows are lost" };
const settings = [
  { ...source, from: "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
  { ...buckets, from: "1024" },
];
const plan = {
  settings,
  actions: [
    { ...action, kind: "vip-del", frontendName: "", ...every, why: "no frontend has it" },
    { ...action, kind: "vip-add", frontendName: "dns", ...dns, why: "not in VPP" },
    {
      ...{ ...action, kind: "as-add", frontendName: "dns", ...dns, address: "2001:db8::1" },
      ...{ backendName: "ns1", toWeight: 100, why: "not in VPP" },
    },
    {
      ...{ ...action, kind: "as-weight", frontendName: "www", ...www, address: "10.0.0.20" },
      ...{ backendName: "web2", fromWeight: 50, toWeight: 0, flush: true, why: "disabled" },
    },
    {
      ...{ ...action, kind: "as-del", frontendName: "www", ...www, address: "10.0.0.3" },
      why: "no backend has it",
    },
  ],
  impacts: [
    { frontendName: "dns", ...dns },
    {
      ...{ frontendName: "www", ...www },
      buckets: { total: 1_024, moved: 350, needed: 341, bystanders: 9 },
    },
  ],
};

const sync = {
  ...{ vipAdded: 1, vipRemoved: 0, asAdded: 3, asRemoved: 1, asWeightUpdated: 2 },
  durationNs: 12_345_000n,
};

const finding = { file: "maglev.yaml", path: "frontends.www.address", message: "what is wrong" };
const warning = { ...finding, line: 7, column: 3, severity: "warning" };
const error = { ...finding, line: 41, column: 18, severity: "error" };
const right = { ok: true, warnings: ["maglev.yaml:7:3: warning: this"], findings: [warning] };
const wrong = {
  ok: false,
  semanticError: "maglev.yaml:41:18: this\nmaglev.yaml: and 3 more",
  findings: [error],
};
const unread = { ok: false, parseError: "maglev.yaml: no such file", findings: [] };

const answering = (method: string, answer: object): Answers => ({ [method]: () => answer });

Deno.test("what commands about VPP and the file print is what is kept, in each form", async () => {
  const waiting = { ...info, profile: "", warmupPhase: "waiting", warmupLeftNs: 1_500_000_000n };
  const cases = [
    ["show_vpp_info", runShowVppInfo, answering("GetVPPInfo", info)],
    [
      "show_vpp_info_undriven",
      runShowVppInfo,
      answering("GetVPPInfo", { ...waiting, missing: ["no lb_conf", "no lb_vip_dump"] }),
    ],
    [
      "show_vpp_info_silent",
      runShowVppInfo,
      answering("GetVPPInfo", { ...info, notRespondingSinceNs: secondsAgo(7) }),
    ],
    ["show_vpp_lb_state", runShowVppLbState, answering("GetVPPLBState", state)],
    ["show_vpp_lb_state_empty", runShowVppLbState, answering("GetVPPLBState", {})],
    ["show_vpp_lb_counters", runShowVppLbCounters, answering("GetVPPLBCounters", counters)],
    ["show_vpp_lb_counters_empty", runShowVppLbCounters, answering("GetVPPLBCounters", {})],
    ["show_vpp_lb_plan", runShowVppLbPlan, answering("PlanVPPLBState", plan)],
    [
      "show_vpp_lb_plan_settings",
      runShowVppLbPlan,
      answering("PlanVPPLBState", { settings: [source, buckets] }),
    ],
    ["show_vpp_lb_plan_nothing", runShowVppLbPlan, answering("PlanVPPLBState", {})],
    ["sync_vpp_lb_state", runSyncVppLbState, answering("SyncVPPLBState", sync)],
    ["config_check", runConfigCheck, answering("CheckConfig", right)],
    ["config_check_wrong", runConfigCheck, answering("CheckConfig", wrong)],
    ["config_check_unread", runConfigCheck, answering("CheckConfig", unread)],
    ["config_reload", runConfigReload, answering("ReloadConfig", { ok: true })],
    ["config_reload_wrong", runConfigReload, answering("ReloadConfig", wrong)],
    [
      "config_reload_refused",
      runConfigReload,
      answering("ReloadConfig", { ok: false, reloadError: "this process may not" }),
    ],
  ] as const;
  for (const [name, run, answers] of cases) await assertGoldenForms(name, run, { answers });
});

Deno.test("a dry run is the plan", async () => {
  const slots = { frontend: ["www"], "dry-run": ["dry-run"] };
  const asked: unknown[] = [];
  const answers: Answers = {
    PlanVPPLBState: (request) => {
      asked.push(request);
      return plan;
    },
  };
  const dry = await runTested(runSyncVppLbState, { answers, slots });
  assert.deepEqual(dry, await runTested(runShowVppLbPlan, { answers, slots }));
  assert.deepEqual([dry.code, asked[0]], [3, { frontendName: "www" }]);
});

Deno.test("settings alone are something to do", async () => {
  const { code } = await runTested(runShowVppLbPlan, {
    answers: answering("PlanVPPLBState", { settings }),
  });
  assert.equal(code, 3);
});

Deno.test("a frontend is passed on, and without one everything is asked for", async () => {
  const asked: unknown[] = [];
  const answer = (response: object) => (request: unknown) => {
    asked.push(request);
    return response;
  };
  const answers = { SyncVPPLBState: answer(sync), PlanVPPLBState: answer({}) };
  for (const run of [runSyncVppLbState, runShowVppLbPlan]) {
    for (const slots of [{}, { frontend: ["www"] }]) {
      assert.equal((await runTested(run, { answers, slots })).code, 0);
    }
  }
  const [all, one] = [{}, { frontendName: "www" }];
  assert.deepEqual(asked, [all, one, all, one]);
});

Deno.test("columns line up under colour", async () => {
  // deno-lint-ignore no-control-regex
  const colours = /\u001b\[\d+m/g;
  const cases = [
    [runShowVppLbState, answering("GetVPPLBState", state)],
    [runShowVppLbCounters, answering("GetVPPLBCounters", counters)],
    [runShowVppLbPlan, answering("PlanVPPLBState", plan)],
  ] as const;
  for (const [run, answers] of cases) {
    const plain = await runTested(run, { answers });
    const colourful = await runTested(run, { answers, flags: { color: "true" } });
    assert.notDeepEqual(colourful.out, plain.out);
    assert.deepEqual(colourful.out.map((line) => line.replaceAll(colours, "")), plain.out);
  }
});
