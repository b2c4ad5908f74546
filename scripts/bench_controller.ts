/**
 * Measures how fast a VPP becomes what it should be: from nothing, when nothing differs, after the
 * result of a probe, and after VPP was started again.
 *
 * @module
 */

import type { Config } from "../src/config/mod.ts";
import { connectApi } from "../src/vpp/api/mod.ts";
import { type NewVip, openLb } from "../src/vpp/lb/mod.ts";
import {
  configOf,
  type LogLine,
  manyVips,
  probedAddress,
  type Scene,
  withScene,
} from "../tests/lb_scene.ts";
import type { VppKind } from "../tests/vpp_under_test.ts";
import type { Row } from "./bench_row.ts";

const size = "1,000 VIPs × 10 ASes";
const probed = 20;
const transitions = 300;

/** The rows about one kind of VPP. */
export async function benchController(kind: VppKind): Promise<Row[]> {
  const config = configOf(manyVips({ vips: 1_000, ases: 10, probed }));
  const records = recorder();
  const rows: Row[] = [];
  await withScene(kind, config, async (scene) => {
    rows.push(
      ...await benchFullSync(kind, config, records),
      ...await benchIdleSync(scene),
      ...await benchTransitions(scene, records),
      await benchRestart(scene, records),
    );
  }, { onLine: records.onLine, level: "info" });
  return rows.map((row) => ({ ...row, what: `${kind.name}: ${row.what}` }));
}

/**
 * The sync after the connection. Only a real VPP has a processor of its own, so that requests that it
 * works on and others that are on their way can go on side by side.
 */
async function benchFullSync(kind: VppKind, config: Config, records: Recorder): Promise<Row[]> {
  const { pid } = await records.next(({ msg }) => msg === "vpp-connect");
  const before = busyMs(pid);
  const { durationMs } = await records.next(isFullSync);
  const busy = 100 * (busyMs(pid) - before) / durationMs;
  const what = `full sync, ${size}, into an empty VPP`;
  const row: Row = { what, value: durationMs, unit: "ms" };
  if (!kind.isReal) return [row];
  const ratio = await oneByOneMs(kind, config) / durationMs;
  return [
    row,
    { what: `${what}: the share in which VPP's own processor is busy`, value: busy, unit: "%" },
    { what: `${what}: the same requests one by one take`, value: ratio, unit: "×", atLeast: 5 },
  ];
}

/** How long a process has been on a processor, in milliseconds. */
function busyMs(pid: number): number {
  return Number(Deno.readTextFileSync(`/proc/${pid}/schedstat`).split(" ")[0]) / 1e6;
}

/** Programs another VPP with the same VIPs, and waits for each answer before the next request. */
async function oneByOneMs(kind: VppKind, config: Config): Promise<number> {
  const vpp = await kind.run();
  const api = await connectApi({ path: vpp.apiPath });
  const { lb } = openLb(api);
  if (lb === null) throw new Error(`${kind.name} has no load balancer`);
  const startMs = performance.now();
  for (const { address, service, flowTableLength, pools } of config.frontends.values()) {
    const vip: NewVip = {
      prefix: { address, length: 32 },
      protocol: service?.protocol ?? "any",
      port: service?.port ?? 0,
      encap: "gre4",
      srcIpSticky: false,
      tableLength: flowTableLength,
    };
    await lb.addVip(vip);
    for (const { name, weight } of pools.flatMap(({ backends }) => [...backends.values()])) {
      const backend = config.backends.get(name);
      if (backend !== undefined) await lb.addAs(vip, backend.address, weight);
    }
  }
  const tookMs = performance.now() - startMs;
  await api.close();
  await vpp.end();
  return tookMs;
}

async function benchIdleSync({ controller, apiCounters }: Scene): Promise<Row[]> {
  const sent = () => apiCounters.counts().filter(({ direction }) => direction === "send");
  const count = (of: RegExp) =>
    sent().filter(({ msg }) => of.test(msg)).reduce((sum, { count }) => sum + count, 0);
  const [dumps, others] = [count(/_dump$/), count(/^lb_(?!.*_dump$)/)];
  const startMs = performance.now();
  const outcome = await controller.sync({ kind: "all" });
  const value = performance.now() - startMs;
  if (outcome.kind !== "done") throw new Error(outcome.reason);
  const what = `sync with nothing to do, ${size}`;
  return [
    { what, value, unit: "ms", atMost: 200 },
    { what: `${what}: dumps`, value: count(/_dump$/) - dumps, unit: "", atMost: 2 },
    {
      what: `${what}: other requests to the lb plugin`,
      value: count(/^lb_(?!.*_dump$)/) - others,
      unit: "",
      atMost: 1,
    },
  ];
}

/** From the record of a backend's transition, within its probe's result, to that of the sync. */
async function benchTransitions({ setHealth }: Scene, records: Recorder): Promise<Row[]> {
  const latencies: number[] = [];
  for (let turn = 0; turn < transitions; turn++) {
    const isUp = Math.floor(turn / probed) % 2 === 1;
    const begun = records.next(({ msg }) => msg === "backend-transition");
    const done = records.next(({ msg }) => msg === "vpp-lbsync-done");
    setHealth({ [probedAddress(turn % probed)]: isUp });
    latencies.push((await done).atMs - (await begun).atMs);
  }
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor(share * latencies.length)] ?? NaN;
  const what = `probe result → weight acknowledged, beside ${size}`;
  return [
    { what: `${what}: median`, value: at(0.5), unit: "ms" },
    { what: `${what}: 99th percentile`, value: at(0.99), unit: "ms", atMost: 10 },
  ];
}

async function benchRestart({ vpp }: Scene, records: Recorder): Promise<Row> {
  const lost = records.next(({ msg }) => msg === "vpp-disconnect");
  await vpp.kill();
  await lost;
  const synced = records.next(isFullSync);
  await vpp.start();
  const startMs = performance.now();
  const { atMs, durationMs } = await synced;
  const value = atMs - startMs - durationMs;
  return { what: "VPP is back → all programmed, less the sync", value, unit: "ms", atMost: 2_000 };
}

/** A record of the log, when it came, and what it tells. */
interface Seen {
  readonly atMs: number;
  readonly pid: number;
  readonly durationMs: number;
}

/** Waits for records of the log. */
interface Recorder {
  onLine(line: LogLine): void;
  /** Resolves with the first such record from now on. */
  next(isIt: (line: LogLine) => boolean): Promise<Seen>;
}

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

function isFullSync({ msg, scope }: LogLine): boolean {
  return msg === "vpp-lbsync-done" && scope === "all";
}
