import assert from "node:assert/strict";
import { vipKey } from "../vpp/lb/lb_fixture.ts";
import type { LbTraffic, VipTraffic } from "../vpp/lb/mod.ts";
import { continues } from "./continues.ts";

const vip: VipTraffic = {
  ...vipKey("198.51.100.1 tcp 80"),
  ...{ next: 5, first: 5, untracked: 5, noServer: 5 },
  route: { packets: 20, bytes: 2_000 },
};
const sent = { packets: 15, bytes: 1_860 };

function traffic(
  ofVip: Partial<VipTraffic> = {},
  ofAs: Partial<typeof sent> = {},
  ofAll: Partial<LbTraffic> = {},
): LbTraffic {
  const vips = new Map([["vip", { ...vip, ...ofVip }]]);
  const ases = new Map([["10.0.0.1", { ...sent, ...ofAs }]]);
  return { vips, ases, unmatched: 5, poolLength: 2, ...ofAll };
}

const more = 7_777;

const later: Readonly<Record<string, LbTraffic>> = {
  "nothing": traffic(),
  "more of everything": traffic(
    {
      ...{ next: more, first: more, untracked: more, noServer: more },
      route: { packets: more, bytes: more },
    },
    { packets: more, bytes: more },
    { unmatched: more },
  ),
};

for (const [what, after] of Object.entries(later)) {
  Deno.test(`counters that counted ${what} are the same`, () => {
    assert.ok(continues(traffic(), after));
  });
}

const others: Readonly<Record<string, LbTraffic>> = {
  "fewer known flows": traffic({ next: 4 }),
  "fewer new flows": traffic({ first: 4 }),
  "fewer untracked": traffic({ untracked: 4 }),
  "fewer without a server": traffic({ noServer: 4 }),
  "fewer packets to the address": traffic({ route: { packets: 19, bytes: 2_000 } }),
  "fewer bytes to the address": traffic({ route: { packets: 20, bytes: 1_999 } }),
  "fewer packets to an AS": traffic({}, { packets: 14 }),
  "fewer bytes to an AS": traffic({}, { bytes: 1_859 }),
  "fewer unmatched": traffic({}, {}, { unmatched: 4 }),
  "a longer pool": traffic({}, {}, { poolLength: 3 }),
  "a shorter pool": traffic({}, {}, { poolLength: 1 }),
};

for (const [what, after] of Object.entries(others)) {
  Deno.test(`with ${what} they are not`, () => {
    assert.ok(!continues(traffic(), after));
  });
}

Deno.test("where there is no route, nothing is less", () => {
  const without = traffic({ route: null });
  assert.ok(continues(without, without));
});
