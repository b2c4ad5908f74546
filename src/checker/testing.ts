/**
 * What the tests of this room share: configurations, a prober that answers as it is told, and a
 * checker on a virtual clock.
 *
 * @module
 */

import assert from "node:assert/strict";
import { seeded } from "../../tests/seeded.ts";
import { type Clock, type Timer, type VirtualClock, virtualClock } from "../clock.ts";
import { type Backend, checkText, type Config, type HealthCheck } from "../config/mod.ts";
import { type Level, logger } from "../log.ts";
import type { Prober, ProbeSpec } from "../probe/mod.ts";
import { type Checker, startChecker } from "./checker.ts";
import type { Event } from "./event.ts";

const story = `
maglev:
  healthchecker: { transition-history: 5 }
  healthchecks:
    web:
      { type: http, port: 80, interval: 2s, fast-interval: 500ms, down-interval: 10s, timeout: 1s }
    ping: { type: icmp, interval: 200ms }
  backends:
    web1: { address: 10.0.0.1, healthcheck: web }
    web2: { address: 10.0.0.2, healthcheck: web }
    web3: { address: 10.0.0.3, healthcheck: web }
    sorry: { address: 10.0.9.1 }
  frontends:
    www:
      address: 198.51.100.1
      pools:
        - { name: primary, backends: { web1: {}, web2: { weight: 50 } } }
        - { name: last-resort, backends: { sorry: {} } }
    api:
      address: 198.51.100.2
      pools: [{ name: main, backends: { web2: {}, web3: {} } }]
  vpp: { lb: { ipv4-src-address: 192.0.2.10, ipv6-src-address: 2001:db8::10 } }
`;

/** The small configuration that the stories of the tests begin with, after some changes of its text. */
export function storyConfig(...changes: readonly (readonly [from: string, to: string])[]): Config {
  const text = changes.reduce((text, [from, to]) => {
    assert.ok(text.includes(from), `the text has no ${from}`);
    return text.replace(from, to);
  }, story);
  const result = checkText(text);
  assert.ok(result.ok, JSON.stringify(result));
  return result.config;
}

/** A configuration of many backends that share a health check, each in one frontend with another. */
export function fleetConfig(
  { count, check = {} }: { readonly count: number; readonly check?: Partial<HealthCheck> },
): Config {
  const base = storyConfig();
  const [web, www] = [base.healthchecks.get("web"), base.frontends.get("www")];
  assert.ok(web !== undefined && www !== undefined);
  const backends = Array.from({ length: count }, (_, index): Backend => {
    const text = `10.${index >> 14}.${(index >> 7) & 127}.${(index & 127) + 1}`;
    const address = { family: 4, text } as const;
    return { name: `web${index}`, address, healthcheck: "web", enabled: true };
  });
  const frontends = Array.from({ length: Math.floor(count / 2) }, (_, index) => {
    const members = [2 * index, 2 * index + 1].map((number) => ({
      name: `web${number}`,
      weight: 100,
    }));
    return { ...www, name: `www${index}`, pools: [{ name: "primary", backends: members }] };
  });
  return {
    ...base,
    healthchecks: new Map([["web", { ...web, ...check }]]),
    backends: new Map(backends.map((backend) => [backend.name, backend])),
    frontends: new Map(frontends.map((frontend) => [frontend.name, frontend])),
  };
}

/** How a probe ends, after so many milliseconds: without delay if not told otherwise. */
export interface Answer {
  readonly outcome: "pass" | "fail" | "void" | "never";
  readonly afterMs?: number;
}

/** One probe that was started. */
export interface ProbeStart {
  readonly address: string;
  /** By the monotonic clock. */
  readonly atMs: number;
  /** How many probes of this server there were before. */
  readonly nth: number;
  readonly spec: ProbeSpec;
}

/** Tells how each probe ends. */
export type Script = (start: ProbeStart) => Answer;

/** A prober that answers as it is told, and fails when it is asked for two probes of one server. */
export interface ScriptedProber extends Pick<Prober, "prepare"> {
  /** Decides about the probes that start from now on. */
  script: Script;
  readonly starts: readonly ProbeStart[];
  readonly inFlight: number;
  readonly mostInFlight: number;
  readonly abandoned: number;
}

