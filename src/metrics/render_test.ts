import assert from "node:assert/strict";
import { readExposition, valueOf } from "../../tests/exposition.ts";
import { createHistogram } from "../histogram.ts";
import { describeFamilies, families } from "./families.ts";
import { beginScrape, counter, type Family, gauge, histogram } from "./family.ts";
import {
  backendSource,
  controllerSource,
  frontendSource,
  metricsSources,
  rpcSource,
  type SourcesOptions,
} from "./metrics_testing.ts";
import { escapeLabel, type Format, formatValue, render } from "./render.ts";

const textOf = (of: readonly Family[], options: SourcesOptions = {}, format: Format = "text") =>
  [...render(of, beginScrape(metricsSources(options)), format)].join("");

const route = { packets: 12n, bytes: 3400n };
const whole: SourcesOptions = {
  backends: [backendSource("web1", "10.0.0.1"), backendSource('a"b\\c\nd é', "10.0.0.2")],
  frontends: [frontendSource("www", ["web1"])],
  controller: controllerSource({
    counters: {
      vips: new Map([["k", {
        ...{ prefix: { address: { text: "198.51.100.1" }, length: 32 }, protocol: "tcp", port: 80 },
        ...{ next: 1, first: 2, untracked: 3, noServer: 4, route },
      }]]),
      ases: new Map([["10.0.0.1", route], ["10.9.9.9", route]]),
      unmatched: 6,
    },
  }),
  rpc: [rpcSource()],
};

Deno.test("label values are escaped, and nothing else in them is touched", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["web1", "web1"],
    ["", ""],
    ['say "x"', 'say \\"x\\"'],
    ["a\\b", "a\\\\b"],
    ["a\nb", "a\\nb"],
    ['\\"\n', '\\\\\\"\\n'],
    ["grüße 世界 \t{},=", "grüße 世界 \t{},="],
  ];
  for (const [text, escaped] of cases) assert.equal(escapeLabel(text), escaped);
});

Deno.test("values are written as both formats read them", () => {
  const cases: readonly (readonly [number | bigint, string])[] = [
    [0, "0"],
    [1.5, "1.5"],
    [2n ** 63n, "9223372036854775808"],
    [1e-7, "1e-7"],
    [1e21, "1e+21"],
    [Infinity, "+Inf"],
    [-Infinity, "-Inf"],
    [NaN, "NaN"],
  ];
  for (const [value, text] of cases) assert.equal(formatValue(value), text);
});

Deno.test("each type is written as its format wants it", () => {
  const observed = createHistogram();
  for (const seconds of [0.0005, 0.001, 0.3, 1, 9]) observed.observe(seconds);
  const some = [
    gauge("degrees", { help: "How warm.", of: () => [20.5], series: (value, add) => add(value) }),
    counter("turns_total", {
      help: "How often.",
      labels: ["way"],
      of: () => ["left", "right"],
      series: (way, add) => add(3, way),
    }),
    histogram("wait_seconds", {
      help: "How long.",
      labels: ["who"],
      of: () => [observed],
      series: (value, add) => add(value, "me"),
    }),
  ];
  const buckets = (one: string) =>
    [
      ...["0.001 2", "0.0025 2", "0.005 2", "0.01 2", "0.025 2", "0.05 2", "0.1 2", "0.25 2"],
      ...["0.5 3", `${one} 4`, "2.5 4", "+Inf 5"],
    ].map((each) => each.split(" ")).map(([le, count]) =>
      `wait_seconds_bucket{who="me",le="${le}"} ${count}\n`
    ).join("");
  const expected = (family: string, one: string) =>
    `# HELP degrees How warm.\n# TYPE degrees gauge\ndegrees 20.5\n` +
    `# HELP ${family} How often.\n# TYPE ${family} counter\n` +
    `turns_total{way="left"} 3\nturns_total{way="right"} 3\n` +
    `# HELP wait_seconds How long.\n# TYPE wait_seconds histogram\n${buckets(one)}` +
    `wait_seconds_sum{who="me"} 10.3015\nwait_seconds_count{who="me"} 5\n`;
  assert.equal(textOf(some), expected("turns_total", "1"));
  assert.equal(textOf(some, {}, "openmetrics"), `${expected("turns", "1.0")}# EOF\n`);
});

