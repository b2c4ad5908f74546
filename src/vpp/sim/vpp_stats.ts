/**
 * What the simulated VPP tells in its stats segment.
 *
 * @module
 */

import { type CounterEntry, createStatsSegment } from "./stats_segment.ts";

/** The counters of a VIP, in VPP's order. Their names in the segment begin with no slash. */
export const vipCounterNames = [
  "packet from existing sessions",
  "first session packet",
  "untracked packet",
  "no server configured",
] as const;

/** One of them. */
export type VipCounterName = (typeof vipCounterNames)[number];

/** Packets, and the bytes that they have together. */
export interface Traffic {
  readonly packets: number;
  readonly bytes: number;
}

/** The counters of a route: what came in for it, and what was sent on through it. */
export type RouteCounterName = "to" | "via";

/** The segment, as the parts of the simulated VPP write to it. */
export interface VppStats {
  /** The counters of a new VIP begin at 0. The first VIP brings them into being. */
  onVipCreate(index: number): void;
  /** The counters of a new route begin at 0. */
  onRouteCreate(index: number): void;
  countVip(index: number, name: VipCounterName, packets: number): void;
  vipCount(index: number, name: VipCounterName): number;
  countRoute(name: RouteCounterName, index: number, traffic: Traffic): void;
  /** Counts what the one interface took in or put out. */
  countInterface(direction: "rx" | "tx", traffic: Traffic): void;
  clearInterfaces(): void;
  /** Called each second with the number of seconds since VPP's start. */
  onSecond(seconds: number): void;
}

/** What the stats are made of. */
export interface VppStatsOptions {
  readonly memory: Uint8Array<ArrayBuffer>;
  /** When VPP started, in seconds since the epoch. */
  readonly bootTime: number;
}

/** The names of the interfaces by index. The first one is VPP's own, and is never up. */
const interfaceNames = ["local0", "simulated0"];

/** The index of the interface that traffic comes in and goes out by. */
export const trafficInterface = 1;

/** Where the segment is said to be in the memory of the simulated VPP. */
const baseAddress = 0x7f5100000000n;

/** The main thread, which sees no packets, and one worker. */
const threads = 2;
const worker = 1;

/** The heartbeat advances once in so many seconds, as it does unless VPP is told other. */
const updateSeconds = 10;

/** Writes the segment of a VPP that has just started. */
export function createVppStats({ memory, bootTime }: VppStatsOptions): VppStats {
  const segment = createStatsSegment({ memory, base: baseAddress });
  const heartbeat = segment.addScalar("/sys/heartbeat");
  heartbeat.set(1);
  segment.addScalar("/sys/last_stats_clear");
  segment.addScalar("/sys/boottime").set(Math.floor(bootTime));
  segment.addGauge("/sys/vector_rate");
  // Quirk: these two have a thread in each column of one row, and a column to spare.
  for (const name of ["/sys/vector_rate_per_worker", "/sys/loops_per_worker"]) {
    segment.addSimple(name, 1).validate(threads);
  }
  segment.addGauge("/sys/num_worker_threads").set(threads - 1);
  const lastUpdate = segment.addScalar("/sys/last_update");
  segment.addGauge("/sys/input_rate");
  const routes = {
    to: segment.addCombined("/net/route/to", threads),
    via: segment.addCombined("/net/route/via", threads),
  };
  const interfaces = {
    rx: segment.addCombined("/if/rx", threads),
    tx: segment.addCombined("/if/tx", threads),
  };
  const names = segment.addNames("/if/names");
  for (const [index, name] of interfaceNames.entries()) {
    names.set(index, name);
    for (const [direction, counters] of Object.entries(interfaces)) {
      counters.validate(index);
      segment.addSymlink(`/interfaces/${name}/${direction}`, counters, index);
    }
  }
  let vips: Map<VipCounterName, CounterEntry> | undefined;

  return {
    onVipCreate(index) {
      vips ??= new Map(vipCounterNames.map((name) => [name, segment.addSimple(name, threads)]));
      for (const counters of vips.values()) {
        counters.validate(index);
        counters.clear(index);
      }
    },
    onRouteCreate(index) {
      for (const counters of [routes.to, routes.via]) {
        counters.validate(index);
        counters.clear(index);
      }
    },
    countVip: (index, name, packets) => vips?.get(name)?.add(worker, index, [packets]),
    vipCount: (index, name) => vips?.get(name)?.total(index) ?? 0,
    countRoute(name, index, { packets, bytes }) {
      routes[name].add(worker, index, [packets, bytes]);
    },
    countInterface(direction, { packets, bytes }) {
      interfaces[direction].add(worker, trafficInterface, [packets, bytes]);
    },
    clearInterfaces() {
      for (const counters of [interfaces.rx, interfaces.tx]) {
        for (const index of interfaceNames.keys()) counters.clear(index);
      }
    },
    onSecond(seconds) {
      lastUpdate.set(seconds);
      if (seconds % updateSeconds === 0) heartbeat.set(1 + seconds / updateSeconds);
    },
  };
}
