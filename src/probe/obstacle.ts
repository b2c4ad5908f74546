/**
 * What this program may not do here, and would have to for a probe: to be known before it starts.
 *
 * @module
 */

import { addressBytes } from "../config/mod.ts";
import { OsError, withNetworkNamespace } from "../os/mod.ts";
import { sourceOf } from "./connection.ts";
import type { Echoes } from "./echoes.ts";
import { isForbidden } from "./failure.ts";
import type { ProbeSpec } from "./probe.ts";

/** Which capability the program lacks for such probes, or undefined if it lacks none. */
export function obstacleTo(spec: ProbeSpec, echoes: Echoes): string | undefined {
  const { address, netns, probe } = spec;
  const source = sourceOf(spec);
  const bytes = source === null ? undefined : addressBytes(source);
  const raw = address.family === 6 && source !== null
    ? "ICMP over IPv6 from a chosen source needs CAP_NET_RAW"
    : "ICMP needs CAP_NET_RAW, or a group in the kernel's setting net.ipv4.ping_group_range";
  if (netns !== null && isForbiddenTo(() => withNetworkNamespace(netns, () => {}))) {
    return `entering network namespace ${netns} needs CAP_SYS_ADMIN`;
  }
  if (probe.type !== "icmp") return undefined;
  const open = () => echoes.open({ family: address.family, netns, source: bytes });
  return isForbiddenTo(open) ? raw : undefined;
}

/** Whether the kernel does not let us. What else goes wrong may be right when the probe is made. */
function isForbiddenTo(act: () => void): boolean {
  try {
    act();
    return false;
  } catch (error) {
    if (!(error instanceof OsError)) throw error;
    return isForbidden(error);
  }
}
