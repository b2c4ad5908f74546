import assert from "node:assert/strict";
import { load } from "js-yaml";
import { dashboardJson } from "../scripts/dashboard.ts";
import { beginScrape } from "../src/metrics/family.ts";
import { families } from "../src/metrics/families.ts";
import { metricsSources, rpcSource } from "../src/metrics/metrics_testing.ts";
import { render } from "../src/metrics/render.ts";
import { statusCodes } from "../src/rpc/status.ts";
import { readExposition } from "./exposition.ts";

const folder = new URL("../docs/monitoring/", import.meta.url);
const textOf = (file: string) => Deno.readTextFileSync(new URL(file, folder));

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly description: string };
}

const { groups } = load(textOf("alerts.yaml")) as {
  readonly groups: readonly { readonly rules: readonly Rule[] }[];
};
const rules = groups.flatMap((group) => group.rules);

interface Dashboard {
  readonly panels: readonly {
    readonly id: number;
    readonly gridPos: Readonly<Record<"h" | "w" | "x" | "y", number>>;
    readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
  }[];
}

const dashboard = JSON.parse(textOf("dashboard.json")) as Dashboard;
const targets = dashboard.panels.flatMap((panel) => panel.targets ?? []);

/** What Prometheus itself knows of each target. */
const targetLabels = ["job", "instance"];

/** The labels of each series that there can be, by its name. */
const series = new Map<string, readonly string[]>([["up", []]]);
for (const { name, type, labels } of families) {
  if (type !== "histogram") series.set(name, labels);
  else {
    series.set(`${name}_bucket`, [...labels, "le"]);
    for (const part of ["sum", "count"]) series.set(`${name}_${part}`, labels);
  }
}

/** What is wrong with an expression: metrics that there are not, and labels that they do not have. */
function faultsOf(expr: string): readonly string[] {
  const faults: string[] = [];
  const names = [...expr.matchAll(/\b((?:maglev|process|grpc_server)_\w+|up)\b(?:\{([^}]*)\})?/g)];
  if (names.length === 0) faults.push("no metric");
  for (const [, name = "", matchers = ""] of names) {
    const labels = series.get(name);
    if (labels === undefined) faults.push(name);
    for (const [, label = ""] of matchers.matchAll(/(\w+)\s*(?:=|!)~?/g)) {
      if (![...labels ?? [], ...targetLabels].includes(label)) faults.push(`${name}{${label}}`);
    }
  }
  const all = labelsOf(expr);
  for (const [, list = ""] of expr.matchAll(/\b(?:by|on|without|ignoring) \(([^)]*)\)/g)) {
    faults.push(...list.split(/,\s*/).filter((label) => !all.includes(label)));
  }
  return faults;
}

/** All labels of all series that an expression names. */
function labelsOf(expr: string): readonly string[] {
  const names = [...series.keys()].filter((name) => new RegExp(`\\b${name}\\b`).test(expr));
  return [...names.flatMap((name) => series.get(name) ?? []), ...targetLabels];
}

Deno.test("alerts name metrics and labels that there are", () => {
  for (const { alert, expr, annotations } of rules) {
    assert.deepEqual(faultsOf(expr), [], alert);
    const text = `${annotations.summary} ${annotations.description}`;
    for (const [, label = ""] of text.matchAll(/\$labels\.(\w+)/g)) {
      assert.ok(labelsOf(expr).includes(label), `${alert} has no label ${label}`);
    }
  }
});

Deno.test("each alert says how bad it is and what to look at, and has a test that it fires", () => {
  const tests = textOf("alerts_test.yaml");
  for (const { alert, labels, annotations } of rules) {
    assert.match(alert, /^Maglev[A-Z]\w+$/);
    assert.match(labels.severity, /^(critical|warning|info)$/, alert);
    assert.match(annotations.description, /\b[Ll]ook\s+at\b/, alert);
    assert.match(tests, new RegExp(`alertname: ${alert}\n +exp_alerts: \\[\\]`), alert);
    assert.match(tests, new RegExp(`alertname: ${alert}\n +exp_alerts:\n`), alert);
  }
  assert.equal(new Set(rules.map(({ alert }) => alert)).size, rules.length);
});

