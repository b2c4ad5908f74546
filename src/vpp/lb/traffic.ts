/**
 * The traffic of VIPs and ASes, from the stats segment.
 *
 * @module
 */

import type { ApiCaller } from "../api/mod.ts";
import type { PacketsAndBytes, StatsReader } from "../stats/mod.ts";
import { ipRouteLookup } from "../wire/mod.ts";
import { type Vip, vipKeyText } from "./vip.ts";

/** What became of the packets to a VIP, and how many there were to its address. */
export interface VipTraffic {
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
  api: ApiCaller,
  stats: StatsReader,
  vips: readonly Vip[],
): Promise<LbTraffic> {
  const [routes, values] = await Promise.all([
    Promise.all(vips.map((vip) => routeIndexOf(api, vip))),
    stats.read(wanted),
  ]);
  const next = values["packet from existing sessions"];
  const first = values["first session packet"];
  const untracked = values["untracked packet"];
  const noServer = values["no server configured"];
  const byVip = vips.flatMap((vip, index): [string, VipTraffic][] => {
    const pool = vip.text?.poolIndex;
    const route = routes[index] ?? null;
    if (pool === undefined) return [];
    return [[vipKeyText(vip), {
      next: next.sum(pool),
      first: first.sum(pool),
      untracked: untracked.sum(pool),
      noServer: noServer.sum(pool),
      route: route === null ? null : values["/net/route/to"].sum(route),
    }]];
  });
  const ases = vips.flatMap((vip) => [...vip.ases, ...vip.lingering]);
  const byAs = ases.flatMap(({ address, text }): [string, PacketsAndBytes][] =>
    text === null ? [] : [[address.text, values["/net/route/via"].sum(text.statsIndex)]]
  );
  // Quirk: index 0 is nobody's, and counts what came to a VIP's address for none of its ports.
  const unmatched = noServer.sum(0) + untracked.sum(0);
  return { vips: new Map(byVip), ases: new Map(byAs), unmatched };
}

/** The index of the route to a VIP's address, which all VIPs of that address share. */
async function routeIndexOf(api: ApiCaller, { prefix }: Vip): Promise<number | null> {
  const { retval, route } = await api.call(ipRouteLookup, { tableId: 0, exact: true, prefix });
  return retval === 0 ? route.statsIndex : null;
}
