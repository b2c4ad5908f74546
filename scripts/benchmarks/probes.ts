/**
 * Measures how many probes one process can make, and what many backends take.
 *
 * @module
 */

import { check, type CheckKind, startChecked } from "./checked.ts";
import { figure } from "./figure.ts";
import type { Extent, Figure, Row } from "./row.ts";

const how =
  "1,000 backends that are one server (nginx where it is installed), at intervals for 3 % " +
  "more, since waits are rounded up to turns; second by second after 3 s of warming up";

/** The row about TCP. */
export const tcpProbes: Row = {
  name: "TCP probes sustained in one process",
  goal: "≥ 5,000 a second at ≤ 60 % of one core; none void",
  how,
  measure: (extent) => sustain("tcp", 5_000, extent),
};

/** The row about HTTP, and HTTPS. */
export const httpProbes: Row = {
  name: "HTTP probes sustained",
  goal: "≥ 3,000 a second, likewise; HTTPS ≥ 300",
  how,
  measure: async (extent) => [
    ...await sustain("http", 3_000, extent),
    ...await sustain("https", 300, extent),
  ],
};

async function sustain(
  kind: CheckKind,
  perSecond: number,
  extent: Extent,
): Promise<readonly Figure[]> {
  await using server = await startChecked(kind);
  const seconds = extent === "full" ? 10 : 1;
  const { bySecond } = await check({
    ...{ kind, port: server.port, backends: 1_000, perSecond: 1.03 * perSecond, seconds },
  });
  const sum = (of: "seconds" | "passed" | "failed" | "voids") =>
    bySecond.reduce((sum, second) => sum + second[of], 0);
  const name = kind.toUpperCase();
  return [
    figure(
      { what: `${name}: of a core`, unit: "%", atMost: 60 },
      bySecond.map(({ seconds, cpuSeconds }) => 100 * cpuSeconds / seconds),
    ),
    figure(
      { what: `${name}: passed a second`, unit: "/s", atLeast: perSecond },
      sum("passed") / sum("seconds"),
    ),
    figure({ what: `${name}: void`, unit: "", atMost: 0 }, sum("voids")),
    figure({ what: `${name}: failed`, unit: "", atMost: 0 }, sum("failed")),
  ];
}

/** The row about many backends. */
export const manyBackends: Row = {
  name: "10,000 backends at 1 probe per 5 s: memory, loop lag p99",
  goal: "≤ 300 MB, ≤ 20 ms",
  how:
    "TCP probes; how late a timer runs that is due each 10 ms; the process's resident memory at " +
    "the end",
  measure: async (extent) => {
    await using server = await startChecked("tcp");
    const seconds = extent === "full" ? 15 : 1;
    const { lagsMs, residentMB } = await check({
      ...{ kind: "tcp", port: server.port, backends: 10_000, perSecond: 2_000, seconds },
    });
    return [
      figure({ what: "memory", unit: "MB", atMost: 300 }, residentMB),
      figure({ what: "loop lag", unit: "ms", of: "p99", atMost: 20 }, lagsMs),
      figure({ what: "loop lag", unit: "ms" }, lagsMs),
    ];
  },
};
