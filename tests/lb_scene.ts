/**
 * A checker whose servers' health a test decides, and a controller that drives a VPP by it.
 *
 * @module
 */

import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { type Checker, startChecker } from "../src/checker/mod.ts";
import { systemClock, type Timer } from "../src/clock.ts";
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
  /** Resolves when VPP has these VIPs, and no others, and is as it should be. */
  becomes(weights: Readonly<Record<string, readonly string[]>>): Promise<void>;
  /** What VPP refused, as it was logged. */
  refusals(): readonly LogLine[];
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

/** A frontend in short. Its other settings are called as in the file. */
export interface ShortFrontend {
  /** `198.51.100.1 tcp 80`, or an address alone. */
  readonly at: string;
  /** By pool: what each backend weighs. */
  readonly pools: readonly Readonly<Record<string, number>>[];
  readonly [setting: string]: unknown;
}

/** A configuration in short, from the backends' addresses. All are probed every 20 ms. */
export function siteOf(
  backends: Readonly<Record<string, string>>,
  frontends: Readonly<Record<string, ShortFrontend>>,
  lb?: string,
): Config {
  const map = <T>(from: Readonly<Record<string, T>>, to: (value: T) => unknown) =>
    JSON.stringify(Object.fromEntries(Object.entries(from).map(([key, each]) => [key, to(each)])));
  const frontend = ({ at, pools, ...settings }: ShortFrontend) => {
    const [address, protocol, port] = at.split(" ");
    const service = protocol === undefined ? {} : { protocol, port: Number(port) };
    const named = pools.map((pool, index) => ({
      name: `pool${index}`,
      backends: JSON.parse(map(pool, (weight) => ({ weight }))),
    }));
    return { address, ...service, ...settings, pools: named };
  };
  return configOf(
    `  healthchecks: { web: { type: tcp, port: 80, interval: 20ms, rise: 1, fall: 2 } }
  backends: ${map(backends, (address) => ({ address, healthcheck: "web" }))}
  frontends: ${map(frontends, frontend)}`,
    lb,
  );
}

/** Options of {@link withScene}. */
export interface SceneOptions {
  /** Addresses that fail their probes from the beginning. */
  readonly down?: readonly string[];
  /** Addresses whose probes end only when their health is set. */
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
  const waiting = new Set(silent);
  const lines: LogLine[] = [];
  const sink = (text: string) => {
    const line: LogLine = JSON.parse(text);
    lines.push(line);
    onLine(line);
  };
  const log = logger({ clock, level, sink });
  const apiCounters = countMessages();
  const prober = decidedProber(failing, waiting);
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
  const becomes: Scene["becomes"] = async (expected) => {
    const endMs = clock.monotonic() + 5_000;
    while (!isDeepStrictEqual(await weights(), expected) && clock.monotonic() < endMs) {
      await clock.sleep(10);
    }
    assert.deepEqual(await weights(), expected);
    await settled();
  };
  const refusals = () => lines.filter(({ msg }) => msg === "vpp-lbsync-error");
  const setHealth: Scene["setHealth"] = (health) => {
    for (const [address, isUp] of Object.entries(health)) {
      waiting.delete(address);
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
      becomes,
      refusals,
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

/** Probes nobody: an address passes unless it is among those that fail, or that say nothing. */
function decidedProber(
  failing: ReadonlySet<string>,
  waiting: ReadonlySet<string>,
): Pick<Prober, "prepare"> {
  return {
    prepare: ({ address }) => ({
      start: (done) => {
        let timer: Timer;
        const end = () => {
          if (waiting.has(address.text)) {
            timer = systemClock.setTimer(1, end);
            return;
          }
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
        };
        timer = systemClock.setTimer(1, end);
        return { cancel: () => timer.cancel() };
      },
    }),
  };
}
