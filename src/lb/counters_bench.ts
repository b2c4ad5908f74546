/**
 * How long one reading of the counters of 1,000 VIPs with 10 ASes each holds up the event loop, every
 * 5 s. The goal is 5 ms.
 *
 * @module
 */

import { virtualClock } from "../clock.ts";
import { logger } from "../log.ts";
import type { Vip } from "../vpp/lb/mod.ts";
import { buildSegment, type FixtureEntry } from "../vpp/stats/segment_fixture.ts";
import { openStats } from "../vpp/stats/mod.ts";
import { startCounters } from "./counters.ts";

const vipCount = 1_000;
const asesPerVip = 10;
const threads = 4;
const everyMs = 5_000;

const vips = Array.from({ length: vipCount }, (_, vip): Vip => ({
  prefix: { address: { family: 4, text: `198.51.${vip >> 8}.${vip & 255}` }, length: 32 },
  protocol: "tcp",
  port: 443,
  encap: "gre4",
  tableLength: 1024,
  ases: Array.from({ length: asesPerVip }, (_, as) => {
    const statsIndex = vipCount + asesPerVip * vip + as;
    const text = `10.${as}.${vip >> 8}.${vip & 255}`;
    return {
      ...{ address: { family: 4, text }, weight: 100, buckets: 102 },
      text: { flows: 0, statsIndex },
    };
  }),
  lingering: [],
  text: {
    srcIpSticky: false,
    poolIndex: vip + 1,
    counters: { existing: 0, first: 0, untracked: 0, noServer: 0 },
  },
}));

const perThread = <T>(length: number, make: (index: number) => T) =>
  Array.from({ length: threads }, () => Array.from({ length }, (_, index) => make(index)));
const routes = vipCount * (1 + asesPerVip);
const counted = [
  ...[
    "packet from existing sessions",
    "first session packet",
    "untracked packet",
    "no server configured",
  ].map((name) => ({ name, simple: perThread(vipCount + 1, (index) => 1e9 + index) })),
  ...["/net/route/to", "/net/route/via"].map((name) => ({
    name,
    combined: perThread(routes, (index) => [1e9 + index, 2 ** 52 + index] as const),
  })),
];
const others = Array.from({ length: 5_000 }, (_, index): FixtureEntry => ({
  name: `/err/some-node-of-vpp/reason ${index}`,
  symlink: [0, index],
}));

const clock = virtualClock();
const bytes = buildSegment([...others, ...counted], 8 * 2 ** 20);
let route = 0;
const call = () => Promise.resolve({ retval: 0, route: { statsIndex: route++ % vipCount } });
const counters = startCounters({
  // Routes are all that is asked for.
  api: { call: call as never },
  lb: { readVips: () => Promise.resolve(vips) },
  stats: openStats({ bytes, unmap: () => {} }, clock),
  clock,
  log: logger({ clock, sink: () => {} }),
});
await clock.advance(0);
if (counters.snapshot?.ases.size !== vipCount * asesPerVip) throw new Error("nothing was read");

Deno.bench("counters: a reading of 1,000 VIPs with 10 ASes each", async () => {
  await clock.advance(everyMs);
});

Deno.bench("counters: the same, with all looked up again and no answer waited for", async () => {
  counters.lookUpAgain();
  await clock.advance(everyMs);
});
