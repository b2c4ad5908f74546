/**
 * How messages name VIPs, and what each generation of the lb plugin makes of the names.
 *
 * @module
 */

import { lbFlushVip, lbVipDump } from "../wire/lb_messages.ts";
import type { ValueOf } from "../wire/wire_type.ts";
import { numbersOf } from "./answer.ts";
import { fromIp46, type Ip46, type Ip46Prefix, isIp4Prefix, toIp46 } from "./ip46.ts";
import type { LbPlugin, Profile, Vip } from "./lb_plugin.ts";
import type { VipKey } from "./lb_vip.ts";

/** The fields that name a VIP in a message. */
export type VipFields = ValueOf<typeof lbFlushVip.body>;

/** The fields that name a VIP in the details of a dump. */
export type VipDetails = ValueOf<typeof lbVipDump.details.body>["vip"];

const protocolNumber = numbersOf(lbFlushVip, "protocol");

/**
 * The key that VPP takes the fields for.
 *
 * Quirk: releases up to 26.06 do not add 96 to the length of an IPv4 prefix, so that 192.0.2.1/32 is
 * ::/32 to them, unless the client adds them.
 */
export function vipKeyOf(profile: Profile, { pfx, protocol, port }: VipFields): VipKey {
  const isCountedFrom96 = profile === "weighted" && pfx.address.family === 4;
  // VPP holds the length in a byte.
  const length = (pfx.length + (isCountedFrom96 ? 96 : 0)) & 0xff;
  return {
    prefix: { address: toIp46(pfx.address), length },
    protocol: port === 0 ? 255 : protocolNumber(protocol),
    port,
  };
}

/**
 * The name of a VIP in a dump.
 *
 * Quirk: releases up to 26.06 tell the length as they hold it, and no protocol.
 */
export function vipDetailsOf({ profile }: LbPlugin, { prefix, protocol, port }: Vip): VipDetails {
  const isWeighted = profile === "weighted";
  const length = isWeighted ? lengthOf(prefix) : prefix.length;
  const pfx = { address: fromIp46(prefix.address), length };
  return { pfx, protocol: isWeighted ? protocol : 0, port };
}

/**
 * Which VIPs the filter of a dump of ASes lets through.
 *
 * Quirk: VPP compares with the 16 bytes as they are in the message, where IPv4 is in the first four, and
 * so finds no IPv4 VIP, but all of them by zeros. Quirk: releases up to 26.06 compare the port with
 * its bytes swapped.
 */
export function vipFilterOf(
  lb: LbPlugin,
  { pfx, protocol, port }: VipFields,
): (vip: Vip) => boolean {
  const address = unionOf(pfx.address);
  if (/^0+$/.test(address)) return () => true;
  const wanted = lb.profile === "weighted" ? port : (port & 0xff) << 8 | port >> 8;
  const number = protocolNumber(protocol);
  return (vip) => vip.prefix.address === address && vip.protocol === number && vip.port === wanted;
}

/** The address as it lies in a message. */
function unionOf(address: VipFields["pfx"]["address"]): Ip46 {
  const bytes = toIp46(address);
  return address.family === 6 ? bytes : bytes.slice(24).padEnd(32, "0");
}

function lengthOf(prefix: Ip46Prefix): number {
  return isIp4Prefix(prefix) ? prefix.length - 96 : prefix.length;
}
