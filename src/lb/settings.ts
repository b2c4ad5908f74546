/**
 * Sees to it that VPP's lb plugin has the settings of the configuration.
 *
 * @module
 */

import { formatDuration } from "../config/mod.ts";
import type { Logger } from "../log.ts";
import type { LbClient, LbSettings } from "../vpp/lb/mod.ts";

/** Options of {@link syncSettings}. */
export interface SyncSettingsOptions {
  readonly log: Logger;
  /**
   * What was written on this same connection before, for a VPP that cannot tell its settings. Default:
   * nothing was.
   */
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
  const present = await lb.readSettings() ?? remembered;
  if (present !== null && isSame(present, wanted)) return false;
  await lb.writeSettings(wanted);
  log.info("vpp-lb-conf-set", {
    "ip4-src-address": wanted.sourceIpv4.text,
    "ip6-src-address": wanted.sourceIpv6.text,
    "sticky-buckets-per-core": wanted.stickyBucketsPerCore,
    "flow-timeout": formatDuration(wanted.flowTimeoutSeconds * 1e9),
  });
  return true;
}

function isSame(a: LbSettings, b: LbSettings): boolean {
  return a.sourceIpv4.text === b.sourceIpv4.text && a.sourceIpv6.text === b.sourceIpv6.text &&
    a.stickyBucketsPerCore === b.stickyBucketsPerCore &&
    a.flowTimeoutSeconds === b.flowTimeoutSeconds;
}
