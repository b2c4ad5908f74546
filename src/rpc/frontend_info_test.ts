import assert from "node:assert/strict";
import type { Frontend } from "../config/mod.ts";
import { frontendInfo } from "./frontend_info.ts";
import { FrontendInfo } from "./maglev_pb.ts";

const frontend: Frontend = {
  name: "www",
  description: "The site",
  address: { family: 6, text: "2001:db8::1" },
  service: { protocol: "tcp", port: 443 },
  srcIpSticky: true,
  flushOnDown: false,
  flowTableLength: 65_536,
  pools: [],
};
const member = {
  backend: "web1",
  state: "up",
  serves: true,
  weight: 50,
  effective: 50,
  flush: false,
  counts: true,
} as const;

Deno.test("a frontend is shown with its pools, their weights, and who set them", () => {
  const override = {
    frontend: "www",
    pool: "main",
    backend: "web1",
    weight: 50,
    inFile: 100,
    by: "::1",
    at: 7,
  };
  const info = frontendInfo({
    frontend,
    weights: [
      { name: "main", isActive: true, members: [member] },
      { name: "spare", isActive: false, members: [{ ...member, effective: 0 }] },
    ],
    state: "up",
    since: 1_700_000_000_000.25,
    transitions: [{ from: "unknown", to: "up", at: 1 }],
  }, [{ ...override, frontend: "other", by: "somebody else" }, override]);
  const shown = { name: "web1", weight: 50, state: "up" };
  assert.deepEqual(FrontendInfo.decode(FrontendInfo.encode(info)), {
    name: "www",
    address: "2001:db8::1",
    protocol: "tcp",
    port: 443,
    pools: [
      {
        name: "main",
        active: true,
        backends: [{
          ...shown,
          effectiveWeight: 50,
          override: { weight: 50, weightInFile: 100, by: "::1", atUnixNs: 7_000_000n },
        }],
      },
      { name: "spare", active: false, backends: [{ ...shown, effectiveWeight: 0 }] },
    ],
    description: "The site",
    srcIpSticky: true,
    flushOnDown: false,
    state: "up",
    sinceUnixNs: 1_700_000_000_000_250_000n,
    transitions: [{ from: "unknown", to: "up", atUnixNs: 1_000_000n, cause: "", detail: "" }],
    flowTableLength: 65_536,
  });
});

Deno.test("a frontend for every protocol has none, and port 0", () => {
  const live = { weights: [], state: "unknown", since: 0, transitions: [] } as const;
  const { protocol, port } = frontendInfo(
    { frontend: { ...frontend, service: null }, ...live },
    [],
  );
  assert.deepEqual({ protocol, port }, { protocol: "", port: 0 });
});
