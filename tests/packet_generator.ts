/**
 * Traffic for a real VPP, from its own packet generator, which every VPP has.
 *
 * @module
 */

import { systemClock } from "../src/clock.ts";
import type { ApiCaller } from "../src/vpp/api/mod.ts";
import { cliInband } from "../src/vpp/wire/mod.ts";

/** UDP packets of 100 bytes (120 of IPv6) to a VIP. */
export interface Stream {
  readonly to: string;
  readonly port: number;
  readonly packets: number;
  /** The first so many packets have a source port each, then these repeat. */
  readonly flows: number;
}

/** Sends streams, and is the way to the ASes. */
export interface PacketGenerator {
  /** Sends a stream, and waits until VPP is through with it. */
  send(stream: Stream): Promise<void>;
}

const firstPort = 1024;

/**
 * Makes an interface behind which these ASes are, of 192.0.2.0/24 or 2001:db8:0:2::/64, but for .1.
 *
 * @throws {Error} This VPP cannot do that.
 */
export async function createPacketGenerator(
  api: ApiCaller,
  ases: readonly string[],
): Promise<PacketGenerator> {
  const run = async (cmd: string) => {
    const { retval, reply } = await api.call(cliInband, { cmd });
    if (retval !== 0) throw new Error(`${cmd}: ${reply}`);
    return reply;
  };
  let streams = 0;
  const send = async ({ to, port, packets, flows }: Stream) => {
    const name = `stream${++streams}`;
    const [node, from, bytes] = to.includes(":")
      ? ["ip6-input", "2001:db8:0:3::1", 120]
      : ["ip4-input", "203.0.113.1", 100];
    await run(`packet-generator new {
      name ${name}
      limit ${packets}
      node ${node}
      size ${bytes}-${bytes}
      interface pg0
      data {
        UDP: ${from} -> ${to}
        UDP: ${firstPort} - ${firstPort + flows - 1} -> ${port}
        length 72 checksum 0 incrementing 1
      }
    }`);
    await run(`packet-generator enable-stream ${name}`);
    const isThrough = new RegExp(`^${name} +No +${packets} `, "m");
    for (let turn = 0; !isThrough.test(await run("show packet-generator")); turn++) {
      if (turn === 1_000) throw new Error(`${name} does not come to an end`);
      await systemClock.sleep(10);
    }
  };
  await run("create packet-generator interface pg0");
  await run("set interface state pg0 up");
  await run("set interface ip address pg0 192.0.2.1/24");
  await run("set interface ip address pg0 2001:db8:0:2::1/64");
  for (const as of ases) await run(`set ip neighbor pg0 ${as} 02:00:00:00:00:01`);
  return { send };
}
