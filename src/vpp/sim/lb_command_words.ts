/**
 * What the commands of the lb plugin have in common: how they name VIPs, and how they end.
 *
 * @module
 */

import { flag, number, type Option } from "./command_option.ts";
import type { CommandResult } from "./command_tree.ts";
import type { Ip46Prefix } from "./ip46.ts";
import type { LbPlugin, Vip } from "./lb_plugin.ts";
import { findVip, type VipKey } from "./lb_vip.ts";
import { type Retval, retval } from "./retval.ts";

/** A command that prints nothing. */
export const done: CommandResult = { output: "" };

/** Success, or what VPP prints where a function of the plugin fails. */
export function resultOf(call: string, code: Retval): CommandResult {
  return code === retval.ok ? done : { error: `${call} error ${code}` };
}

/** What names a VIP besides its prefix. Whoever gives a port has to give the protocol as well. */
export interface KeyWords {
  readonly protocol: number;
  readonly port: number;
}

/** No port: all of them. */
export const noPort: KeyWords = { protocol: 0, port: 0 };

/** The options of protocol and port. */
export const keyOptions: readonly Option<KeyWords>[] = [
  flag("protocol tcp", { protocol: 6 }),
  flag("protocol udp", { protocol: 17 }),
  number("port", (port) => ({ port })),
];

/** The VIP that is meant. */
export function keyOf(prefix: Ip46Prefix, { protocol, port }: KeyWords): VipKey {
  return { prefix, protocol: port === 0 ? 255 : protocol, port: port & 0xffff };
}

/** Does something with a VIP, or tells that it is not there. */
export function onVip(lb: LbPlugin, key: VipKey, act: (vip: Vip) => CommandResult): CommandResult {
  const vip = findVip(lb, key);
  return vip === undefined ? resultOf("lb_vip_find_index", retval.noSuchEntry) : act(vip);
}
