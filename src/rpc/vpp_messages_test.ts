import assert from "node:assert/strict";
import type { Address } from "../config/mod.ts";
import { VPPInfo, VPPLBCounters, VPPLBState } from "./maglev_pb.ts";
import {
  type ShownVip,
  type ShownVipKey,
  vipKey,
  vppInfo,
  vppLbCounters,
  vppLbState,
} from "./vpp_messages.ts";

const address = (text: string): Address => ({ family: text.includes(":") ? 6 : 4, text });
const key: ShownVipKey = {
  prefix: { address: address("198.51.100.1"), length: 32 },
  protocol: "tcp",
  port: 80,
};
const shownKey = { prefix: "198.51.100.1/32", protocol: 6, port: 80 };

Deno.test("VIPs are named by prefix, protocol number and port", () => {
  const cases = [["tcp", 6], ["udp", 17], ["any", 255], [47, 47]] as const;
  for (const [protocol, number] of cases) {
    assert.deepEqual(vipKey({ ...key, protocol }), { ...shownKey, protocol: number });
  }
});

Deno.test("the load balancer is shown with its deleted ASes, which are not in use", () => {
  const vip: ShownVip = {
    ...key,
    encap: "gre4",
    tableLength: 65_536,
    ases: [{ address: address("10.0.0.1"), weight: 100, buckets: 65_536, text: { flows: 0 } }],
    lingering: [{
      ...{ address: address("10.0.0.2"), weight: 50, buckets: 0, inUseSinceSeconds: 30 },
      text: null,
    }],
    text: { srcIpSticky: true },
  };
  const settings = {
    sourceIpv4: address("192.0.2.1"),
    sourceIpv6: address("2001:db8::1"),
    stickyBucketsPerCore: 1024,
    flowTimeoutSeconds: 40,
  };
  const state = vppLbState({ settings, vips: [vip], bootTimeMs: 1_700_000_000_000 });
  const shown = {
    ...shownKey,
    encap: "gre4",
    flowTableLength: 65_536,
    srcIpSticky: true,
    applicationServers: [
      {
        ...{ address: "10.0.0.1", weight: 100, flags: 1, numBuckets: 65_536, inUseSinceNs: 0n },
        flows: 0n,
      },
      {
        ...{ address: "10.0.0.2", weight: 50, flags: 0, numBuckets: 0 },
        inUseSinceNs: 1_700_000_030_000_000_000n,
      },
    ],
  };
  assert.deepEqual(VPPLBState.decode(VPPLBState.encode(state)), {
    conf: {
      ip4SrcAddress: "192.0.2.1",
      ip6SrcAddress: "2001:db8::1",
      stickyBucketsPerCore: 1024,
      flowTimeout: 40,
    },
    vips: [shown],
  });
  assert.deepEqual(vppLbState({ settings: null, vips: [], bootTimeMs: 0 }), { vips: [] });
});

Deno.test("counters are shown for each VIP and each AS", () => {
  const packets = { next: 1, first: 2, untracked: 3, noServer: 4 };
  const counters = vppLbCounters({
    timeMs: 5,
    vips: new Map([
      ["one", { ...key, ...packets, route: { packets: 2 ** 40, bytes: 2 ** 50 } }],
      ["two", { ...key, port: 81, ...packets, route: null }],
    ]),
    ases: new Map([["10.0.0.1", { packets: 7, bytes: 8 }]]),
    unmatched: 6,
  });
  const shown = { ...shownKey, next: 1n, first: 2n, untracked: 3n, noServer: 4n };
  assert.deepEqual(VPPLBCounters.decode(VPPLBCounters.encode(counters)), {
    vips: [
      { ...shown, packets: 2n ** 40n, bytes: 2n ** 50n },
      { ...shown, port: 81, packets: 0n, bytes: 0n },
    ],
    applicationServers: [{ address: "10.0.0.1", packets: 7n, bytes: 8n }],
    unmatched: 6n,
    atUnixNs: 5_000_000n,
  });
});

Deno.test("a VPP is shown with its profile and the warm-up", () => {
  const text = { version: "26.06", buildDate: "today", buildDirectory: "/build", pid: 7 };
  const info = { ...text, bootTimeMs: 1, connectedAtMs: 2, profile: null };
  const warmUp = { phase: "waiting", leftMs: 1.5 };
  const shown = (silentSince: number | null) => {
    const message = vppInfo({ info, missing: ["no lb plugin"] }, { warmUp, silentSince });
    return VPPInfo.decode(VPPInfo.encode(message));
  };
  assert.equal(shown(3).notRespondingSinceNs, 3_000_000n);
  assert.deepEqual(shown(null), {
    ...text,
    boottimeNs: 1_000_000n,
    connecttimeNs: 2_000_000n,
    profile: "",
    warmupPhase: "waiting",
    warmupLeftNs: 1_500_000n,
    missing: ["no lb plugin"],
  });
});
