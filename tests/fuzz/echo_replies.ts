/**
 * Packets that a socket for ICMP receives.
 *
 * @module
 */

import assert from "node:assert/strict";
import { putEchoRequest, readEchoReply } from "../../src/os/icmp_echo.ts";
import type { FuzzTarget } from "./target.ts";

const header = Uint8Array.of(0x45, ...new Uint8Array(19));

function reply(family: 4 | 6, payload: number): Uint8Array {
  const packet = new Uint8Array(8 + payload);
  const echo = { identifier: 7, sequence: 9, payload: new Uint8Array(payload).fill(3) };
  putEchoRequest(new DataView(packet.buffer), family, echo);
  packet[0] = family === 4 ? 0 : 129;
  return packet;
}

/** Replies of both families, with the header of IP and without. */
export const echoReplies: FuzzTarget = {
  name: "echo-replies",
  corpus: [
    reply(4, 56),
    reply(6, 56),
    reply(4, 0),
    Uint8Array.of(...header, ...reply(4, 56)),
    Uint8Array.of(0x4f, ...new Uint8Array(59), ...reply(4, 8)),
  ],
  tries: 4_000,
  run(input) {
    // As in memory that is used again, there is something behind the packet.
    const memory = new Uint8Array(input.length + 100).fill(0xaa);
    memory.set(input);
    const view = new DataView(memory.buffer);
    const kinds = [[4, true], [4, false], [6, false]] as const;
    return kinds.map(([family, withIpHeader]) => {
      const echo = readEchoReply(view, family, { length: input.length, withIpHeader });
      assert.ok(echo === undefined || echo.payload.length <= input.length - 8);
      return echo;
    });
  },
};
