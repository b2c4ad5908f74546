/**
 * What VPP's worker does with packets to VIPs: each finds the entry of its flow, or an AS by the
 * new-flow table and an entry to remember it in.
 *
 * @module
 */

import { findFlow, findRoom, type FlowTable } from "./flow_table.ts";
import type { LbPlugin } from "./lb_plugin.ts";
import type { PacketTarget } from "./lb_vip.ts";
import { countBuckets } from "./new_flow_table.ts";
import {
  type LooseFlow,
  type Offer,
  type TrafficSource,
  untrackedFlows,
} from "./traffic_source.ts";

/** The packets that one source sends in one second. */
export interface Run extends PacketTarget {
  readonly source: TrafficSource;
  readonly offer: Offer;
  readonly newFlows: number;
  readonly packetsPerFlow: number;
  /** What has come of them so far. */
  readonly counts: PacketCounts;
}

/** Packets by counter of the VIP. */
export interface PacketCounts {
  existing: number;
  first: number;
  untracked: number;
  noServer: number;
}

/** Called with the packets of a run that go on to an AS, by its index. */
export type SendOn = (run: Run, as: number, packets: number) => void;

/** One second of the worker. */
export interface Worker {
  /** The packets of one flow. */
  send(run: Run, flow: LooseFlow, packets: number): void;
  /** The packets of all flows that have an entry; `runs` are by the number of the source. */
  sendTracked(runs: readonly (Run | undefined)[]): void;
  /** The packets of all flows that found no room before. */
  sendUntracked(run: Run): void;
}

/** What a worker works with. */
export interface WorkerOptions {
  readonly lb: LbPlugin;
  readonly table: FlowTable;
  readonly now: number;
  readonly sendOn: SendOn;
}

/** The worker in the second that ends now. */
export function createWorker({ lb, table, now, sendOn }: WorkerOptions): Worker {
  const { hashes, expiries, vips, ases, lastSeconds, sources } = table;
  table.timeout = lb.settings.flowTimeout;
  const expiry = now + table.timeout;

  /** Keeps an entry alive, as each packet of its flow does; tells its AS, 0 for none. */
  const renew = (entry: number): number => {
    if (entry < 0) return 0;
    expiries[entry] = expiry;
    return ases[entry] ?? 0;
  };

  const send = (run: Run, { hash, lastSecond }: LooseFlow, packets: number) => {
    const { vip, counts, source } = run;
    const chosen = vip.owners[hash & (vip.owners.length - 1)] ?? 0;
    let own = -1;
    // Quirk: an entry without an AS is no answer to VPP, which looks for another one for each
    // packet, until the bucket is full of them.
    for (let left = packets; left > 0; left--) {
      const found = findFlow(table, hash, vip.index, now);
      const as = renew(found);
      if (as !== 0) {
        lastSeconds[found] = Math.max(lastSeconds[found] ?? 0, lastSecond);
        sources[found] = source.id;
        counts.existing += left;
        return sendOn(run, as, left);
      }
      if (own >= 0) lastSeconds[own] = 0;
      own = findRoom(table, hash, now);
      if (own < 0) {
        source.untracked.set(lastSecond, (source.untracked.get(lastSecond) ?? 0) + 1);
        counts.untracked += left;
        return sendOn(run, chosen, left);
      }
      const flow = { hash, vip: vip.index, as: chosen, expiry, lastSecond, source: source.id };
      lb.flows.store(own, flow);
      if (chosen === 0) counts.noServer++;
      else counts.first++;
      sendOn(run, chosen, 1);
    }
  };

  return {
    send,
    sendTracked(runs) {
      for (let entry = 0; entry < lastSeconds.length; entry++) {
        const lastSecond = lastSeconds[entry] ?? 0;
        if (lastSecond < now) continue;
        const run = runs[sources[entry] ?? 0];
        if (run === undefined) continue;
        const { packetsPerFlow, vip, source, counts } = run;
        const as = ases[entry] ?? 0;
        if (vips[entry] !== vip.index || as === 0 || (expiries[entry] ?? 0) <= now) {
          lastSeconds[entry] = 0;
          source.loose.push({ hash: hashes[entry] ?? 0, lastSecond });
        } else if (packetsPerFlow > 0) {
          expiries[entry] = expiry;
          counts.existing += packetsPerFlow;
          sendOn(run, as, packetsPerFlow);
        }
      }
    },
    sendUntracked(run) {
      const packets = untrackedFlows(run.source, now) * run.packetsPerFlow;
      run.counts.untracked += packets;
      let bucketsSoFar = 0;
      let sentSoFar = 0;
      for (const [as, buckets] of countBuckets(run.vip)) {
        bucketsSoFar += buckets;
        const due = Math.round(packets * bucketsSoFar / run.vip.owners.length);
        sendOn(run, as, due - sentSoFar);
        sentSoFar = due;
      }
    },
  };
}
