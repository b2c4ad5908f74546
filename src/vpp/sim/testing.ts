/**
 * What the tests of this room share.
 *
 * @module
 */

import assert from "node:assert/strict";
import { seeded } from "../../../tests/seeded.ts";
import { type Address, parseAddress } from "../../config/address.ts";
import type { Prefix } from "../wire/addresses.ts";
import { cliInband } from "../wire/core_messages.ts";
import type { VipFields } from "./lb_key.ts";
import type { Profile } from "./lb_plugin.ts";
import { createSimulatedVpp, type SimulatedVpp } from "./simulated_vpp.ts";

/** The address with this text. */
export function addressOf(text: string): Address {
  const parsed = parseAddress(text);
  assert("value" in parsed, text);
  return parsed.value;
}

/** The prefix with this text. */
export function prefixOf(text: string): Prefix {
  const [address = "", length] = text.split("/");
  return { address: addressOf(address), length: Number(length) };
}

/** A VIP from `198.51.100.1/32 tcp 80`; `198.51.100.1/32` alone is one of all ports. */
export function vipOf(text: string): VipFields {
  const [prefix = "", protocol = "any", port = 0] = text.split(" ");
  assert(protocol === "tcp" || protocol === "udp" || protocol === "any", protocol);
  return { pfx: prefixOf(prefix), protocol, port: Number(port) };
}

/** A simulated VPP whose time a test moves. */
export interface TestedVpp {
  readonly vpp: SimulatedVpp;
  readonly stats: Uint8Array<ArrayBuffer>;
  /** What a command prints, without looking at the retval. */
  cli(command: string): string;
  /** Lets time pass. */
  wait(seconds: number): void;
}

/** Starts one. Its random numbers are those of the seed. */
export function testedVpp(profile: Profile, seed = 1): TestedVpp {
  let now = 0;
  const stats = new Uint8Array(1 << 23);
  const vpp = createSimulatedVpp({
    profile,
    now: () => now,
    random: seeded(seed).next,
    stats,
    bootTime: 1_795_218_712,
  });
  return {
    vpp,
    stats,
    cli: (cmd) => vpp.call(cliInband, { cmd }).reply,
    wait: (seconds) => {
      now += seconds;
      vpp.catchUp();
    },
  };
}