Deno.test("log events that alerts and the dashboard point at are declared", () => {
  const declared = Deno.readTextFileSync(new URL("../log-events.md", folder));
  const named = rules.flatMap(({ annotations }) => [
    ...annotations.description.matchAll(/`((?:vpp|config|backend|probes|rpc)-[a-z-]+)`/g),
  ]);
  assert.ok(named.length > 5);
  for (const [, name = ""] of named) assert.ok(declared.includes(`| \`${name}\``), name);
});

Deno.test("the dashboard names metrics and labels that there are", () => {
  assert.ok(targets.length > 15);
  for (const { expr, legendFormat } of targets) {
    assert.deepEqual(faultsOf(expr), [], expr);
    for (const [, label = ""] of legendFormat.matchAll(/\{\{(\w+)\}\}/g)) {
      assert.ok(labelsOf(expr).includes(label), `${expr} has no label ${label}`);
    }
  }
});

Deno.test("no panel of the dashboard covers another", () => {
  const taken = new Set<string>();
  for (const { gridPos: { h, w, x, y } } of dashboard.panels) {
    assert.ok(x + w <= 24);
    for (let cell = 0; cell < h * w; cell++) {
      const key = `${x + cell % w},${y + Math.floor(cell / w)}`;
      assert.ok(!taken.has(key), key);
      taken.add(key);
    }
  }
  assert.equal(new Set(dashboard.panels.map(({ id }) => id)).size, dashboard.panels.length);
});

Deno.test("the dashboard is what its declaration says", () => {
  assert.ok(textOf("dashboard.json") === dashboardJson(), "run scripts/generate-dashboard");
});

Deno.test("faults in expressions are found", () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["rate(maglev_probe_total{result='x', job=~\"y\"}[5m]) > 0", []],
    ["sum by (instance, le) (maglev_probe_lag_seconds_bucket)", []],
    ["maglev_probe_lag_seconds > 1", ["maglev_probe_lag_seconds"]],
    ["maglev_probes_total", ["maglev_probes_total"]],
    ['maglev_vpp_connected{backend="x"}', ["maglev_vpp_connected{backend}"]],
    ["sum by (frontend) (maglev_backend_health)", ["frontend"]],
    ["vector(1)", ["no metric"]],
  ];
  for (const [expr, faults] of cases) assert.deepEqual(faultsOf(expr), faults, expr);
});

Deno.test("every code that a call can end with has a label", () => {
  const spelled = statusCodes.map((code) => {
    const rpc = [rpcSource({ handled: new Map([[code, 7]]) })];
    const text = [...render(families, beginScrape(metricsSources({ rpc })), "text")].join("");
    const handled = readExposition(text, "text").get("grpc_server_handled_total");
    return handled?.samples.filter(({ value }) => value === 7).map(({ labels }) =>
      labels.grpc_code
    );
  });
  const words = statusCodes.map((code) =>
    code.replaceAll("_", "").replace("CANCELLED", "CANCELED")
  );
  assert.deepEqual(
    spelled.map((labels) => labels?.map((label) => label?.toUpperCase())),
    words.map((word) => [word]),
  );
});

/** The output of promtool; null where it is not installed. */
async function promtool(...args: readonly string[]): Promise<string | null> {
  try {
    const command = new Deno.Command("promtool", { args: [...args], cwd: folder });
    const { code, stdout, stderr } = await command.output();
    const output = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
    assert.equal(code, 0, output);
    return output;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

const isWithoutPromtool = await promtool("--version") === null;

Deno.test({
  name: "each alert fires when it should and not otherwise, says promtool (ignored without it)",
  ignore: isWithoutPromtool,
  fn: async () => {
    assert.match(await promtool("check", "rules", "alerts.yaml") ?? "", /SUCCESS/);
    assert.match(await promtool("test", "rules", "alerts_test.yaml") ?? "", /SUCCESS/);
  },
});

Deno.test({
  name: "the dashboard's expressions can be read, says promtool (ignored without it)",
  ignore: isWithoutPromtool,
  fn: async () => {
    const file = await Deno.makeTempFile({ suffix: ".json" });
    const rules = targets.map(({ expr }, index) => ({
      record: `line_${index}`,
      expr: expr.replaceAll("$__rate_interval", "5m"),
    }));
    try {
      await Deno.writeTextFile(file, JSON.stringify({ groups: [{ name: "dashboard", rules }] }));
      assert.match(await promtool("check", "rules", file) ?? "", /SUCCESS/);
    } finally {
      await Deno.remove(file);
    }
  },
});
