import assert from "node:assert/strict";
import type { Reader } from "../asking.ts";
import type { BackendSummary, ProbeReport } from "../backend_report.ts";
import { backendLines, backendTable } from "./backend_text.ts";
import { frontendTable } from "./frontend_text.ts";
import { healthCheckTable } from "./health_check_text.ts";
import { colorStyle, plainStyle } from "./style.ts";
import { widthOf } from "./table.ts";

const now = Date.UTC(2026, 10, 21, 12);
const plain: Reader = { style: plainStyle, now };
const colored: Reader = { style: colorStyle, now };
const ago = (ms: number) => new Date(now - ms).toISOString();

const names = [
  "web1",
  "größer",
  "サーバー",
  "e\u0301clair",
  "🦊",
  "한국어-서버",
  "a-name-that-is-longer-than-what-anybody-would-ever-want-to-type-more-than-once",
];
const states = ["up", "down", "paused", "disabled", "unknown", "up", "removed"];

const backends = names.map((name, index): BackendSummary => ({
  name,
  address: index % 2 === 0 ? "10.0.0.1" : "2001:db8:1234:5678:9abc:def0:1234:5678",
  state: states[index] ?? "",
  since: ago(10 ** index),
  healthcheck: index === 0 ? null : names.at(-index) ?? null,
  lastProbe: index === 1 ? null : { ok: index > 3, code: "L7STS", started: ago(900) },
}));

/** Where each cell of a column begins, by its text. */
function columnOf(line: string, cell: string): number {
  return widthOf(line.slice(0, line.indexOf(cell)));
}

Deno.test("columns line up whatever the names, with colour and without", () => {
  for (const reader of [plain, colored]) {
    const [head = "", ...lines] = backendTable(backends, reader);
    for (const [index, { address, state }] of backends.entries()) {
      const line = lines[index] ?? "";
      assert.equal(columnOf(line, address), columnOf(head, "address"));
      assert.equal(columnOf(line, state), columnOf(head, "state"));
    }
  }
});

Deno.test("common tables fit 80 columns", () => {
  const lines = [
    ...backendTable(
      [{
        name: "web-fra-12",
        address: "2001:db8:0:1::10",
        state: "disabled",
        since: ago(3e8),
        healthcheck: "http-shop",
        lastProbe: { ok: false, code: "L7STS", started: ago(7.3e6) },
      }],
      plain,
    ),
    ...frontendTable(
      [{
        ...{ name: "www-shop-https", address: "2001:db8:ffff::80", protocol: "tcp", port: 443 },
        ...{ state: "unknown", activePool: "last-resort", backendsUp: 12, backends: 24 },
      }],
      plain,
    ),
    ...healthCheckTable(
      [{
        ...{ name: "http-shop-front", type: "https", port: 8443, rise: 10, fall: 10 },
        ...{ intervalSeconds: 90, fastIntervalSeconds: 0.25 },
        ...{ downIntervalSeconds: 600, timeoutSeconds: 1.5 },
      }],
      plain,
    ),
  ];
  assert.deepEqual(lines.filter((line) => widthOf(line) > 80), []);
});

Deno.test("where there is nothing, that is said", () => {
  assert.deepEqual(backendTable([], plain), ["no backends"]);
  assert.deepEqual(frontendTable([], plain), ["no frontends"]);
  assert.deepEqual(healthCheckTable([], plain), ["no health checks"]);
});

Deno.test("a probe is shown with what took its time, as far as it came", () => {
  const probe: ProbeReport = {
    ...{ ok: false, code: "L7STS", detail: "status 503", started: ago(3_000) },
    ...{ durationSeconds: 0.0125, connectSeconds: 0.00025, tlsSeconds: null },
    ...{ firstByteSeconds: 0.012, bodySeconds: null },
  };
  const timedOut: ProbeReport = {
    ...{ ok: false, code: "L4TOUT", detail: "", started: ago(13_000), durationSeconds: 1 },
    ...{ connectSeconds: null, tlsSeconds: null, firstByteSeconds: null, bodySeconds: null },
  };
  const lines = backendLines({
    ...{ name: "web1", address: "10.0.0.1", state: "down", since: ago(1), enabled: true },
    ...{ enabledInFile: true, healthcheck: "web", counter: null, nextProbe: null, probing: true },
    ...{ override: null, frontends: [], transitions: [], reasons: [] },
    probes: [timedOut, probe],
  }, plain);
  assert.ok(lines.includes("  next probe    in flight"));
  assert.deepEqual(lines.slice(lines.indexOf("last probes") + 1), [
    "  13s ago  L4TOUT      1s",
    "   3s ago  L7STS   12.5ms  status 503  (connect 250µs, first byte 12ms)",
  ]);
});
