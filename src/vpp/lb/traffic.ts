/**
 * The traffic of VIPs and ASes, from the stats segment.
 *
 * Two steps: VPP is asked which counters are whose, and from then on the counters are read without
 * asking it, until VIPs or ASes come and go.
 *
 * @module
 */

import type { ApiCaller } from "../api/mod.ts";
import type { PacketsAndBytes, StatsReader } from "../stats/mod.ts";
import { ipRouteLookup, type Prefix } from "../wire/mod.ts";
import { type Vip, type VipKey, vipKeyText } from "./vip.ts";

/** What became of the packets to a VIP, and how many there were to its address. */
export interface VipTraffic extends VipKey {
  /** Of flows that VPP knew. */
  readonly next: number;
  /** The first of a flow. */
  readonly first: number;
  /** Of flows that there was no room to remember. */
  readonly untracked: number;
  /** Dropped, because no AS has a weight. */
  readonly noServer: number;
  /** To the VIP's address, all its ports together; null where VPP has no route for it. */
  readonly route: PacketsAndBytes | null;
}

/** The traffic of all VIPs at one moment. */
export interface LbTraffic {
  /** By `vipKeyText`. */
  readonly vips: ReadonlyMap<string, VipTraffic>;
  /** What was sent to each AS, for all VIPs together, by its address. */
  readonly ases: ReadonlyMap<string, PacketsAndBytes>;
  /** Packets to the address of a VIP, for none of its ports. */
  readonly unmatched: number;
  /** The length of VPP's pool of VIPs: it grows when a VIP gets an index that none had before. */
  readonly poolLength: number;
}

/** Which counters are whose. It holds until a VIP or an AS is added or deleted. */
export interface TrafficIndexes {
  /** By `vipKeyText`. */
  readonly vips: ReadonlyMap<string, VipIndexes>;
  /** The index of each AS's route, by its address. */
  readonly ases: ReadonlyMap<string, number>;
}

/** Where the counters of a VIP are. */
export interface VipIndexes extends VipKey {
  readonly poolIndex: number;
  /** The index of its route, which it shares with the other VIPs of its address. */
  readonly routeIndex: number | null;
}

/** The counters that are read, by VPP's names. Those of the plugin have no slash in front. */
const wanted = {
  "packet from existing sessions": "simple",
  "first session packet": "simple",
  "untracked packet": "simple",
  "no server configured": "simple",
  "/net/route/to": "combined",
  "/net/route/via": "combined",
} as const;

/**
 * Reads the counters of VIPs that were read with their text.
 *
 * @throws {ApiError} VPP does not tell which counters are whose.
 * @throws {StatsError} The segment cannot be read.
 */
export async function readTraffic(
  api: Pick<ApiCaller, "call">,
  stats: Pick<StatsReader, "read">,
  vips: readonly Vip[],
): Promise<LbTraffic> {
  return await readTrafficAt(stats, await findTraffic(api, vips));
}

/**
 * Finds the counters of VIPs that were read with their text.
 *
 * Each question about a route stops VPP's forwarding for a moment. Where indexes are `known` from
 * before, it is not put again for a VIP that still has its pool index, and so its route.
 *
 * @throws {ApiError} VPP does not tell.
 */
export async function findTraffic(
  api: Pick<ApiCaller, "call">,
  vips: readonly Vip[],
  known?: TrafficIndexes,
): Promise<TrafficIndexes> {
  const asked = new Map<string, Promise<number | null>>();
  const askOnce = (prefix: Prefix) => {
    const text = `${prefix.address.text}/${prefix.length}`;
    const answer = asked.get(text) ?? askForRoute(api, prefix);
    asked.set(text, answer);
    return answer;
  };
  const find = async (vip: Vip): Promise<readonly [string, VipIndexes][]> => {
    if (vip.text === null) return [];
    const { prefix, protocol, port, text: { poolIndex } } = vip;
    const key = vipKeyText(vip);
    const before = known?.vips.get(key);
    const knownIndex = before?.poolIndex === poolIndex ? before.routeIndex : null;
    const routeIndex = knownIndex ?? await askOnce(prefix);
    return [[key, { prefix, protocol, port, poolIndex, routeIndex }]];
  };
  const ases = vips.flatMap((vip) => [...vip.ases, ...vip.lingering]);
  return {
    vips: new Map((await Promise.all(vips.map(find))).flat()),
    ases: new Map(
      ases.flatMap(({ address, text }) => text === null ? [] : [[address.text, text.statsIndex]]),
    ),
  };
}

async function askForRoute(api: Pick<ApiCaller, "call">, prefix: Prefix): Promise<number | null> {
  const { retval, route } = await api.call(ipRouteLookup, { tableId: 0, exact: true, prefix });
  return retval === 0 ? route.statsIndex : null;
}

/**
 * Reads counters whose places are known, without asking VPP for anything.
 *
 * @throws {StatsError} The segment cannot be read.
 */
export async function readTrafficAt(
  stats: Pick<StatsReader, "read">,
  indexes: TrafficIndexes,
): Promise<LbTraffic> {
  const values = await stats.read(wanted);
  const next = values["packet from existing sessions"];
  const first = values["first session packet"];
  const untracked = values["untracked packet"];
  const noServer = values["no server configured"];
  const routesTo = values["/net/route/to"];
  const routesVia = values["/net/route/via"];
  const vips = new Map<string, VipTraffic>();
  for (const [key, { prefix, protocol, port, poolIndex, routeIndex }] of indexes.vips) {
    vips.set(key, {
      prefix,
      protocol,
      port,
      next: next.sum(poolIndex),
      first: first.sum(poolIndex),
      untracked: untracked.sum(poolIndex),
      noServer: noServer.sum(poolIndex),
      route: routeIndex === null ? null : routesTo.sum(routeIndex),
    });
  }
  const ases = new Map<string, PacketsAndBytes>();
  for (const [address, index] of indexes.ases) ases.set(address, routesVia.sum(index));
  // Quirk: index 0 is nobody's, and counts what came to a VIP's address for none of its ports.
  const unmatched = noServer.sum(0) + untracked.sum(0);
  return { vips, ases, unmatched, poolLength: first.lengths[0] ?? 0 };
}