for (const format of ["text", "openmetrics"] as const) {
  Deno.test(`a whole scrape is right as ${format}, with the labels that are declared`, () => {
    const read = readExposition(textOf(families, whole, format), format);
    for (const { name, labels } of families) {
      const family = read.get(name) ?? read.get(name.replace(/_total$/, ""));
      const [first] = family?.samples ?? [];
      const { le: _, ...found } = first?.labels ?? {};
      assert.deepEqual(Object.keys(found), labels, name);
    }
    assert.equal(read.size, families.length);
    assert.equal(valueOf(read, "maglev_backend_health", { backend: 'a"b\\c\nd é' }), 4);
  });
}

Deno.test("the values are those of the sources", () => {
  const read = readExposition(textOf(families, whole), "text");
  const cases: readonly (readonly [string, Record<string, string>, number | undefined])[] = [
    ["maglev_backend_state", { backend: "web1", state: "up", healthcheck: "web" }, 1],
    ["maglev_backend_state", { backend: "web1", state: "down" }, 0],
    ["maglev_backend_state", { backend: "web1", state: "removed" }, undefined],
    ["maglev_backend_enabled", { backend: "web1" }, 1],
    ["maglev_backend_transitions_total", { backend: "web1", from: "unknown", to: "up" }, 1],
    ["maglev_probe_total", { backend: "web1", type: "http", result: "success", code: "L7OK" }, 1],
    ["maglev_probe_duration_seconds_bucket", { backend: "web1", type: "http", le: "0.0025" }, 0],
    ["maglev_probe_duration_seconds_bucket", { backend: "web1", type: "http", le: "0.005" }, 1],
    ["maglev_frontend_state", { frontend: "www", state: "up" }, 1],
    ["maglev_frontend_active_pool", { frontend: "www" }, 0],
    ["maglev_frontend_pool_backend_weight", { pool: "main", backend: "web1" }, 100],
    ["maglev_frontend_pool_backend_effective_weight", { pool: "main", backend: "web1" }, 100],
    ["maglev_vpp_connected", {}, 1],
    ["maglev_vpp_responding", {}, 1],
    ["maglev_vpp_uptime_seconds", {}, 10],
    ["maglev_vpp_connected_seconds", {}, 5],
    ["maglev_vpp_warming_up", {}, 0],
    ["maglev_vpp_info", { version: "26.10", pid: "7", profile: "weighted" }, 1],
    ["maglev_vpp_api_total", { msg: "lb_conf", direction: "send", result: "success" }, 5],
    ["maglev_vpp_lbsync_total", { scope: "all", kind: "vip_added" }, 2],
    ["maglev_vpp_lbsync_total", { scope: "vip", kind: "vip_added" }, undefined],
    ["maglev_vpp_lbsync_total", { scope: "all", kind: "failed" }, undefined],
    ["maglev_vip_packets_total", { prefix: "198.51.100.1/32", port: "80", kind: "no_server" }, 4],
    ["maglev_vip_route_bytes_total", { prefix: "198.51.100.1/32", protocol: "tcp" }, 3400],
    ["maglev_backend_route_packets_total", { backend: "web1", address: "10.0.0.1" }, 12],
    ["maglev_backend_route_packets_total", { address: "10.9.9.9" }, undefined],
    ["maglev_vpp_lb_unmatched_packets_total", {}, 6],
    ["maglev_config_reload_total", { result: "failure" }, 2],
    ["maglev_config_last_reload_successful", {}, 0],
    ["maglev_config_last_reload_timestamp_seconds", {}, 1002.5],
    ["process_start_time_seconds", {}, 1000],
    ["process_open_fds", {}, 9],
  ];
  for (const [name, labels, value] of cases) {
    assert.equal(valueOf(read, name, labels), value, `${name} ${JSON.stringify(labels)}`);
  }
});

