/**
 * What a second of simulated traffic costs: the demo runs beside everything else on a small machine.
 *
 * @module
 */

import { testedVpp, vipOf } from "./testing.ts";

/** A VPP with 100 VIPs of 10 ASes each, all of them under traffic for so long that nothing grows any more. */
function busyVpp(buckets: number): () => void {
  const { vpp, cli, wait } = testedVpp("weighted");
  cli(`lb conf buckets ${buckets}`);
  for (let number = 0; number < 100; number++) {
    const vip = `198.51.100.${number}/32 protocol tcp port 80`;
    const ases = Array.from({ length: 10 }, (_, index) => `10.0.${number}.${index}`);
    cli(`lb vip ${vip} new_len 4096\nlb as ${vip} ${ases.join(" ")}`);
    vpp.offerTraffic(vipOf(`198.51.100.${number}/32 tcp 80`), {
      newFlowsPerSecond: 1000,
      packetsPerFlowPerSecond: 5,
      flowSeconds: 10,
      packetBytes: 500,
      clients: 100_000,
    });
  }
  wait(60);
  return () => wait(1);
}

const full = busyVpp(65536);
Deno.bench("a second of 100 VIPs with 1000 new flows each, a full flow table", () => full());

const roomy = busyVpp(1 << 20);
Deno.bench(
  "a second of 100 VIPs with 1000 new flows each, a flow table of a million buckets",
  () => {
    roomy();
  },
);
