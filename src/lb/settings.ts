/**
 * Sees to it that VPP's lb plugin has the settings of the configuration.
 *
 * @module
 */

import { formatDuration } from "../config/mod.ts";
import type { Logger } from "../log.ts";
import type { LbClient, LbSettings } from "../vpp/lb/mod.ts";

/** A setting that is to be another one. */
export interface SettingChange {
  /** As VPP calls it. */
  readonly name: string;
  /** What VPP has; null where it cannot tell. */
  readonly from: string | null;
  readonly to: string;
  /** What that does, in one line for people. */
  readonly effect: string;
}

/** What there is to set, as texts. */
const settings: readonly {
  readonly name: string;
  readonly textOf: (settings: LbSettings) => string;
  readonly effect: string;
  /** Where nobody knows what VPP has. */
  readonly effectAtMost?: string;
}[] = [
  {
    name: "ip4-src-address",
    textOf: ({ sourceIpv4 }) => sourceIpv4.text,
    effect: "servers get GRE over IPv4 from there",
  },
  {
    name: "ip6-src-address",
    textOf: ({ sourceIpv6 }) => sourceIpv6.text,
    effect: "servers get GRE over IPv6 from there",
  },
  {
    name: "sticky-buckets-per-core",
    textOf: ({ stickyBucketsPerCore }) => String(stickyBucketsPerCore),
    effect: "VPP forgets all flows",
    effectAtMost: "VPP forgets all flows if it has another number",
  },
  {
    name: "flow-timeout",
    textOf: ({ flowTimeoutSeconds }) => formatDuration(flowTimeoutSeconds * 1e9),
    effect: "a flow is forgotten after so long a silence",
  },
];

/** What has to be set; none where VPP has what is wanted. */
export function changedSettings(
  present: LbSettings | null,
  wanted: LbSettings,
): readonly SettingChange[] {
  const changes = settings.map(({ name, textOf, effect, effectAtMost = effect }) => ({
    name,
    from: present === null ? null : textOf(present),
    to: textOf(wanted),
    effect: present === null ? effectAtMost : effect,
  }));
  return changes.filter(({ from, to }) => from !== to);
}

/**
 * Asks what has to be set. `remembered` is what was written on this same connection before, for a VPP
 * that cannot tell its settings; null = nothing was.
 *
 * @throws {ApiError} VPP does not answer.
 */
export async function planSettings(
  lb: LbClient,
  wanted: LbSettings,
  remembered: LbSettings | null,
): Promise<readonly SettingChange[]> {
  return changedSettings(await lb.readSettings() ?? remembered, wanted);
}

/** Options of {@link syncSettings}. */
export interface SyncSettingsOptions {
  readonly log: Logger;
  /** As of {@link planSettings}. Default: nothing was written. */
  readonly remembered?: LbSettings | null;
}

/**
 * Writes the settings if VPP has others, and says whether it did. They are read first, because VPP's
 * workers forget all flows when the number of buckets changes.
 *
 * @throws {LbError} VPP refuses them.
 * @throws {ApiError} VPP does not answer.
 */
export async function syncSettings(
  lb: LbClient,
  wanted: LbSettings,
  { log, remembered = null }: SyncSettingsOptions,
): Promise<boolean> {
  if ((await planSettings(lb, wanted, remembered)).length === 0) return false;
  await lb.writeSettings(wanted);
  log.info("vpp-lb-conf-set", {
    "ip4-src-address": wanted.sourceIpv4.text,
    "ip6-src-address": wanted.sourceIpv6.text,
    "sticky-buckets-per-core": wanted.stickyBucketsPerCore,
    "flow-timeout": formatDuration(wanted.flowTimeoutSeconds * 1e9),
  });
  return true;
}
