/**
 * A controller over a VPP of the size that the goals speak of, and the records of its log.
 *
 * @module
 */

import type { Config } from "../../src/config/mod.ts";
import {
  configOf,
  type LogLine,
  manyVips,
  type Scene,
  withDaemon,
  withScene,
} from "../../tests/lb_scene.ts";
import type { RunningVpp, VppKind } from "../../tests/vpp_under_test.ts";
import { busyMs } from "./processor.ts";
import { benchVpps, vppAbsences } from "./vpps.ts";
import type { Absence, Extent, Figure } from "./row.ts";

/** How many backends are probed, each the first of a VIP of its own. */
export const probedBackends = 20;

/** The configuration that VPP is to have: 1,000 VIPs with 10 ASes each; in short, a tenth of it. */
export function benchConfig(extent: Extent): Config {
  const vips = extent === "full" ? 1_000 : 100;
  return configOf(manyVips({ vips, ases: 10, probed: probedBackends }));
}

/** A record of the log, when it came, and what it tells. */
export interface Seen {
  readonly atMs: number;
  readonly pid: number;
  readonly durationMs: number;
}

/** Waits for records of the log. */
export interface Recorder {
  onLine(line: LogLine): void;
  /** Resolves with the first such record from now on. */
  next(isIt: (line: LogLine) => boolean): Promise<Seen>;
}

/** Makes one. */
function recorder(): Recorder {
  const waiting = new Map<(line: LogLine) => boolean, (seen: Seen) => void>();
  return {
    onLine: (line) => {
      const atMs = performance.now();
      for (const [isIt, resolve] of waiting) {
        if (!isIt(line)) continue;
        waiting.delete(isIt);
        resolve({ atMs, pid: Number(line["pid"]), durationMs: Number(line["duration-ms"]) });
      }
    },
    next: (isIt) => new Promise((resolve) => waiting.set(isIt, resolve)),
  };
}

/** Whether a record is that of a sync of everything. */
export function isFullSync({ msg, scope }: LogLine): boolean {
  return msg === "vpp-lbsync-done" && scope === "all";
}

/** Measures each kind of VPP by itself, and says which figure is of which. */
export async function ofEachVpp(
  measure: (kind: VppKind) => Promise<readonly Figure[]>,
): Promise<readonly (Figure | Absence)[]> {
  const all: (Figure | Absence)[] = [...vppAbsences];
  for (const kind of benchVpps) {
    const notHere = await whyNot(kind);
    if (notHere !== null) {
      all.push({ what: kind.name, notHere });
      continue;
    }
    const figures = await measure(kind);
    all.push(...figures.map((each) => ({ ...each, what: `${kind.name}: ${each.what}` })));
  }
  return all;
}

/** Why a VPP of this kind cannot run here: a real one may not, without privileges. */
async function whyNot(kind: VppKind): Promise<string | null> {
  if (!kind.isReal) return null;
  try {
    await (await kind.run()).end();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Measures in a scene whose VPP has been synced once. */
export async function inSyncedScene(
  kind: VppKind,
  extent: Extent,
  measure: (scene: Scene, records: Recorder) => Promise<readonly Figure[]>,
): Promise<readonly Figure[]> {
  const records = recorder();
  let figures: readonly Figure[] = [];
  const synced = records.next(isFullSync);
  await withScene(kind, benchConfig(extent), async (scene) => {
    await synced;
    figures = await measure(scene, records);
  }, { onLine: records.onLine, level: "info" });
  return figures;
}

/** Syncs a VPP that has nothing: how long the sync took, and how long VPP was on a processor for it. */
export async function syncEmpty(
  vpp: RunningVpp,
  config: Config,
): Promise<{ readonly tookMs: number; readonly vppBusyMs: number }> {
  const records = recorder();
  const connected = records.next(({ msg }) => msg === "vpp-connect");
  const synced = records.next(isFullSync);
  let outcome = { tookMs: NaN, vppBusyMs: NaN };
  await withDaemon(vpp, config, async () => {
    const { pid } = await connected;
    const before = busyMs(pid);
    const { durationMs } = await synced;
    outcome = { tookMs: durationMs, vppBusyMs: busyMs(pid) - before };
  }, { onLine: records.onLine, level: "info" });
  return outcome;
}
