/**
 * Simulated traffic: what becomes of the packets of many clients, a second at a time.
 *
 * Each flow that there is room for has its own hash and its own entry in the flow table. Only the
 * packets of one flow in one second are not made one by one, as they all go the same way; and flows
 * without room are only counted.
 *
 * @module
 */

import { encapsulationBytes } from "./encapsulation.ts";
import type { LbPlugin } from "./lb_plugin.ts";
import { packetTargetOf, type VipKey } from "./lb_vip.ts";
import {
  clientHash,
  createTrafficSource,
  type Offer,
  takeSecond,
  type TrafficSource,
} from "./traffic_source.ts";
import { VppCrash } from "./vpp_crash.ts";
import type { VppStats } from "./vpp_stats.ts";
import { createWorker, type Run, type Worker } from "./worker.ts";

/** The traffic of all VIPs. */
export interface TrafficGenerator {
  /** Sets what clients offer to a VIP, whether it is there or not; null ends it, and all its flows. */
  offer(key: VipKey, offer: Offer | null): void;
  /** Makes the traffic of the second that ends now. */
  onSecond(now: number): void;
}

/** What traffic is made with. */
export interface TrafficOptions {
  readonly lb: LbPlugin;
  readonly stats: Pick<VppStats, "countVip" | "countRoute" | "countInterface">;
  /** Gives numbers from 0, inclusive, to 1, exclusive. */
  readonly random: () => number;
}

/** As many sources as the flow table can tell apart. */
const mostSources = 0xffff;

/** The traffic of nobody, to begin with. */
export function createTraffic({ lb, stats, random }: TrafficOptions): TrafficGenerator {
  const sources = new Map<string, TrafficSource>();
  return {
    offer(key, offer) {
      const name = JSON.stringify(key);
      let source = sources.get(name);
      if (source === undefined) {
        if (sources.size === mostSources) throw new RangeError("traffic of too many VIPs");
        source = createTrafficSource(sources.size + 1, key);
        sources.set(name, source);
      }
      source.offer = offer;
    },
    onSecond(now) {
      const byId = [undefined, ...sources.values()];
      const runs = byId.map((source) => source && runOf(lb, source));
      if (runs.every((run) => run === undefined || isSilent(lb, run))) return;
      const sent = createSent(lb);
      const table = currentTable(lb, byId, now);
      const worker = createWorker({ lb, table, now, sendOn: sent.add });
      const sending = runs.filter((run) => run !== undefined);
      for (const run of sending) worker.sendUntracked(run);
      worker.sendTracked(runs);
      for (const run of sending) sendLoose(worker, run, now);
      for (const run of sending) beginFlows({ worker, run, now, random });
      for (const run of sending) report(run, stats);
      sent.report(stats);
    },
  };
}

/** What a source sends in the next second, undefined where it reaches no VIP or sends nothing more. */
function runOf(lb: LbPlugin, source: TrafficSource): Run | undefined {
  const { offer, key } = source;
  if (offer === null) {
    source.loose = [];
    source.untracked.clear();
    return undefined;
  }
  const target = packetTargetOf(lb, key);
  const counts = { existing: 0, first: 0, untracked: 0, noServer: 0 };
  return target && { ...target, ...takeSecond(source, offer), source, offer, counts };
}

/** Whether it sends no packet, as far as is known without going through the flows. */
function isSilent(lb: LbPlugin, { newFlows, packetsPerFlow }: Run): boolean {
  return newFlows === 0 && (packetsPerFlow === 0 || lb.flows.table === undefined);
}

/** The flow table, begun anew where its size was changed. The flows in the old one live on. */
function currentTable(
  lb: LbPlugin,
  sources: readonly (TrafficSource | undefined)[],
  now: number,
) {
  const { stickyBucketsPerCore } = lb.settings;
  const { table } = lb.flows;
  if (table?.bucketCount === stickyBucketsPerCore) return table;
  if (stickyBucketsPerCore === 0) throw new VppCrash("a flow table without buckets");
  for (const [entry, lastSecond] of table?.lastSeconds.entries() ?? []) {
    const source = sources[table?.sources[entry] ?? 0];
    if (lastSecond >= now) source?.loose.push({ hash: table?.hashes[entry] ?? 0, lastSecond });
  }
  return lb.flows.replaceTable(stickyBucketsPerCore);
}

function sendLoose(worker: Worker, run: Run, now: number): void {
  const { source, packetsPerFlow } = run;
  const alive = source.loose.filter(({ lastSecond }) => lastSecond >= now);
  source.loose = [];
  if (packetsPerFlow === 0) source.loose = alive;
  else for (const flow of alive) worker.send(run, flow, packetsPerFlow);
}

interface Beginning {
  readonly worker: Worker;
  readonly run: Run;
  readonly now: number;
  readonly random: () => number;
}

function beginFlows({ worker, run, now, random }: Beginning): void {
  const { source, vip, newFlows, offer } = run;
  const packets = Math.max(1, run.packetsPerFlow);
  const lastSecond = now + Math.max(1, offer.flowSeconds) - 1;
  for (let flow = 0; flow < newFlows; flow++) {
    const hash = vip.isSticky
      ? clientHash(source, Math.floor(random() * offer.clients))
      : Math.floor(random() * 2 ** 32);
    worker.send(run, { hash, lastSecond }, packets);
  }
}

/** What came in for a VIP, and how that was counted. */
function report({ vip, route, counts, offer }: Run, stats: TrafficOptions["stats"]): void {
  const { existing, first, untracked, noServer } = counts;
  stats.countVip(vip.index, "packet from existing sessions", existing);
  stats.countVip(vip.index, "first session packet", first);
  stats.countVip(vip.index, "untracked packet", untracked);
  stats.countVip(vip.index, "no server configured", noServer);
  const packets = existing + first + untracked + noServer;
  const arrived = { packets, bytes: packets * offer.packetBytes };
  stats.countRoute("to", route.index, arrived);
  stats.countInterface("rx", arrived);
}

/** What goes on to the ASes, each of which may serve several sources. Nothing goes to AS 0. */
function createSent(lb: LbPlugin) {
  let size = 0;
  for (const { index } of lb.ases) size = index + 1;
  const packetsByAs = new Float64Array(size);
  const bytesByAs = new Float64Array(size);
  return {
    add({ vip, offer }: Run, as: number, packets: number): void {
      packetsByAs[as] = (packetsByAs[as] ?? 0) + packets;
      const bytes = packets * (offer.packetBytes + encapsulationBytes(vip));
      bytesByAs[as] = (bytesByAs[as] ?? 0) + bytes;
    },
    report(stats: TrafficOptions["stats"]): void {
      for (const { index, route } of lb.ases) {
        const packets = packetsByAs[index] ?? 0;
        if (index === 0 || packets === 0) continue;
        const sent = { packets, bytes: bytesByAs[index] ?? 0 };
        stats.countRoute("via", route.index, sent);
        stats.countInterface("tx", sent);
      }
    },
  };
}
