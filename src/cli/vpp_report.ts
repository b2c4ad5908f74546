/**
 * All that a VPP tells of itself and its load balancer.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import { type ApiConnection, connectApi } from "../vpp/api/mod.ts";
import {
  type As,
  type LbSettings,
  type LbTraffic,
  openLb,
  readTraffic,
  type Vip,
  vipKeyText,
} from "../vpp/lb/mod.ts";
import { attachStats } from "../vpp/stats/attach.ts";
import { type StatsReader, vitalSigns } from "../vpp/stats/mod.ts";
import { controlPing, showVersion } from "../vpp/wire/mod.ts";

/** What there is to say. `--output json` prints it with its names in snake_case. */
export interface VppReport {
  readonly version: string;
  readonly buildDate: string;
  readonly buildDirectory: string;
  readonly pid: number;
  /** In RFC 3339; null where the stats segment cannot be read. */
  readonly bootTime: string | null;
  /** How many messages its table has. */
  readonly messages: number;
  readonly profile: "weighted" | "classic" | null;
  /** Where there is no profile, what is missing for one. */
  readonly missing: readonly string[];
  readonly settings: SettingsReport | null;
  readonly vips: readonly VipReport[];
  /** Packets to the address of a VIP, for none of its ports. */
  readonly unmatchedPackets: number | null;
  /** Why the counters are null, where they are. */
  readonly statsError: string | null;
}

/** What holds for all VIPs. */
export interface SettingsReport {
  readonly ip4SrcAddress: string;
  readonly ip6SrcAddress: string;
  readonly stickyBucketsPerCore: number;
  readonly flowTimeoutSeconds: number;
}

/** A VIP with its ASes. */
export interface VipReport {
  readonly prefix: string;
  readonly protocol: string;
  readonly port: number;
  readonly encap: string;
  readonly flowTableLength: number;
  readonly srcIpSticky: boolean | null;
  readonly poolIndex: number | null;
  readonly counters: {
    readonly next: number;
    readonly first: number;
    readonly untracked: number;
    readonly noServer: number;
    readonly packets: number | null;
    readonly bytes: number | null;
  } | null;
  readonly applicationServers: readonly AsReport[];
}

/** An AS; one that lingers was deleted and is not forgotten yet. */
export interface AsReport {
  readonly address: string;
  readonly weight: number;
  readonly flowTableBuckets: number;
  readonly flows: number | null;
  readonly packets: number | null;
  readonly bytes: number | null;
  readonly lingering: boolean;
}

/** Where to ask. */
export interface ReportOptions {
  readonly apiPath: string;
  readonly statsPath: string;
  readonly clock: Clock;
}

/**
 * Asks a VPP for everything.
 *
 * @throws {ApiError} It cannot be reached, or does not answer.
 */
export async function reportVpp({ apiPath, statsPath, clock }: ReportOptions): Promise<VppReport> {
  const api = await connectApi({ path: apiPath, clock });
  let stats: StatsReader | null = null;
  let statsError: string | null = null;
  try {
    try {
      stats = await attachStats({ path: statsPath, clock });
    } catch (error) {
      statsError = error instanceof Error ? error.message : String(error);
    }
    return { ...await ask(api, stats), statsError: statsError };
  } finally {
    stats?.close();
    await api.close();
  }
}

async function ask(
  api: ApiConnection,
  stats: StatsReader | null,
): Promise<Omit<VppReport, "statsError">> {
  const opened = openLb(api);
  const [version, ping, signs, settings, vips] = await Promise.all([
    api.call(showVersion, {}),
    api.call(controlPing, {}),
    stats?.read(vitalSigns),
    opened.lb?.readSettings() ?? null,
    opened.lb?.readVips({ withText: true }) ?? [],
  ]);
  const traffic = stats === null ? null : await readTraffic(api, stats, vips);
  const bootSeconds = signs?.["/sys/boottime"];
  return {
    version: version.version,
    buildDate: version.buildDate,
    buildDirectory: version.buildDirectory,
    pid: ping.vpePid,
    bootTime: bootSeconds === undefined ? null : new Date(bootSeconds * 1_000).toISOString(),
    messages: api.table.size,
    profile: opened.lb?.profile ?? null,
    missing: opened.lb === null ? opened.findings.map(({ text }) => text) : [],
    settings: settings === null ? null : reportSettings(settings),
    vips: vips.map((vip) => reportVip(vip, traffic)),
    unmatchedPackets: traffic?.unmatched ?? null,
  };
}

function reportSettings(settings: LbSettings): SettingsReport {
  return {
    ip4SrcAddress: settings.sourceIpv4.text,
    ip6SrcAddress: settings.sourceIpv6.text,
    stickyBucketsPerCore: settings.stickyBucketsPerCore,
    flowTimeoutSeconds: settings.flowTimeoutSeconds,
  };
}

function reportVip(vip: Vip, traffic: LbTraffic | null): VipReport {
  const { address, length } = vip.prefix;
  const counters = traffic?.vips.get(vipKeyText(vip));
  const reportAs = ({ address, weight, buckets, text }: As, lingering: boolean): AsReport => {
    const sent = traffic?.ases.get(address.text);
    return {
      address: address.text,
      weight,
      flowTableBuckets: buckets,
      flows: text?.flows ?? null,
      packets: sent?.packets ?? null,
      bytes: sent?.bytes ?? null,
      lingering,
    };
  };
  return {
    prefix: `${address.text}/${length}`,
    protocol: String(vip.protocol),
    port: vip.port,
    encap: vip.encap,
    flowTableLength: vip.tableLength,
    srcIpSticky: vip.text?.srcIpSticky ?? null,
    poolIndex: vip.text?.poolIndex ?? null,
    counters: counters === undefined ? null : {
      next: counters.next,
      first: counters.first,
      untracked: counters.untracked,
      noServer: counters.noServer,
      packets: counters.route?.packets ?? null,
      bytes: counters.route?.bytes ?? null,
    },
    applicationServers: [
      ...vip.ases.map((as) => reportAs(as, false)),
      ...vip.lingering.map((as) => reportAs(as, true)),
    ],
  };
}
