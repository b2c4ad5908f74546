/**
 * A checker whose servers' health a test decides, and a controller that drives a VPP by it.
 *
 * @module
 */

import assert from "node:assert/strict";
import { type Checker, startChecker } from "../src/checker/mod.ts";
import { systemClock } from "../src/clock.ts";
import { checkText, type Config } from "../src/config/mod.ts";
import type { ProbeResult } from "../src/health/mod.ts";
import { type Controller, startController } from "../src/lb/mod.ts";
import { type Level, logger } from "../src/log.ts";
import type { Prober } from "../src/probe/mod.ts";
import {
  type ApiConnection,
  type ApiCounters,
  connectApi,
  countMessages,
} from "../src/vpp/api/mod.ts";
import { type LbClient, openLb, type Vip } from "../src/vpp/lb/mod.ts";
import type { RunningVpp, VppKind } from "./vpp_under_test.ts";

/** The log's records, as they were written. */
export type LogLine = Readonly<Record<string, unknown>> & { readonly msg: string };

/** What a test works with. */
export interface Scene {
  readonly vpp: RunningVpp;
  readonly checker: Checker;
  readonly controller: Controller;
  readonly lines: readonly LogLine[];
  readonly apiCounters: ApiCounters;
  /** Says whether the servers at these addresses pass their probes. All do at first. */
  setHealth(health: Readonly<Record<string, boolean>>): void;
  /** A client of its own, to look at VPP and to meddle with it. */
  lb(): Promise<LbClient>;
  /** What VPP has, by `address/length protocol port`: its ASes with their weights, `10.0.0.1 100`. */
  weights(): Promise<Record<string, string[]>>;
  /** How many messages were sent that write something. */
  writes(): number;
  /** How many messages were sent, of all kinds. */
  sent(): number;
  /** Resolves when VPP is as it should be, at most so long afterwards. */
  settled(withinMs?: number): Promise<void>;
}

/** The messages that change something in VPP, of the profile `weighted`. */
const writing = /^lb_(conf|add_del_vip_v2|add_del_as_v2|as_set_weight|flush_vip)$/;

/** Reads a configuration, whose `vpp` section is added: no warm-up, and no tick of its own. */
export function configOf(
  sections: string,
  lb = "sync-interval: 1h, startup-min-delay: 0s, startup-max-delay: 0s",
): Config {
  const text = `maglev:\n${sections}\n  vpp: { lb: { ipv4-src-address: 192.0.2.1, ` +
    `ipv6-src-address: "2001:db8::1", ${lb} } }\n`;
  const result = checkText(text);
  assert.ok(result.ok, JSON.stringify(result));
  return result.config;
}

/** Options of {@link withScene}. */
export interface SceneOptions {
  /** Addresses that fail their probes from the beginning. */
  readonly down?: readonly string[];
  /** Addresses whose probes never end, so that nothing becomes known of them. */
  readonly silent?: readonly string[];
  /** Called with each record of the log at once. */
  readonly onLine?: (line: LogLine) => void;
  /** From which level on records are written. Default: all are. */
  readonly level?: Level;
}

/** How many VIPs {@link manyVips} is to make, of how many ASes each. */
export interface ManyVips {
  readonly vips: number;
  readonly ases: number;
  /** So many VIPs, the first, have an AS of their own that is probed. */
  readonly probed?: number;
}

/**
 * Sections for {@link configOf} with VIPs `vip0`, `vip1`, … whose ASes nobody probes, except that the
 * first AS of the first VIPs is a backend `web0`, `web1`, … of their own, at {@link probedAddress}.
 */
export function manyVips({ vips, ases, probed = 0 }: ManyVips): string {
  const shared = 50;
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
  const members = (vip: number) =>
    numbers(ases).map((as) => as === 0 && vip < probed ? `web${vip}` : `s${(vip + as) % shared}`)
      .map((name) => `${name}: { weight: 50 }`);
  return [
    "  healthchecks:",
    "    web: { type: tcp, port: 80, interval: 20ms, rise: 1, fall: 1 }",
    "  backends:",
    ...numbers(shared).map((index) => `    s${index}: { address: 10.9.0.${index + 1} }`),
    ...numbers(probed).map((index) =>
      `    web${index}: { address: ${probedAddress(index)}, healthcheck: web }`
    ),
    "  frontends:",
    ...numbers(vips).map((vip) => {
      const address = `198.18.${vip >> 7}.${(vip & 127) + 1}`;
      const pools = `[{ name: main, backends: { ${members(vip).join(", ")} } }]`;
      return `    vip${vip}: { address: ${address}, protocol: tcp, port: 80, pools: ${pools} }`;
    }),
  ].join("\n");
}

