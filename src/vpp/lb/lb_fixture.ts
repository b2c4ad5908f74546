/**
 * A load balancer without a socket, for tests: the simulated VPP, called directly.
 *
 * @module
 */

import { type Address, parseAddress } from "../../config/address.ts";
import type { ApiCaller } from "../api/mod.ts";
import { createSimulatedVpp } from "../sim/simulated_vpp.ts";
import { withAnswer } from "../wire/message.ts";
import { checkTable, type MessageTable } from "../wire/mod.ts";
import type { Profile } from "./lb_client.ts";
import type { NewVip, VipKey } from "./vip.ts";

/** Calls a simulated VPP that has just started. `hide` takes messages out of its table. */
export function simulatedApi(profile: Profile, hide: readonly string[] = []): ApiCaller {
  const vpp = createSimulatedVpp({
    profile,
    now: () => 0,
    random: () => 0,
    stats: new Uint8Array(8 * 1024 * 1024),
    bootTime: 0,
  });
  const messages = vpp.messages.flatMap(withAnswer).filter(({ name }) => !hide.includes(name));
  const table: MessageTable = new Map(messages.map(({ key }, index) => [key, index]));
  return {
    call: (message, fields) => Promise.resolve(vpp.call(message, fields)),
    dump: (message, fields) => Promise.resolve(vpp.dump(message, fields)),
    check: (wanted) => checkTable(table, wanted),
  };
}

/** An address. */
export function address(text: string): Address {
  const parsed = parseAddress(text);
  if ("problem" in parsed) throw new Error(`${text}: ${parsed.problem}`);
  return parsed.value;
}

/** `192.0.2.1 tcp 80`, or `192.0.2.1` for every port. */
export function vipKey(text: string): VipKey {
  const [host = "", protocol = "any", port = "0"] = text.split(" ");
  const parsed = address(host);
  if (protocol !== "tcp" && protocol !== "udp" && protocol !== "any") throw new Error(protocol);
  const prefix = { address: parsed, length: parsed.family === 4 ? 32 : 128 };
  return { prefix, protocol, port: Number(port) };
}

/** A VIP to add, with 1024 buckets and GRE over IPv4 unless told otherwise. */
export function newVip(text: string, settings: Partial<NewVip> = {}): NewVip {
  return { ...vipKey(text), encap: "gre4", srcIpSticky: false, tableLength: 1024, ...settings };
}
