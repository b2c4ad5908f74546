/**
 * The metrics of VPP: the connection, what was written through it, and the traffic that it counted.
 *
 * @module
 */

import { counter, type Family, gauge, histogram, only, type Scrape } from "./family.ts";
import type { RouteCount, SyncSource, VipSource } from "./sources.ts";

const vipLabels = ["prefix", "protocol", "port"] as const;
const backendLabels = ["backend", "address"] as const;

/** Metrics of VPP. Without a VPP to drive there is none of them. */
export const vppFamilies: readonly Family[] = [
  gauge("maglev_vpp_connected", {
    help: "1 while VPP is connected, else 0.",
    of: ({ controller }) => only(controller),
    series: ({ vpp }, add) => add(vpp === null ? 0 : 1),
  }),
  gauge("maglev_vpp_responding", {
    help: "1 while VPP is connected and responds, else 0.",
    of: ({ controller }) => only(controller),
    series: ({ vpp, silentSince }, add) => add(vpp === null || silentSince !== null ? 0 : 1),
  }),
  gauge("maglev_vpp_uptime_seconds", {
    help: "How long VPP runs; absent while it is not connected.",
    of: connected,
    series: ({ info, nowMs }, add) => add(secondsSince(info.bootTimeMs, nowMs)),
  }),
  gauge("maglev_vpp_connected_seconds", {
    help: "How long VPP is connected; absent while it is not.",
    of: connected,
    series: ({ info, nowMs }, add) => add(secondsSince(info.connectedAtMs, nowMs)),
  }),
  gauge("maglev_vpp_warming_up", {
    help: "1 until the warm-up after the daemon's start is over, then 0.",
    of: ({ controller }) => only(controller),
    series: ({ warmUp }, add) => add(warmUp.phase === "over" ? 0 : 1),
  }),
  gauge("maglev_vpp_info", {
    help: "1, with what the connected VPP is, and by which profile it is driven.",
    labels: ["version", "build_date", "pid", "profile"],
    of: connected,
    series: ({ info: { version, buildDate, pid, profile } }, add) =>
      add(1, version, buildDate, `${pid}`, profile ?? ""),
  }),
  counter("maglev_vpp_api_total", {
    help: "Messages of VPP's binary API.",
    labels: ["msg", "direction", "result"],
    of: ({ apiCounters }) => apiCounters.counts(),
    series: ({ msg, direction, result, count }, add) => add(count, msg, direction, result),
  }),
  counter("maglev_vpp_lbsync_total", {
    help: "What syncs of everything (all) and of single VIPs (vip) did to VPP, by kind of action.",
    labels: ["scope", "kind"],
    of: syncs,
    series: ([scope, { counts }], add) => {
      for (const [kind, count] of syncKinds(counts)) if (count > 0) add(count, scope, kind);
    },
  }),
  histogram("maglev_vpp_lbsync_duration_seconds", {
    help: "How long syncs took.",
    labels: ["scope"],
    of: syncs,
    series: ([scope, { durations }], add) => add(durations, scope),
  }),
  counter("maglev_vip_packets_total", {
    help: "Packets to the VIP: next of known flows, first of new ones, untracked of flows that " +
      "there was no room for, no_server dropped.",
    labels: [...vipLabels, "kind"],
    of: vips,
    series: (vip, add) => {
      const labels = labelsOf(vip);
      add(vip.next, ...labels, "next");
      add(vip.first, ...labels, "first");
      add(vip.untracked, ...labels, "untracked");
      add(vip.noServer, ...labels, "no_server");
    },
  }),
  counter("maglev_vip_route_packets_total", {
    help: "Packets to the VIP's address, for all its ports together.",
    labels: vipLabels,
    of: vips,
    series: (vip, add) => only(vip.route).forEach(({ packets }) => add(packets, ...labelsOf(vip))),
  }),
  counter("maglev_vip_route_bytes_total", {
    help: "Bytes to the VIP's address, for all its ports together.",
    labels: vipLabels,
    of: vips,
    series: (vip, add) => only(vip.route).forEach(({ bytes }) => add(bytes, ...labelsOf(vip))),
  }),
  counter("maglev_backend_route_packets_total", {
    help: "Packets that the load balancer sent to the backend, for all VIPs together.",
    labels: backendLabels,
    of: routes,
    series: ({ backend, address, route }, add) => add(route.packets, backend, address),
  }),
  counter("maglev_backend_route_bytes_total", {
    help: "Bytes that the load balancer sent to the backend, for all VIPs together.",
    labels: backendLabels,
    of: routes,
    series: ({ backend, address, route }, add) => add(route.bytes, backend, address),
  }),
  counter("maglev_vpp_lb_unmatched_packets_total", {
    help: "Packets to the address of a VIP, for none of its ports.",
    of: ({ controller }) => only(controller?.counters),
    series: ({ unmatched }, add) => add(unmatched),
  }),
];

function connected({ controller, runtime }: Scrape) {
  return only(controller?.vpp).map(({ info }) => ({ info, nowMs: runtime.now() }));
}

/** VPP tells whole seconds, and clocks step. */
function secondsSince(thenMs: number, nowMs: number): number {
  return Math.max(0, (nowMs - thenMs) / 1000);
}

function syncs({ controller }: Scrape): readonly (readonly [string, SyncSource])[] {
  return controller === null ? [] : Object.entries(controller.syncs);
}

function syncKinds(counts: SyncSource["counts"]): readonly (readonly [string, number])[] {
  return [
    ["vip_added", counts.vipAdded],
    ["vip_removed", counts.vipRemoved],
    ["as_added", counts.asAdded],
    ["as_removed", counts.asRemoved],
    ["as_weight_updated", counts.asWeightUpdated],
    ["failed", counts.failed],
  ];
}

function vips({ controller }: Scrape): Iterable<VipSource> {
  return controller?.counters?.vips.values() ?? [];
}

function labelsOf({ prefix, protocol, port }: VipSource): readonly [string, string, string] {
  return [`${prefix.address.text}/${prefix.length}`, `${protocol}`, `${port}`];
}

/** An AS that no backend has any more is VPP's alone, and has no series. */
function* routes({ controller, backends }: Scrape) {
  const ases = controller?.counters?.ases ?? new Map<string, RouteCount>();
  for (const { backend: { name, address } } of backends) {
    const route = ases.get(address.text);
    if (route !== undefined) yield { backend: name, address: address.text, route };
  }
}
