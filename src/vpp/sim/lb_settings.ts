/**
 * The settings of the simulated VPP's lb plugin.
 *
 * @module
 */

import type { LbPlugin, LbSettings } from "./lb_plugin.ts";
import { isPowerOfTwoOrZero } from "./lb_vip.ts";
import { type Retval, retval } from "./retval.ts";

/** Sets all of them, or none. Workers take note at their next packet. */
export function configureLb(lb: LbPlugin, settings: LbSettings): Retval {
  const { ip4SrcAddress, ip6SrcAddress, stickyBucketsPerCore, flowTimeout } = settings;
  if (!isPowerOfTwoOrZero(stickyBucketsPerCore)) return retval.invalidMemorySize;
  lb.settings = { ip4SrcAddress, ip6SrcAddress, stickyBucketsPerCore, flowTimeout };
  return retval.ok;
}
