/**
 * A VPP that answers what it likes.
 *
 * @module
 */

import assert from "node:assert/strict";
import { virtualClock } from "../../src/clock.ts";
import { type ApiConnection, ApiError, connectApi } from "../../src/vpp/api/mod.ts";
import { Peer } from "../../src/vpp/api/peer_fixture.ts";
import {
  cliInband,
  controlPing,
  encode,
  lbConfGet,
  lbVipDump,
  memclntKeepalive,
  type Message,
  messages,
  showVersion,
  sockclntCreate,
  sockclntCreateIds,
  WireError,
} from "../../src/vpp/wire/mod.ts";
import { randomValue } from "../../src/vpp/wire/testing.ts";
import type { Random } from "../seeded.ts";
import { type FuzzTarget, piecesOf } from "./target.ts";

/** Ids as the peer gives them. */
const idOf = (message: Message<unknown>) => 100 + 7 * messages.indexOf(message);

/** Messages with which a VPP answers the calls below, at the right time or not. */
function answer(random: Random): Uint8Array {
  const message = random.pick([
    ...[showVersion.reply, cliInband.reply, controlPing.reply, lbVipDump.details, lbConfGet.reply],
    ...[memclntKeepalive, random.pick(messages)],
  ]);
  const fields = randomValue(random, message.body);
  const id = random.chance(0.9) ? idOf(message) : random.int(0, 65_535);
  const context = random.chance(0.9) ? random.int(2, 9) : random.pick([0, 1, 2 ** 32 - 1]);
  return encode(message, fields, { id, clientIndex: 0, context });
}

/** What a caller is told: what came, or the code of the error. */
async function told(call: Promise<unknown>): Promise<unknown> {
  try {
    return await call;
  } catch (error) {
    assert.ok(error instanceof ApiError || error instanceof WireError, String(error));
    return error.code;
  }
}

/** All that comes after the handshake. */
export const vppPeer: FuzzTarget = {
  name: "vpp-peer",
  corpus: [],
  invent: (random) =>
    Uint8Array.from(Array.from({ length: random.int(0, 12) }, () => [...answer(random)]).flat()),
  tries: 250,
  async run(input, random) {
    const clock = virtualClock();
    const peer = new Peer(() => {});
    const api = await connectApi({ clock, open: () => Promise.resolve(peer.transport) });
    const outcomes = [
      api.call(showVersion, {}),
      api.dump(lbVipDump, {
        pfx: { address: { family: 4, text: "0.0.0.0" }, length: 0 },
        protocol: "any",
        port: 0,
        pfxMatcher: { le: 0, ge: 0 },
      }),
      api.call(cliInband, { cmd: "show lb" }),
      api.call(lbConfGet, {}),
    ].map(told);
    for (const piece of piecesOf(random, input)) peer.send(piece);
    // Answers put the deadlines off: each call has its own, and all are sent at once.
    await clock.advance(11_000);
    const settled = await Promise.all(outcomes);
    peer.hangUp();
    await clock.advance(0);
    assert.equal((await api.ended) instanceof ApiError, true);
    assert.equal(clock.pending, 0, "a timer is left");
    return settled;
  },
};

/** The reply to the handshake, with the first messages of the table. */
function greeting(response: number): Uint8Array {
  const messageTable = messages.slice(0, 5).map(({ key }, index) => ({ name: key, index }));
  const fields = { response, index: 0x80000001, messageTable };
  const header = { id: sockclntCreateIds.reply, clientIndex: 0, context: 1 };
  return encode(sockclntCreate.reply, fields, header);
}

/** What comes instead of a handshake. */
export const vppHandshake: FuzzTarget = {
  name: "vpp-handshake",
  corpus: [greeting(0), greeting(-1)],
  tries: 400,
  async run(input, random) {
    const clock = virtualClock();
    // It says nothing by itself: it does not understand what it is asked.
    const peer = new Peer(() => {}, null);
    const connecting = told(connectApi({ clock, open: () => Promise.resolve(peer.transport) }));
    for (const piece of piecesOf(random, input)) peer.send(piece);
    await clock.advance(5_000);
    const outcome = await connecting;
    if (typeof outcome === "string") {
      assert.ok(peer.isClosed, "the socket stays open");
    } else {
      peer.hangUp();
      await (outcome as ApiConnection).ended;
    }
    assert.equal(clock.pending, 0, "a timer is left");
    return typeof outcome === "string" ? outcome : (outcome as ApiConnection).table;
  },
};