Deno.test("what is not there has no series", () => {
  const lost = readExposition(
    textOf(families, { controller: controllerSource({ vpp: null }) }),
    "text",
  );
  assert.equal(valueOf(lost, "maglev_vpp_connected"), 0);
  assert.equal(valueOf(lost, "maglev_vpp_responding"), 0);
  const silent = textOf(families, { controller: controllerSource({ silentSince: 0 }) });
  assert.equal(valueOf(readExposition(silent, "text"), "maglev_vpp_responding"), 0);
  const without = readExposition(textOf(families), "text");
  const count = (of: typeof lost, name: string) => of.get(name)?.samples.length;
  for (
    const name of ["uptime_seconds", "connected_seconds", "info", "lb_unmatched_packets_total"]
  ) {
    assert.equal(count(lost, `maglev_vpp_${name}`), 0, name);
    assert.equal(count(without, `maglev_vpp_${name}`), 0, name);
  }
  assert.equal(count(without, "maglev_vpp_connected"), 0);
  assert.equal(count(without, "maglev_backend_state"), 0);
  const { check: _, ...probed } = backendSource("sorry", "10.0.0.9");
  const text = textOf(families, { backends: [{ ...probed, check: null }] });
  assert.equal(count(readExposition(text, "text"), "maglev_probe_duration_seconds"), 0);
});

Deno.test("a backend is disabled while a pause covers that", () => {
  const at = { by: "me", at: 0 };
  const disabled = { act: "disable", ...at, under: null } as const;
  const paused = { act: "pause", ...at, under: null } as const;
  const source = backendSource("web1", "10.0.0.1");
  const cases = [
    [{ state: "disabled", override: disabled, enabledInFile: true }, 0],
    [{ state: "paused", override: { ...paused, under: disabled }, enabledInFile: true }, 0],
    [{ state: "paused", override: paused, enabledInFile: true }, 1],
    [{ state: "paused", override: paused, enabledInFile: false }, 0],
    [{ state: "down", override: null, enabledInFile: true }, 1],
  ] as const;
  for (const [health, expected] of cases) {
    const backends = [{ ...source, health: { ...source.health, ...health } }];
    const read = readExposition(textOf(families, { backends }), "text");
    assert.equal(valueOf(read, "maglev_backend_enabled"), expected, JSON.stringify(health));
  }
});

Deno.test("a backend that is replaced during a scrape is not seen twice", () => {
  const backends = new Map(
    Array.from(
      { length: 500 },
      (_, index) => [`b${index}`, backendSource(`b${index}`, "10.0.0.1")],
    ),
  );
  const { checker, ...rest } = metricsSources();
  const sources = { ...rest, checker: { ...checker, backends: () => backends.values() } };
  let text = "";
  for (const piece of render(families, beginScrape(sources), "text")) {
    assert.ok(piece.length < 64_000);
    text += piece;
    backends.delete("b0");
    backends.set("b0", backendSource("b0", "10.0.0.1"));
  }
  assert.equal(readExposition(text, "text").get("maglev_backend_health")?.samples.length, 500);
});

Deno.test("names follow Prometheus' rules", () => {
  for (const { name, type, labels, help } of families) {
    assert.match(name, /^(maglev|process|grpc_server)_[a-z_]+[a-z]$/);
    assert.equal(name.endsWith("_total"), type === "counter", name);
    assert.match(help, /^[A-Z0-9].*\.$/);
    for (const label of labels) assert.match(label, /^[a-z_]+$/);
  }
  assert.equal(new Set(families.map(({ name }) => name)).size, families.length);
});

/** Debian's package `prometheus` has it. */
const promtool = "/usr/bin/promtool";
const isWithoutPromtool = !await Deno.stat(promtool).then(() => true, () => false);

Deno.test("promtool has nothing to say", { ignore: isWithoutPromtool }, async () => {
  const child = new Deno.Command(promtool, {
    args: ["check", "metrics"],
    ...{ stdin: "piped", stdout: "piped", stderr: "piped" },
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(textOf(families, whole)));
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  assert.equal(code, 0, decoder.decode(stdout) + decoder.decode(stderr));
});

Deno.test("docs/metrics.md has the table of the declarations", async () => {
  const page = await Deno.readTextFile(new URL("../../docs/metrics.md", import.meta.url));
  const cells = (line: string) => line.split("|").map((cell) => cell.trim()).join("|");
  const rows = (text: string) =>
    text.split("\n").filter((line) => /^\| `\w+` /.test(line)).map(cells);
  assert.deepEqual(rows(page), rows(describeFamilies(families)));
});
