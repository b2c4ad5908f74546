/**
 * Measures what a probe costs beside other programs that check the same server in the same run.
 *
 * @module
 */

import { check, type CheckKind, type CheckLoad, startChecked } from "./checked.ts";
import { figure, ratios } from "./figure.ts";
import { openBlackbox, openHaproxy } from "./probers.ts";
import type { Absence, Extent, Figure, Row } from "./row.ts";

/** The row about the processor's time. */
export const cpuOfProbe: Row = {
  name: "CPU a probe",
  goal: "≤ 1/5 of blackbox_exporter's, ≤ 3.5 × HAProxy's, measured in the same run",
  how:
    "user and system time over all threads for each probe that was made, in turns; 2,000 TCP or " +
    "HTTP probes a second or 200 of HTTPS, of which blackbox_exporter is asked for a tenth; beside " +
    "it HTTPS has no goal, since a handshake costs both the same cryptography",
  measure: async (extent) => [
    ...await compare("tcp", 2_000, extent),
    ...await compare("http", 2_000, extent),
    ...await compare("https", 200, extent),
  ],
};

async function compare(
  kind: CheckKind,
  perSecond: number,
  extent: Extent,
): Promise<readonly (Figure | Absence)[]> {
  await using server = await startChecked(kind);
  const [rounds, seconds] = extent === "full" ? [3, 3] : [1, 1];
  const load: CheckLoad = { kind, port: server.port, backends: 1_000, perSecond, seconds };
  const others = [
    { prober: openBlackbox(), ...kind === "https" ? {} : { atMost: 0.2 } },
    { prober: openHaproxy(), atMost: 3.5 },
  ].map((other) => ({ ...other, costs: [] as number[] }));
  const own: number[] = [];
  for (let round = 0; round < rounds; round++) {
    own.push(await measureOwn(load));
    for (const { prober, costs } of others) {
      if (prober.measure !== null) costs.push(await prober.measure(load, server));
    }
  }
  return [
    ...others.map(({ prober, costs, atMost }): Figure | Absence => {
      const what = `${kind.toUpperCase()}: maglev ÷ ${prober.name}`;
      if (prober.measure === null) return { what, notHere: prober.notHere };
      const goal = atMost === undefined ? {} : { atMost };
      return figure({ what, unit: "×", ...goal }, ratios(own, costs));
    }),
    ...[{ prober: { name: "maglev" }, costs: own }, ...others].flatMap(({ prober, costs }) => {
      const what = `${kind.toUpperCase()}: ${prober.name}`;
      return costs.length === 0 ? [] : [figure({ what, unit: "µs" }, costs)];
    }),
  ];
}

/** Microseconds of CPU for each probe. */
async function measureOwn(load: CheckLoad): Promise<number> {
  const { bySecond } = await check(load);
  let [cpuSeconds, probes] = [0, 0];
  for (const second of bySecond) {
    cpuSeconds += second.cpuSeconds;
    probes += second.passed + second.failed + second.voids;
  }
  return 1e6 * cpuSeconds / probes;
}
