/**
 * Measures syncs of everything: into an empty VPP, and with nothing to do.
 *
 * @module
 */

import type { Scene } from "../../tests/lb_scene.ts";
import type { RunningVpp, VppKind } from "../../tests/vpp_under_test.ts";
import { figure, ratios } from "./figure.ts";
import { sendAllAtOnce, sendOneByOne } from "./requests.ts";
import type { Extent, Figure, Row } from "./row.ts";
import { benchConfig, inSyncedScene, ofEachVpp, syncEmpty } from "./scene.ts";

/** The row about a sync into an empty VPP. */
export const fullSync: Row = {
  name: "full sync, 1,000 VIPs × 10 ASes into an empty VPP",
  goal: "≥ 5 × as fast as the same requests one by one",
  how: "in turns, each into a VPP that has just started: a sync; its requests one by one; all of " +
    "them at once without a controller, the floor that VPP sets",
  measure: (extent) => ofEachVpp((kind) => measureFullSync(kind, extent)),
};

async function measureFullSync(kind: VppKind, extent: Extent): Promise<readonly Figure[]> {
  const config = benchConfig(extent);
  const rounds = extent === "short" ? 1 : kind.isReal ? 7 : 3;
  const syncs: number[] = [];
  const busy: number[] = [];
  const serial: number[] = [];
  const floors: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { tookMs, vppBusyMs } = await withFresh(kind, (vpp) => syncEmpty(vpp, config));
    syncs.push(tookMs);
    busy.push(vppBusyMs);
    serial.push(await withFresh(kind, (vpp) => sendOneByOne(vpp, config)));
    floors.push(await withFresh(kind, (vpp) => sendAllAtOnce(vpp, config)));
  }
  return [
    figure(
      // The simulator has no goal: how long it works on a request is ours to say.
      { what: "one by one ÷ sync", unit: "×", ...kind.isReal && { atLeast: 5 } },
      ratios(serial, syncs),
    ),
    figure({ what: "one by one ÷ all at once", unit: "×" }, ratios(serial, floors)),
    figure({ what: "sync ÷ all at once", unit: "×" }, ratios(syncs, floors)),
    figure({ what: "sync", unit: "ms" }, syncs),
    figure({ what: "VPP's own processor time for the sync", unit: "ms" }, busy),
    figure({ what: "one by one", unit: "ms" }, serial),
    figure({ what: "all at once", unit: "ms" }, floors),
  ];
}

/** The row about a sync with nothing to do. */
export const idleSync: Row = {
  name: "sync with nothing to do, same size",
  goal: "2 dumps, 0 writes, ≤ 200 ms",
  how:
    "asked for again and again, beside 20 backends that are probed every 20 ms; the reader of the " +
    "counters may dump once at the same time",
  measure: (extent) =>
    ofEachVpp((kind) => inSyncedScene(kind, extent, (scene) => measureIdleSync(scene, extent))),
};

async function measureIdleSync(
  { controller, apiCounters, writes }: Scene,
  extent: Extent,
): Promise<readonly Figure[]> {
  const dumps = () =>
    apiCounters.counts()
      .filter(({ msg, direction }) => direction === "send" && msg.endsWith("_dump"))
      .reduce((sum, { count }) => sum + count, 0);
  const times: number[] = [];
  const dumped: number[] = [];
  const written: number[] = [];
  for (let run = 0; run < (extent === "full" ? 21 : 3); run++) {
    const [dumpsBefore, writesBefore] = [dumps(), writes()];
    const startMs = performance.now();
    const outcome = await controller.sync({ kind: "all" });
    times.push(performance.now() - startMs);
    if (outcome.kind !== "done") throw new Error(outcome.reason);
    dumped.push(dumps() - dumpsBefore);
    written.push(writes() - writesBefore);
  }
  return [
    figure({ what: "dumps", unit: "", of: "median", atMost: 2 }, dumped),
    figure({ what: "writes", unit: "", of: "most", atMost: 0 }, written),
    figure({ what: "sync", unit: "ms", atMost: 200 }, times),
  ];
}

/** Runs work with a VPP that has nothing. */
async function withFresh<T>(kind: VppKind, work: (vpp: RunningVpp) => Promise<T>): Promise<T> {
  const vpp = await kind.run();
  try {
    return await work(vpp);
  } finally {
    await vpp.end();
  }
}
