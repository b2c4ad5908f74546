import assert from "node:assert/strict";
import { ConnectionError, type ErrorCode } from "./error_code.ts";
import { applySettings, encodeSettings, initialSettings, type Settings } from "./settings.ts";

const bytes = (hex: string) => Uint8Array.fromHex(hex.replaceAll(" ", ""));

Deno.test("settings are six bytes each, in the order given", () => {
  assert.equal(
    encodeSettings({ enablePush: 0, initialWindowSize: 2 ** 31 - 1 }).toHex(),
    "0002000000000004" + "7fffffff",
  );
  assert.equal(encodeSettings({}).length, 0);
});

Deno.test("settings change what they name, and nothing else", () => {
  const cases: [hex: string, changed: Partial<Settings>][] = [
    ["", {}],
    ["0001 00000000", {}],
    ["0002 00000000 0002 00000001", {}],
    ["0003 00000000", { maxConcurrentStreams: 0 }],
    ["0003 ffffffff", { maxConcurrentStreams: 2 ** 32 - 1 }],
    ["0004 00000000", { initialWindowSize: 0 }],
    ["0004 7fffffff", { initialWindowSize: 2 ** 31 - 1 }],
    ["0005 00004000", { maxFrameSize: 16_384 }],
    ["0005 00ffffff", { maxFrameSize: 16_777_215 }],
    ["0006 00000010", { maxHeaderListSize: 16 }],
    ["0003 00000001 0003 00000002", { maxConcurrentStreams: 2 }],
    ["0000 ffffffff 0007 ffffffff 0103 00000001", {}],
  ];
  for (const [hex, changed] of cases) {
    const settings = applySettings(initialSettings, bytes(hex));
    assert.deepEqual(settings, { ...initialSettings, ...changed }, hex);
  }
});

Deno.test("what is told is what is understood", () => {
  const told = { maxConcurrentStreams: 7, initialWindowSize: 1_000, maxFrameSize: 20_000 };
  const settings = applySettings(initialSettings, encodeSettings(told));
  assert.deepEqual(settings, { ...initialSettings, ...told });
});

Deno.test("settings out of their range end the connection", () => {
  const cases: [hex: string, code: ErrorCode][] = [
    ["00", "FRAME_SIZE_ERROR"],
    ["0003 00000001 0003", "FRAME_SIZE_ERROR"],
    ["0002 00000002", "PROTOCOL_ERROR"],
    ["0004 80000000", "FLOW_CONTROL_ERROR"],
    ["0005 00003fff", "PROTOCOL_ERROR"],
    ["0005 01000000", "PROTOCOL_ERROR"],
  ];
  for (const [hex, code] of cases) {
    assert.throws(
      () => applySettings(initialSettings, bytes(hex)),
      (error) => error instanceof ConnectionError && error.code === code,
      hex,
    );
  }
});
