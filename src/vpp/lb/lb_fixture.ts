/**
 * A load balancer without a socket, for tests: the simulated VPP, called directly.
 *
 * @module
 */

import { type Address, parseAddress } from "../../config/address.ts";
import type { ApiCaller } from "../api/mod.ts";
import { createSimulatedVpp, type SimulatedVpp } from "../sim/simulated_vpp.ts";
import { withAnswer } from "../wire/message.ts";
import { frameHeaderBytes } from "../wire/frame_header.ts";
import { checkTable, decode, encode, type Message, type MessageTable } from "../wire/mod.ts";
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
  return callerOf(vpp, hide);
}

/** Calls a simulated VPP as through a socket. `hide` takes messages out of its table. */
export function callerOf(vpp: SimulatedVpp, hide: readonly string[] = []): ApiCaller {
  const messages = vpp.messages.flatMap(withAnswer).filter(({ name }) => !hide.includes(name));
  const table: MessageTable = new Map(messages.map(({ key }, index) => [key, index]));
  return {
    call: (message, fields) => {
      const reply = vpp.call(message, transferred(message, fields));
      return Promise.resolve(transferred(message.reply, reply));
    },
    dump: (message, fields) => {
      const details = vpp.dump(message, transferred(message, fields));
      return Promise.resolve(details.map((each) => transferred(message.details, each)));
    },
    check: (wanted) => checkTable(table, wanted),
  };
}

/** The fields as they arrive: numbers that have a name have become that name. */
function transferred<T>(message: Message<T>, fields: T): T {
  const frame = encode(message, fields, { id: 0, clientIndex: 0, context: 0 });
  return decode(message, frame.subarray(frameHeaderBytes));
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