/** Where the backend `web<index>` of {@link manyVips} is. */
export function probedAddress(index: number): string {
  return `10.8.0.${index + 1}`;
}

/** Runs a test with a VPP that has just started. */
export async function withScene(
  kind: VppKind,
  config: Config,
  test: (scene: Scene) => Promise<void>,
  options: SceneOptions = {},
): Promise<void> {
  const vpp = await kind.run();
  try {
    await withDaemon(vpp, config, test, options);
  } finally {
    await vpp.end();
  }
}

/** Runs a test with a daemon's parts over a VPP that is there already. */
export async function withDaemon(
  vpp: RunningVpp,
  config: Config,
  test: (scene: Scene) => Promise<void>,
  { down = [], silent = [], onLine = () => {}, level = "debug" }: SceneOptions = {},
): Promise<void> {
  const clock = systemClock;
  const failing = new Set(down);
  const lines: LogLine[] = [];
  const sink = (text: string) => {
    const line: LogLine = JSON.parse(text);
    lines.push(line);
    onLine(line);
  };
  const log = logger({ clock, level, sink });
  const apiCounters = countMessages();
  const prober = decidedProber(failing, new Set(silent));
  const checker = startChecker({ config, prober, clock, random: Math.random, log });
  const { apiPath, statsPath } = vpp;
  const controller = startController({
    watched: checker,
    apiPath,
    statsPath,
    clock,
    log,
    apiCounters,
  });
  const clients: ApiConnection[] = [];

  const open = async (): Promise<LbClient> => {
    const api = await connectApi({ path: apiPath, name: "test" });
    clients.push(api);
    const { lb } = openLb(api);
    assert.ok(lb !== null);
    return lb;
  };
  let looker: { readonly of: Controller["vpp"]; readonly lb: LbClient } | null = null;
  const weights = async () => {
    // After a restart of VPP there has to be another.
    const { vpp: of } = controller;
    if (looker === null || looker.of !== of) looker = { of, lb: await open() };
    return weightsOf(await looker.lb.readVips({ withText: false }));
  };
  const sentOf = (kind: RegExp) =>
    apiCounters.counts().filter(({ msg, direction }) => direction === "send" && kind.test(msg))
      .reduce((sum, { count }) => sum + count, 0);
  const writes = () => sentOf(writing);
  const sent = () => sentOf(/./);
  const settled = async (withinMs = 5_000) => {
    const endMs = clock.monotonic() + withinMs;
    let last = "";
    while (clock.monotonic() < endMs) {
      await clock.sleep(20);
      const planned = await controller.plan({ kind: "all" });
      if (planned.kind === "planned" && planned.actions.length === 0) return;
      last = JSON.stringify(planned.kind === "planned" ? planned.actions : planned);
    }
    throw new Error(`VPP is not as it should be: ${last}`);
  };
  const setHealth: Scene["setHealth"] = (health) => {
    for (const [address, isUp] of Object.entries(health)) {
      if (isUp) failing.delete(address);
      else failing.add(address);
    }
  };
  try {
    await test({
      vpp,
      checker,
      controller,
      lines,
      apiCounters,
      setHealth,
      lb: open,
      weights,
      writes,
      sent,
      settled,
    });
  } finally {
    checker.stop();
    await controller.close();
    await Promise.all(clients.map((client) => client.close().catch(() => {})));
  }
}

/** VPP's VIPs in short. */
export function weightsOf(vips: readonly Vip[]): Record<string, string[]> {
  return Object.fromEntries(vips.map(({ prefix, protocol, port, ases }) => [
    `${prefix.address.text}/${prefix.length} ${protocol} ${port}`,
    ases.map(({ address, weight }) => `${address.text} ${weight}`).sort(),
  ]));
}

/** Probes nobody: an address passes unless it is among those that fail, or those that are silent. */
function decidedProber(
  failing: ReadonlySet<string>,
  silent: ReadonlySet<string>,
): Pick<Prober, "prepare"> {
  return {
    prepare: ({ address }) => ({
      start: (done) => {
        if (silent.has(address.text)) return { cancel: () => {} };
        const timer = systemClock.setTimer(1, () => {
          const ok = !failing.has(address.text);
          const result: ProbeResult = {
            ok,
            code: ok ? "L4OK" : "L4CON",
            detail: ok ? "connected" : "connect: connection refused",
            started: systemClock.now(),
            durationMs: 1,
            phases: {},
          };
          done({ kind: "result", result });
        });
        return timer;
      },
    }),
  };
}
