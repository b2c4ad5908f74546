import assert from "node:assert/strict";
import type { Probe } from "../config/mod.ts";
import { healthCheckInfo } from "./health_check_info.ts";
import { HealthCheckInfo } from "./maglev_pb.ts";

const sources = { sourceIpv4: null, sourceIpv6: { family: 6, text: "2001:db8::9" } } as const;
const http = { path: "/", host: null, responseCode: { min: 200, max: 299 }, responseRegexp: "ok" };
const shownHttp = {
  ...{ path: "/", host: "", responseCodeMin: 200, responseCodeMax: 299, responseRegexp: "ok" },
};
const noTls = { serverName: "", insecureSkipVerify: false };
const tls = { serverName: "www.example", insecureSkipVerify: true };

Deno.test("a health check of each type is shown with its own parameters", () => {
  const cases: [Probe, object][] = [
    [{ type: "icmp", ...sources }, { type: "icmp", port: 0 }],
    [{ type: "tcp", ...sources, port: 22, tls: null }, {
      ...{ type: "tcp", port: 22, tcp: { ssl: false, ...noTls } },
    }],
    [{ type: "tcp", ...sources, port: 993, tls }, {
      ...{ type: "tcp", port: 993, tcp: { ssl: true, ...tls } },
    }],
    [{ type: "http", ...sources, port: 80, http }, {
      ...{ type: "http", port: 80, http: { ...shownHttp, ...noTls } },
    }],
    [{ type: "https", ...sources, port: 443, http, tls }, {
      ...{ type: "https", port: 443, http: { ...shownHttp, ...tls } },
    }],
  ];
  const times = { intervalNs: 2e9, fastIntervalNs: 1e9, downIntervalNs: 5e9, timeoutNs: 1.5e9 };
  for (const [probe, expected] of cases) {
    const info = healthCheckInfo({ name: "check", probe, ...times, rise: 2, fall: 3 });
    assert.deepEqual(HealthCheckInfo.decode(HealthCheckInfo.encode(info)), {
      name: "check",
      probeIpv4Src: "",
      probeIpv6Src: "2001:db8::9",
      intervalNs: 2_000_000_000n,
      fastIntervalNs: 1_000_000_000n,
      downIntervalNs: 5_000_000_000n,
      timeoutNs: 1_500_000_000n,
      ...{ rise: 2, fall: 3, ...expected },
    });
  }
});
