/**
 * How long plans take: one is made at each tick and at each transition, while probes wait for the
 * loop.
 *
 * @module
 */

import { effectiveWeights } from "../health/mod.ts";
import { address } from "../vpp/lb/lb_fixture.ts";
import { desiredVips, type FrontendInput } from "./desired.ts";
import { plan } from "./plan.ts";
import { desiredVip, observedVip } from "./plan_fixture.ts";

const vips = Array.from({ length: 1000 }, (_, n) => `10.1.${n >> 8}.${n & 255} tcp 443`);
const ends = Array.from({ length: 10 }, (_, n) => n + 1);
const ases = (weightOf: (end: number) => number) =>
  ends.map((end) => `10.0.0.${end} ${weightOf(end)}`).join();

const serving = ases((end) => end === 10 ? 0 : 100);
const failedOver = ases((end) => end === 1 ? 0 : 100);
const desired = vips.map((vip, n) => desiredVip(`www${n} ${vip}`, serving));
const observed = vips.map((vip) => observedVip(vip, serving));
const other = vips.map((vip, n) => desiredVip(`www${n} ${vip}`, failedOver));
const rest = { scope: { kind: "all" }, profile: "weighted" } as const;

Deno.bench("plan: 1000 VIPs of 10 ASes, nothing to do", () => {
  plan({ desired, observed, ...rest });
});

Deno.bench("plan: 1000 VIPs of 10 ASes, from empty", () => {
  plan({ desired, observed: [], ...rest });
});

Deno.bench("plan: 1000 VIPs of 10 ASes, two weights differ in each", () => {
  plan({ desired: other, observed, ...rest });
});

Deno.bench("plan: one VIP of 1000", () => {
  plan({ desired: other, observed, ...rest, scope: { kind: "vip", frontend: "www999" } });
});

const backends = new Map(ends.map((end) => [`web${end}`, address(`10.0.0.${end}`)]));
const pools = [{
  name: "pool",
  backends: [...backends.keys()].map((name) => ({ name, weight: 1 })),
}];
const weights = effectiveWeights({ pools, flushOnDown: false }, () => "up");
const inputs = vips.map((_, n): FrontendInput => ({
  frontend: {
    name: `www${n}`,
    description: "",
    address: address(`10.1.${n >> 8}.${n & 255}`),
    service: null,
    srcIpSticky: false,
    flushOnDown: false,
    flowTableLength: 1024,
    pools,
  },
  weights,
}));

Deno.bench("desired: 1000 VIPs of 10 ASes", () => {
  desiredVips(inputs, (backend) => backends.get(backend) ?? address("::1"));
});
