/**
 * Programs a VPP with the requests of a full sync and without a controller: each after the answer to
 * the one before, or all of them at once, which is as fast as VPP can be.
 *
 * @module
 */

import type { Config } from "../../src/config/mod.ts";
import { connectApi } from "../../src/vpp/api/mod.ts";
import { type LbClient, type NewVip, openLb } from "../../src/vpp/lb/mod.ts";
import {
  checkTable,
  decode,
  encode,
  FrameReader,
  lbAddDelAsV2,
  messageTable,
  sockclntCreate,
  sockclntCreateIds,
} from "../../src/vpp/wire/mod.ts";
import type { RunningVpp } from "../../tests/vpp_under_test.ts";

/** Waits for each answer before the next request; how long that takes. */
export async function sendOneByOne({ apiPath }: RunningVpp, config: Config): Promise<number> {
  const api = await connectApi({ path: apiPath });
  const lb = lbOf(openLb(api));
  const startMs = performance.now();
  await program(lb, config);
  const tookMs = performance.now() - startMs;
  await api.close();
  return tookMs;
}

/** How long VPP takes for requests that are there before it begins. */
export async function sendAllAtOnce({ apiPath }: RunningVpp, config: Config): Promise<number> {
  using socket = await Deno.connect({ transport: "unix", path: apiPath });
  const greeting = await shakeHands(socket);
  const { index: clientIndex } = greeting;
  const table = messageTable(greeting);
  const frames: Uint8Array[] = [];
  const collecting: Parameters<typeof openLb>[0] = {
    check: (messages) => checkTable(table, messages),
    call: (message, fields) => {
      const id = table.get(message.key) ?? 0;
      frames.push(encode(message, fields, { id, clientIndex, context: frames.length }));
      return Promise.resolve({ retval: 0 } as never);
    },
    dump: () => Promise.reject(new Error("nothing is read")),
  };
  await program(lbOf(openLb(collecting)), config);

  // All replies are one number.
  const { reply } = lbAddDelAsV2;
  const replyBytes = encode(reply, { retval: 0 }, { id: 0, clientIndex, context: 0 }).length;
  const replies = new Uint8Array(frames.length * replyBytes);
  const requests = joined(frames);
  const startMs = performance.now();
  const [, tookMs] = await Promise.all([
    writeAll(socket, requests),
    readAll(socket, replies).then(() => performance.now() - startMs),
  ]);
  for (const answer of new FrameReader().read(replies)) {
    const { retval } = decode(reply, answer);
    if (retval !== 0) throw new Error(`VPP answered ${retval}`);
  }
  return tookMs;
}

/** Makes the requests of a sync into an empty VPP, in its order. */
async function program(lb: LbClient, config: Config): Promise<void> {
  for (const { address, service, flowTableLength, pools } of config.frontends.values()) {
    const vip: NewVip = {
      prefix: { address, length: 32 },
      protocol: service?.protocol ?? "any",
      port: service?.port ?? 0,
      encap: "gre4",
      srcIpSticky: false,
      tableLength: flowTableLength,
    };
    await lb.addVip(vip);
    for (const { name, weight } of pools.flatMap(({ backends }) => [...backends.values()])) {
      const backend = config.backends.get(name);
      if (backend !== undefined) await lb.addAs(vip, backend.address, weight);
    }
  }
}

function lbOf({ lb }: ReturnType<typeof openLb>): LbClient {
  if (lb === null) throw new Error("this VPP has no load balancer that can be used");
  return lb;
}

async function shakeHands(socket: Deno.Conn) {
  const header = { id: sockclntCreateIds.request, clientIndex: 0, context: 1 };
  await writeAll(socket, encode(sockclntCreate, { name: "bench" }, header));
  const frames = new FrameReader();
  const buffer = new Uint8Array(65_536);
  for (;;) {
    const count = await socket.read(buffer);
    if (count === null) throw new Error("VPP closed the connection");
    for (const message of frames.read(buffer.subarray(0, count))) {
      return decode(sockclntCreate.reply, message);
    }
  }
}

function joined(frames: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(frames.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const frame of frames) {
    bytes.set(frame, at);
    at += frame.length;
  }
  return bytes;
}

async function writeAll(socket: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let rest = bytes; rest.length > 0;) rest = rest.subarray(await socket.write(rest));
}

async function readAll(socket: Deno.Conn, into: Uint8Array): Promise<void> {
  for (let rest = into; rest.length > 0;) {
    const count = await socket.read(rest);
    if (count === null) throw new Error("VPP closed the connection");
    rest = rest.subarray(count);
  }
}
