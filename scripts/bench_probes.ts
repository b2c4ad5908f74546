/**
 * Measures what probes cost, alone and beside other programs that check the same servers at the same
 * rate in the same run.
 *
 * @module
 */

import { startNginx } from "../tests/nginx.ts";
import { startServer } from "../tests/probed_server.ts";
import { answers } from "../tests/server_behaviours.ts";
import { type CheckKind, measureBlackbox, measureHaproxy } from "./bench_probers.ts";
import type { CheckerRun, Row } from "./bench_row.ts";

/** How long each measurement takes, after its warm-up. */
const SECONDS = 5;

/** Backends that are checked, at which rate all together. */
interface Load {
  readonly kind: CheckKind;
  readonly port: number;
  readonly backends: number;
  readonly perSecond: number;
}

/** The rates that have to be sustained, each with at most 60 % of a core. */
const sustained: Readonly<Record<CheckKind, number>> = { tcp: 5_000, http: 3_000, https: 300 };

/** The rates at which programs are compared. */
const compared: Readonly<Record<CheckKind, number>> = { tcp: 2_000, http: 2_000, https: 200 };

/** The rows about probes. */
export async function benchProbes(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const kind of ["tcp", "http", "https"] as const) {
    await using server = await startChecked(kind);
    const { port } = server;
    const perSecond = sustained[kind];
    const run = await check({ kind, port, backends: 1_000, perSecond });
    const what = `${kind} probes, ${perSecond} a second`;
    rows.push(
      {
        what: `${what}: made a second`,
        value: run.passed / SECONDS,
        unit: "/s",
        atLeast: 0.95 * perSecond,
      },
      {
        what: `${what}: share of a core`,
        value: 100 * run.cpuSeconds / SECONDS,
        unit: "%",
        atMost: 60,
      },
      { what: `${what}: void or failed`, value: run.voids + run.failed, unit: "", atMost: 0 },
    );
    rows.push(...await compare(kind, port));
  }
  await using server = await startChecked("tcp");
  const many = await check({ kind: "tcp", port: server.port, backends: 10_000, perSecond: 2_000 });
  const what = "10,000 backends, a probe each 5 s";
  rows.push(
    { what: `${what}: memory`, value: many.residentMB, unit: "MB", atMost: 300 },
    {
      what: `${what}: lag of the loop, 99th percentile`,
      value: many.lagP99Ms,
      unit: "ms",
      atMost: 20,
    },
  );
  return rows;
}

async function compare(kind: CheckKind, port: number): Promise<Row[]> {
  const perSecond = compared[kind];
  const load = { kind, port, servers: 1_000, perSecond, seconds: SECONDS };
  const run = await check({ kind, port, backends: 1_000, perSecond });
  const own = 1e6 * run.cpuSeconds / (run.passed + run.failed + run.voids);
  const haproxy = await measureHaproxy(load);
  const blackbox = await measureBlackbox({ ...load, perSecond: perSecond / 10 });
  const cost = (name: string, value: number): Row => ({
    what: `${kind} probe, CPU, ${name}`,
    value,
    unit: "µs",
  });
  const ratio = (name: string, value: number, atMost?: number): Row => ({
    what: `${kind} probe, CPU, against ${name}`,
    value: own / value,
    unit: "×",
    ...(atMost === undefined ? {} : { atMost }),
  });
  // A handshake costs all of them the same cryptography, of which there is no fifth to be had.
  const ofBlackbox = kind === "https" ? undefined : 0.2;
  return [
    cost("maglev", own),
    ...(haproxy === undefined ? [] : [cost("HAProxy", haproxy), ratio("HAProxy", haproxy, 3.5)]),
    ...(blackbox === undefined
      ? []
      : [cost("blackbox_exporter", blackbox), ratio("blackbox_exporter", blackbox, ofBlackbox)]),
  ];
}

/** A server that all programs check: nginx where there is one. */
async function startChecked(kind: CheckKind) {
  const secure = kind === "https" ? { certificate: "ok" } as const : {};
  return await startNginx({
    server: 'access_log off; location / { return 200 "ok"; }',
    ...secure,
  }) ??
    await startServer(answers(), secure);
}

/** Checks backends with the checker, in a process of its own. */
async function check(load: Load): Promise<CheckerRun> {
  const file = await Deno.makeTempFile({ suffix: ".yaml" });
  await Deno.writeTextFile(file, configuration(load));
  const script = new URL("bench_checker.ts", import.meta.url).pathname;
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", "--no-check", script, file, String(SECONDS)],
    stderr: "inherit",
  }).output();
  await Deno.remove(file);
  if (!success) throw new Error("the checker failed");
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** All backends are one server. */
function configuration({ kind, port, backends, perSecond }: Load): string {
  const params = kind === "https" ? "params: { insecure-skip-verify: true }, " : "";
  const interval = `${Math.round(1e6 * backends / perSecond)}us`;
  const names = Array.from({ length: backends }, (_, index) => index);
  return [
    "maglev:",
    "  healthchecks:",
    `    check: { type: ${kind}, port: ${port}, ${params}interval: ${interval}, timeout: 1s }`,
    "  backends:",
    ...names.map((index) => `    b${index}: { address: 127.0.0.1, healthcheck: check }`),
    "  vpp: { lb: { ipv4-src-address: 192.0.2.1, ipv6-src-address: '2001:db8::1' } }",
    "",
  ].join("\n");
}
