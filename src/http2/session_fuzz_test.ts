import assert from "node:assert/strict";
import { forSeeds, type Random } from "../../tests/seeded.ts";
import { ConnectionError } from "./error_code.ts";
import { encodeFrame, flags, frameTypes, preface } from "./frame.ts";
import { encodeHeaders, type Header } from "./hpack/mod.ts";
import { answerHead, callHead, framesOf, side, together } from "./session_testing.ts";
import { encodeSettings } from "./settings.ts";

const types = Object.keys(frameTypes) as (keyof typeof frameTypes)[];

const heads: readonly (readonly Header[])[] = [
  callHead,
  [...callHead, ["content-length", "10"]],
  [...callHead, ["X", "1"]],
  answerHead,
  [[":status", "103"]],
  [["grpc-status", "0"]],
  [],
];

function randomBytes(random: Random, most: number): Uint8Array {
  return Uint8Array.from({ length: random.int(0, most) }, () => random.int(0, 255));
}

/** A frame that may well be right, at some moment. */
function randomFrame(random: Random): Uint8Array {
  const type = random.pick(types);
  const stream = random.pick([0, 1, 1, 2, 3, 3, 5, 5, 7, 9, 11, 13]);
  const number = new Uint8Array(4);
  new DataView(number.buffer).setUint32(0, random.pick([0, 1, 8, 100, 65_535, 2 ** 31 - 1]));
  const settings = {
    initialWindowSize: random.pick([0, 1, 10, 65_535, 2 ** 31 - 1]),
    maxFrameSize: random.pick([16_384, 20_000]),
  };
  const payloads: Record<keyof typeof frameTypes, () => Uint8Array> = {
    data: () => new Uint8Array(random.pick([0, 1, 10, 16_384])),
    headers: () => encodeHeaders(random.pick(heads)),
    priority: () => together(number, new Uint8Array(1)),
    rstStream: () => number,
    settings: () => encodeSettings(settings),
    pushPromise: () => number,
    ping: () => together(number, number),
    goAway: () => together(number, number),
    windowUpdate: () => number,
    continuation: () => encodeHeaders(random.pick(heads)),
  };
  const onConnection = type === "settings" || type === "ping" || type === "goAway";
  return encodeFrame(type, onConnection ? 0 : stream || 1, {
    flags: random.pick([0, flags.endHeaders, flags.endHeaders, flags.endHeaders | flags.endStream]),
    payload: payloads[type](),
  });
}

/** A frame with some damage. */
function damaged(random: Random, frame: Uint8Array): Uint8Array {
  const bytes = frame.slice();
  if (random.chance(0.9)) return bytes;
  bytes[random.int(3, bytes.length - 1)] = random.int(0, 255);
  return random.chance(0.9) ? bytes : bytes.subarray(0, random.int(0, bytes.length));
}

/** Does something with a stream that is allowed at any time. */
function act(random: Random, stream: ReturnType<typeof side>["opened"][number]["stream"]): void {
  const deeds = [
    () => stream.sendHead(answerHead, { isLast: random.chance(0.2) }),
    () => void stream.send(new Uint8Array(random.int(0, 40_000))),
    () => stream.end(random.chance() ? [["grpc-status", "0"]] : []),
    () => stream.reset("CANCEL", "enough"),
  ];
  random.pick(deeds)();
}

/** Says all pieces to a session while it is used, and checks what must hold whatever was said. */
function endure(random: Random, role: "client" | "server", pieces: readonly Uint8Array[]): void {
  const { session, opened } = side({ role, maxConcurrentStreams: 4 });
  const calls = role === "client" ? [1, 2, 3].map(() => session.open(callHead)) : [];
  const all: Uint8Array[] = [];
  let isOver = false;
  for (const piece of pieces) {
    try {
      session.receive(piece);
    } catch (error) {
      assert.ok(error instanceof ConnectionError, String(Error.isError(error) && error.stack));
      session.fail(error);
      isOver = true;
    }
    assert.ok(session.streams <= 4, "more streams than allowed");
    assert.ok(session.replies <= 16_384 + 40 * piece.length, "too much to say");
    const streams = [...calls, ...opened.map(({ stream }) => stream)];
    if (streams.length > 0 && random.chance(0.3)) act(random, random.pick(streams));
    const taken = session.take(random.pick([1, 100, 32_768]));
    assert.ok(taken.length <= 16_384 + 40 * (piece.length + 32_768), "too much at once");
    all.push(taken);
    if (isOver) break;
  }
  for (const each of [...calls, ...opened.map(({ stream }) => stream)]) {
    each.reset("CANCEL", "it is over");
  }
  assert.equal(session.streams, 0, "streams are left");
  all.push(session.take(Infinity));
  // What it said are whole frames, whatever came.
  const said = framesOf(together(...all));
  const isGoodbye = said.some(({ type }) => type === frameTypes.goAway);
  // Who does not speak HTTP/2 hears none of it.
  const hasGreeted = said.some(({ type }) => type === frameTypes.settings);
  assert.equal(isGoodbye, isOver && hasGreeted);
}

Deno.test("frames in any order, and damaged ones, end a session cleanly or not at all", () => {
  forSeeds(1_500, (random) => {
    const role = random.pick(["client", "server"] as const);
    const frames = Array.from({ length: random.int(1, 60) }, () => randomFrame(random));
    const settings = encodeFrame("settings", 0);
    const greeting = role === "server" ? together(preface, settings) : settings;
    const isIntact = random.chance();
    const pieces = isIntact ? frames : frames.map((frame) => damaged(random, frame));
    endure(random, role, [greeting, ...pieces]);
  });
});

Deno.test("random bytes end a session cleanly or not at all", () => {
  forSeeds(1_000, (random) => {
    const role = random.pick(["client", "server"] as const);
    const start = random.chance(0.8) && role === "server" ? preface : new Uint8Array();
    const settings = random.chance(0.8) ? encodeFrame("settings", 0) : new Uint8Array();
    const pieces = Array.from({ length: random.int(1, 10) }, () => randomBytes(random, 200));
    endure(random, role, [together(start, settings), ...pieces]);
  });
});