/** Makes a {@link ScriptedProber}. */
export function scriptedProber(clock: Clock, script: Script): ScriptedProber {
  const starts: ProbeStart[] = [];
  const counts = new Map<string, number>();
  const inFlight = new Set<string>();
  let mostInFlight = 0;
  let abandoned = 0;
  const prober: ScriptedProber = {
    script,
    starts,
    get inFlight() {
      return inFlight.size;
    },
    get mostInFlight() {
      return mostInFlight;
    },
    get abandoned() {
      return abandoned;
    },
    prepare: (spec) => ({
      start(done) {
        const address = spec.address.text;
        assert.ok(!inFlight.has(address), `two probes of ${address} at a time`);
        const nth = counts.get(address) ?? 0;
        const start = { address, atMs: clock.monotonic(), nth, spec };
        counts.set(address, nth + 1);
        starts.push(start);
        inFlight.add(address);
        mostInFlight = Math.max(mostInFlight, inFlight.size);
        const { outcome, afterMs = 0 } = prober.script(start);
        const started = clock.now();
        const finish = () => {
          inFlight.delete(address);
          if (outcome === "void") return done({ kind: "void", reason: "on purpose" });
          const ok = outcome === "pass";
          const [code, detail] = ok
            ? ["L7OK", "status 200"] as const
            : ["L4CON", "refused"] as const;
          const result = { ok, code, detail, started, durationMs: afterMs, phases: {} };
          done({ kind: "result", result });
        };
        const timer = outcome === "never" ? null : clock.setTimer(afterMs, finish);
        return { cancel: () => cancel(address, timer) };
      },
    }),
  };
  const cancel = (address: string, timer: Timer | null) => {
    timer?.cancel();
    if (inFlight.delete(address)) abandoned++;
  };
  return prober;
}

/** A checker under test, with all that it was given. */
export interface TestedChecker {
  readonly checker: Checker;
  readonly clock: VirtualClock;
  readonly prober: ScriptedProber;
  /** The lines of the log so far. */
  readonly lines: readonly Record<string, unknown>[];
}

/** What a checker under test begins with. */
export interface TestOptions {
  readonly config?: Config;
  /** Default: each probe passes at once. */
  readonly script?: Script;
  readonly seed?: number;
  readonly logLevel?: Level;
}

/** Starts a checker on a virtual clock. */
export function testChecker(options: TestOptions = {}): TestedChecker {
  const clock = virtualClock();
  const prober = scriptedProber(clock, options.script ?? (() => ({ outcome: "pass" })));
  const lines: Record<string, unknown>[] = [];
  const sink = (line: string) => void lines.push(JSON.parse(line));
  const checker = startChecker({
    config: options.config ?? storyConfig(),
    prober,
    clock,
    random: seeded(options.seed ?? 1).next,
    log: logger({ clock, sink, level: options.logLevel ?? "info" }),
  });
  return { checker, clock, prober, lines };
}

/** Lets every probe of some servers fail, and all others pass. */
export function failing(...addresses: readonly string[]): Script {
  return ({ address }) => ({ outcome: addresses.includes(address) ? "fail" : "pass" });
}

/** The state of a backend that must be there. */
export function stateOf(checker: Checker, backend: string): string {
  return checker.backend(backend)?.health.state ?? `no ${backend}`;
}

/** Events in one line each, such as `backend web1 up→down`. */
export function inWords(events: readonly Event[]): readonly string[] {
  return events.map((event) => {
    switch (event.kind) {
      case "backend":
        return `backend ${event.backend} ${event.transition.from}→${event.transition.to}`;
      case "frontend":
        return `frontend ${event.frontend} ${event.transition.from}→${event.transition.to}`;
      case "weight": {
        const { frontend, pool, backend } = event.place;
        return `weight ${frontend}/${pool}/${backend} ${event.from}→${event.to} by ${event.by}`;
      }
      case "reload":
        return "reload";
      case "log":
        return `log ${event.record.msg}`;
      case "lost":
        return `lost ${event.count}`;
    }
  });
}
