import assert from "node:assert/strict";
import { ConnectionError, type ErrorCode, StreamError } from "./error_code.ts";
import { type Frame, frameTypes } from "./frame.ts";
import { dependsOnItselfError, type Incoming, readFrame } from "./incoming.ts";

const bytes = (hex: string) => Uint8Array.fromHex(hex.replaceAll(" ", ""));
const frameOf = (
  type: keyof typeof frameTypes,
  stream: number,
  hex = "",
  flags = 0,
): Frame => ({ type: frameTypes[type], stream, flags, payload: bytes(hex) });

/** END_STREAM and ACK, END_HEADERS, PADDED, PRIORITY. */
const [last, padded, priority] = [0x1, 0x8, 0x20];
const eight = "0102030405060708";

Deno.test("a frame that is formed as it has to be says what it says", () => {
  const cases: [frame: Frame, says: Incoming][] = [
    [frameOf("data", 1, "aabb"), { kind: "data", data: bytes("aabb"), length: 2, isLast: false }],
    [frameOf("data", 1, "", last), { kind: "data", data: bytes(""), length: 0, isLast: true }],
    [
      frameOf("data", 1, "02 aabb 0000", padded),
      { kind: "data", data: bytes("aabb"), length: 5, isLast: false },
    ],
    [
      frameOf("data", 1, "01 00", padded),
      { kind: "data", data: bytes(""), length: 2, isLast: false },
    ],
    [
      frameOf("headers", 1, "8286"),
      { kind: "headers", part: bytes("8286"), dependsOnItself: false },
    ],
    [
      frameOf("headers", 3, "02 80000001 0f 8286 0000", padded | priority),
      { kind: "headers", part: bytes("8286"), dependsOnItself: false },
    ],
    [
      frameOf("headers", 3, "80000003 0f 82", priority),
      { kind: "headers", part: bytes("82"), dependsOnItself: true },
    ],
    [
      frameOf("headers", 3, "00000001 0f", priority),
      { kind: "headers", part: bytes(""), dependsOnItself: false },
    ],
    [frameOf("priority", 3, "00000001 0f"), { kind: "none" }],
    [frameOf("rstStream", 1, "00000008"), { kind: "reset", code: "CANCEL" }],
    [frameOf("rstStream", 1, "ffffffff"), { kind: "reset", code: "INTERNAL_ERROR" }],
    [frameOf("settings", 0, "0003 00000001"), {
      kind: "settings",
      payload: bytes("0003 00000001"),
    }],
    [frameOf("settings", 0, "", last), { kind: "none" }],
    [frameOf("ping", 0, eight), { kind: "ping", payload: bytes(eight) }],
    [frameOf("ping", 0, eight, last), { kind: "none" }],
    [frameOf("goAway", 0, "80000005 00000000 6869"), { kind: "goodbye", lastStream: 5 }],
    [frameOf("windowUpdate", 0, "80000001"), { kind: "window", increment: 1 }],
    [frameOf("windowUpdate", 1, "7fffffff"), { kind: "window", increment: 2 ** 31 - 1 }],
    [frameOf("continuation", 1, "82"), { kind: "continuation", part: bytes("82") }],
    [{ type: 0x2a, flags: 0xff, stream: 0, payload: bytes("00") }, { kind: "none" }],
    [{ type: 0xff, flags: 0, stream: 9, payload: bytes("") }, { kind: "none" }],
  ];
  for (const [frame, says] of cases) {
    const what = JSON.stringify({ ...frame, payload: frame.payload.toHex() });
    assert.deepEqual(readFrame(frame), says, what);
  }
});

Deno.test("a frame that is not formed as it has to be ends what RFC 9113 says", () => {
  const connection: [frame: Frame, code: ErrorCode][] = [
    [frameOf("data", 0, "aa"), "PROTOCOL_ERROR"],
    [frameOf("data", 1, "02 aa", padded), "PROTOCOL_ERROR"],
    [frameOf("data", 1, "", padded), "PROTOCOL_ERROR"],
    [frameOf("headers", 0, "82"), "PROTOCOL_ERROR"],
    [frameOf("headers", 1, "02 82", padded), "PROTOCOL_ERROR"],
    [frameOf("headers", 1, "00000001", priority), "FRAME_SIZE_ERROR"],
    [frameOf("priority", 0, "00000001 0f"), "PROTOCOL_ERROR"],
    [frameOf("rstStream", 0, "00000008"), "PROTOCOL_ERROR"],
    [frameOf("rstStream", 1, "000008"), "FRAME_SIZE_ERROR"],
    [frameOf("settings", 1), "PROTOCOL_ERROR"],
    [frameOf("settings", 0, "000300000001", last), "FRAME_SIZE_ERROR"],
    [frameOf("pushPromise", 1, "00000002 82"), "PROTOCOL_ERROR"],
    [frameOf("ping", 1, eight), "PROTOCOL_ERROR"],
    [frameOf("ping", 0, "010203040506"), "FRAME_SIZE_ERROR"],
    [frameOf("goAway", 1, "00000000 00000000"), "PROTOCOL_ERROR"],
    [frameOf("goAway", 0, "00000000 000000"), "FRAME_SIZE_ERROR"],
    [frameOf("windowUpdate", 0, "000001"), "FRAME_SIZE_ERROR"],
    [frameOf("windowUpdate", 1, "0000000001"), "FRAME_SIZE_ERROR"],
    [frameOf("windowUpdate", 0, "80000000"), "PROTOCOL_ERROR"],
    [frameOf("continuation", 0, "82"), "PROTOCOL_ERROR"],
  ];
  const stream: [frame: Frame, code: ErrorCode][] = [
    [frameOf("priority", 1, "00000001"), "FRAME_SIZE_ERROR"],
    [frameOf("priority", 1, "80000001 0f"), "PROTOCOL_ERROR"],
    [frameOf("windowUpdate", 1, "00000000"), "PROTOCOL_ERROR"],
  ];
  for (const [kind, cases] of [[ConnectionError, connection], [StreamError, stream]] as const) {
    for (const [frame, code] of cases) {
      const what = JSON.stringify({ ...frame, payload: frame.payload.toHex() });
      const isRight = (error: unknown) => error instanceof kind && error.code === code;
      assert.throws(() => readFrame(frame), isRight, what);
    }
  }
});

Deno.test("a stream that depends on itself suffers alone", () => {
  const { code, isRemote } = dependsOnItselfError();
  assert.deepEqual([code, isRemote], ["PROTOCOL_ERROR", false]);
});
