/**
 * Measures how soon VPP has what has changed: the health of a backend, or all because VPP was started
 * again.
 *
 * @module
 */

import { probedAddress, type Scene } from "../../tests/lb_scene.ts";
import { figure } from "./figure.ts";
import type { Extent, Figure, Row } from "./row.ts";
import { inSyncedScene, isFullSync, ofEachVpp, probedBackends, type Recorder } from "./scene.ts";

/** The row about a change of a backend's health. */
export const transitionToWeight: Row = {
  name: "probe result → weight acknowledged by VPP",
  goal: "p99 ≤ 10 ms",
  how: "20 backends of 1,000 VIPs × 10 ASes fail and recover in turn; from the record of the " +
    "transition, within the probe's result, to that of the sync",
  measure: (extent) =>
    ofEachVpp((kind) =>
      inSyncedScene(kind, extent, (scene, records) => measureTransitions(scene, records, extent))
    ),
};

async function measureTransitions(
  { setHealth }: Scene,
  records: Recorder,
  extent: Extent,
): Promise<readonly Figure[]> {
  const latencies: number[] = [];
  const transitions = extent === "full" ? 400 : 2 * probedBackends;
  for (let turn = 0; turn < transitions; turn++) {
    const isUp = Math.floor(turn / probedBackends) % 2 === 1;
    const begun = records.next(({ msg }) => msg === "backend-transition");
    const done = records.next(({ msg }) => msg === "vpp-lbsync-done");
    setHealth({ [probedAddress(turn % probedBackends)]: isUp });
    latencies.push((await done).atMs - (await begun).atMs);
  }
  return [
    figure({ what: "latency", unit: "ms", of: "p99", atMost: 10 }, latencies),
    figure({ what: "latency", unit: "ms" }, latencies),
  ];
}

/** The row about a VPP that was started again. */
export const restartedVpp: Row = {
  name: "VPP back after a restart → all programmed",
  goal: "≤ 2 s plus the sync",
  how: "VPP is killed and started again; from when its sockets are there to the end of the sync, " +
    "less the sync; 1,000 VIPs × 10 ASes",
  measure: (extent) =>
    ofEachVpp((kind) =>
      inSyncedScene(kind, extent, (scene, records) => measureRestarts(scene, records, extent))
    ),
};

async function measureRestarts(
  { vpp }: Scene,
  records: Recorder,
  extent: Extent,
): Promise<readonly Figure[]> {
  const waits: number[] = [];
  const syncs: number[] = [];
  for (let restart = 0; restart < (extent === "full" ? 5 : 1); restart++) {
    const lost = records.next(({ msg }) => msg === "vpp-disconnect");
    await vpp.kill();
    await lost;
    const synced = records.next(isFullSync);
    await vpp.start();
    const startMs = performance.now();
    const { atMs, durationMs } = await synced;
    waits.push(atMs - startMs - durationMs);
    syncs.push(durationMs);
  }
  return [
    figure(
      { what: "back → programmed, less the sync", unit: "ms", of: "most", atMost: 2_000 },
      waits,
    ),
    figure({ what: "back → programmed, less the sync", unit: "ms" }, waits),
    figure({ what: "the sync", unit: "ms" }, syncs),
  ];
}
