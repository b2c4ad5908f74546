/**
 * Servers that are checked, and the checker at work on them in a process of its own.
 *
 * @module
 */

import { authorityPath } from "../../tests/certificates.ts";
import { startNginx } from "../../tests/nginx.ts";
import { startServer, type TestPort } from "../../tests/probed_server.ts";
import { answers } from "../../tests/server_behaviours.ts";
import type { CheckerRun } from "./checker.ts";

/** A kind of check that all programs can make. */
export type CheckKind = "tcp" | "http" | "https";

/** What is checked: a server at a loopback address, under many names, at a rate of all together. */
export interface CheckLoad {
  readonly kind: CheckKind;
  readonly port: number;
  readonly backends: number;
  readonly perSecond: number;
  readonly seconds: number;
}

/** A server that is checked, and that says how often. */
export interface Checked extends TestPort {
  /** How many connections it has taken so far. */
  connections(): Promise<number>;
}

/** A server that all programs check: nginx where there is one. */
export async function startChecked(kind: CheckKind): Promise<Checked> {
  const secure = kind === "https" ? { certificate: "ok" } as const : {};
  const server =
    'location / { access_log off; return 200 "ok"; } location /status { stub_status; }';
  const nginx = await startNginx({ server, ...secure });
  if (nginx === undefined) {
    const own = await startServer(answers(), secure);
    return { ...own, connections: () => Promise.resolve(own.connections) };
  }
  const scheme = kind === "https" ? "https" : "http";
  const connections = async () => {
    using client = Deno.createHttpClient({ caCerts: [await Deno.readTextFile(authorityPath)] });
    const answer = await fetch(`${scheme}://127.0.0.1:${nginx.port}/status`, { client });
    // Accepted, handled, requests.
    const accepted = /^ (\d+) \d+ \d+ $/m.exec(await answer.text())?.[1];
    if (accepted === undefined) throw new Error("nginx has no status");
    return Number(accepted);
  };
  return { ...nginx, connections };
}

/** Checks backends with the checker. */
export async function check(load: CheckLoad): Promise<CheckerRun> {
  const file = await Deno.makeTempFile({ prefix: "maglev-bench-", suffix: ".yaml" });
  try {
    await Deno.writeTextFile(file, configuration(load));
    const script = new URL("checker.ts", import.meta.url).pathname;
    const { success, stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--quiet", "--no-check", script, file, String(load.seconds)],
      stderr: "inherit",
    }).output();
    if (!success) throw new Error("the checker failed");
    return JSON.parse(new TextDecoder().decode(stdout));
  } finally {
    await Deno.remove(file);
  }
}

/** All backends are one server. */
function configuration({ kind, port, backends, perSecond }: CheckLoad): string {
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
