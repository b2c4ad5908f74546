/**
 * Frames of HTTP/2 that are well formed, with contents that need not be.
 *
 * @module
 */

import { encodeFrame, flags, frameTypes, preface } from "../../src/http2/frame.ts";
import { encodeHeaders, type Header } from "../../src/http2/hpack/mod.ts";
import { randomSender } from "../../src/http2/hpack/hpack_testing.ts";
import { encodeSettings } from "../../src/http2/settings.ts";
import { frameMessage } from "../../src/rpc/message_frames.ts";
import type { Random } from "../seeded.ts";
import { bytesOf } from "./target.ts";

const types = Object.keys(frameTypes) as (keyof typeof frameTypes)[];
const numbers = [0, 1, 8, 100, 16_384, 65_535, 65_536, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];

/** The head of a call to the test's service. */
export function callHead(path: string): readonly Header[] {
  return [
    ...[[":method", "POST"], [":scheme", "http"], [":path", path]] as const,
    ...[["te", "trailers"], ["content-type", "application/grpc"]] as const,
  ];
}

const oddHeaders: readonly Header[] = [
  ...[["grpc-timeout", "1n"], ["grpc-timeout", "99999999H"], ["grpc-timeout", "x"]] as const,
  ...[["grpc-encoding", "gzip"], ["content-length", "5"], ["content-length", "-1"]] as const,
  ...[["X", "1"], [":path", "/"], ["", ""], ["connection", "close"], ["te", "gzip"]] as const,
  ...[["x", "\r\n"], ["x", "\u00ff"], ["long", "x".repeat(5_000)], [":status", "200"]] as const,
  ...[["grpc-status", "0"], ["grpc-status", "99"], ["grpc-message", "%e2%82"]] as const,
];

/** A head with something wrong, now and then. */
function head(random: Random, heads: readonly (readonly Header[])[]): readonly Header[] {
  const headers = random.pick(heads);
  if (random.chance(0.7)) return headers;
  const others = Array.from({ length: random.int(1, 3) }, () => random.pick(oddHeaders));
  const all = [...headers.filter(() => random.chance(0.9)), ...others];
  return random.chance(0.3) ? random.shuffle(all) : all;
}

function number(random: Random): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, random.pick(numbers));
  return bytes;
}

function message(random: Random): Uint8Array {
  // The first field, a text, is that of the test's service; others are of reflection.
  const field = random.pick([1, 1, 1, 3, 4, 7, 15]);
  const text = bytesOf(random.pick(["abc", "", "maglev.Maglev", "test.Test", "é".repeat(40)]));
  const note = Uint8Array.of(field << 3 | 2, text.length, ...text);
  const framed = frameMessage(random.chance(0.8) ? note : new Uint8Array(random.int(0, 300)));
  return random.chance(0.9) ? framed : framed.subarray(0, random.int(0, framed.length));
}

/** What one end may say: a greeting, then frames in an order that may make sense. */
export function conversation(
  random: Random,
  role: "client" | "server",
  heads: readonly (readonly Header[])[],
): Uint8Array {
  const sender = randomSender(random, 4_096);
  const block = () =>
    random.chance() ? encodeHeaders(head(random, heads)) : sender.encode(head(random, heads));
  const frame = (): Uint8Array => {
    const type = random.pick([...types, "headers", "data", "data"] as const);
    const stream = random.chance(0.1) ? random.int(0, 20) : 1 + 2 * random.int(0, 5);
    const payloads: Record<keyof typeof frameTypes, () => Uint8Array> = {
      data: () => message(random),
      headers: block,
      priority: () => Uint8Array.of(...number(random), 1),
      rstStream: () => number(random),
      settings: () =>
        encodeSettings({
          initialWindowSize: random.pick([0, 1, 10, 65_535, 2 ** 31 - 1]),
          maxFrameSize: random.pick([16_384, 20_000]),
        }),
      pushPromise: () => number(random),
      ping: () => Uint8Array.of(...number(random), ...number(random)),
      goAway: () => Uint8Array.of(...number(random), ...number(random)),
      windowUpdate: () => number(random),
      continuation: block,
    };
    const isOfAll = ["settings", "ping", "goAway"].includes(type) ||
      type === "windowUpdate" && random.chance(0.3);
    const ends = random.pick([0, flags.endStream]);
    const usual = type === "headers" || type === "continuation"
      ? random.chance(0.9) ? flags.endHeaders | ends : ends
      : type === "data"
      ? ends
      : 0;
    return encodeFrame(type, isOfAll && random.chance(0.97) ? 0 : stream, {
      flags: random.chance(0.95) ? usual : random.int(0, 255),
      payload: payloads[type](),
    });
  };
  const greeting = role === "client" ? [...preface] : [];
  const frames = Array.from({ length: random.int(0, 30) }, () => [...frame()]);
  return Uint8Array.from([...greeting, ...encodeFrame("settings", 0), ...frames.flat()]);
}
