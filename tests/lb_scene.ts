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
import { logger } from "../src/log.ts";
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
  { down = [] }: SceneOptions = {},
): Promise<void> {
  const clock = systemClock;
  const failing = new Set(down);
  const lines: LogLine[] = [];
  const log = logger({ clock, level: "debug", sink: (line) => lines.push(JSON.parse(line)) });
  const apiCounters = countMessages();
  const prober = decidedProber(failing);
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

  const lb = async () => {
    const api = await connectApi({ path: apiPath, name: "test" });
    clients.push(api);
    const opened = openLb(api);
    assert.ok(opened.lb !== null);
    return opened.lb;
  };
  let looker: LbClient | undefined;
  const weights = async () => {
    looker ??= await lb();
    return weightsOf(await looker.readVips({ withText: false }));
  };
  const writes = () =>
    apiCounters.counts().filter(({ msg, direction }) => direction === "send" && writing.test(msg))
      .reduce((sum, { count }) => sum + count, 0);
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
      lb,
      weights,
      writes,
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

/** Probes nobody: an address passes unless it is among those that fail. */
function decidedProber(failing: ReadonlySet<string>): Pick<Prober, "prepare"> {
  return {
    prepare: ({ address }) => ({
      start: (done) => {
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
