import assert from "node:assert/strict";
import { statusLine, type StatusParts } from "./status_line.ts";

Deno.test("the status says how many backends are up, and where VPP stands", () => {
  const parts = (states: string[], controller: StatusParts["controller"]): StatusParts => ({
    checker: { backends: () => states.map((state) => ({ health: { state } })) },
    controller,
  });
  const over = { warmUp: { phase: "over" } };
  const cases: [StatusParts, string][] = [
    [parts(["up", "down"], null), "1 of 2 backends up, without VPP"],
    [parts(["up"], { ...over, vpp: { lb: {} } }), "1 of 1 backend up, VPP connected, warm-up over"],
    [
      parts([], { warmUp: { phase: "waiting" }, vpp: null }),
      "0 of 0 backends up, VPP not connected, warm-up waiting",
    ],
    [
      parts(["paused"], { ...over, vpp: { lb: null } }),
      "0 of 1 backend up, VPP connected without a usable lb plugin, warm-up over",
    ],
  ];
  for (const [given, expected] of cases) assert.equal(statusLine(given), expected);
});
