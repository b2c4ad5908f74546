/**
 * Random lives of a checker: results, acts, weights, reloads and subscribers in any order, and what
 * must be true whatever happens.
 *
 * @module
 */

import assert from "node:assert/strict";
import { forSeeds, type Random } from "../../tests/seeded.ts";
import { virtualClock } from "../clock.ts";
import type { Backend, Config, Frontend } from "../config/mod.ts";
import {
  applyWeights,
  effectiveWeights,
  frontendState,
  isProbed,
  isServing,
} from "../health/mod.ts";
import { logger } from "../log.ts";
import { type Checker, startChecker } from "./checker.ts";
import type { Event } from "./event.ts";
import type { EventSubscription } from "./event_subscription.ts";
import { scriptedProber, storyConfig } from "./testing.ts";

const names = ["a", "b", "c", "d", "e", "f"];

/** A configuration in which some of a few backends, health checks and frontends are there. */
function randomConfig(random: Random): Config {
  const base = storyConfig();
  const [web, www] = [base.healthchecks.get("web"), base.frontends.get("www")];
  assert.ok(web !== undefined && www !== undefined);
  const checks = ["fast", "slow"].map((name) => ({
    ...web,
    name,
    rise: random.int(1, 2),
    intervalNs: name === "fast" ? 200e6 : 2000e6,
  }));
  const present = random.shuffle(names).slice(0, random.int(2, names.length));
  const backends = present.map((name): Backend => ({
    name,
    address: { family: 4, text: `10.0.${random.int(0, 1)}.${names.indexOf(name)}` },
    healthcheck: random.pick(["fast", "fast", "slow", null]),
    enabled: random.chance(0.9),
  }));
  const frontends = random.shuffle(["one", "two", "three"]).slice(0, random.int(1, 3))
    .map((name): Frontend => ({
      ...www,
      name,
      flushOnDown: random.chance(),
      pools: ["first", "second"].map((pool) => ({
        name: pool,
        backends: random.shuffle(present).slice(0, random.int(1, 3))
          .map((backend) => ({ name: backend, weight: random.pick([0, 50, 100]) })),
      })),
    }));
  return {
    ...base,
    healthchecker: { transitionHistory: random.int(1, 5), netns: random.pick([null, "dataplane"]) },
    healthchecks: new Map(checks.map((check) => [check.name, check])),
    backends: new Map(backends.map((backend) => [backend.name, backend])),
    frontends: new Map(frontends.map((frontend) => [frontend.name, frontend])),
  };
}

/** One subscriber that reads now and then, and what it was told. */
interface Reader {
  readonly subscription: EventSubscription;
  readonly told: Map<string, string>;
  sequence: number | null;
}

function read(reader: Reader, most: number): void {
  for (const event of reader.subscription.take(most)) {
    const isState = (event.kind === "backend" || event.kind === "frontend") &&
      event.transition.from === event.transition.to;
    const expected = (reader.sequence ?? event.sequence) + (isState ? 0 : 1);
    if (event.kind !== "lost") assert.equal(event.sequence, expected, "numbers rise by one");
    reader.sequence = event.sequence;
    follow(event, reader.told);
  }
}

function follow(event: Event, told: Map<string, string>): void {
  // A frontend that is removed has no last event; one that comes back begins anew.
  if (event.kind === "lost" || event.kind === "reload") {
    for (const subject of told.keys()) {
      if (event.kind === "lost" || subject.startsWith("frontend")) told.delete(subject);
    }
  }
  if (event.kind !== "backend" && event.kind !== "frontend") return;
  const { from, to } = event.transition;
  const subject = `${event.kind} ${event.kind === "backend" ? event.backend : event.frontend}`;
  assert.equal(told.get(subject) ?? from, from, `${subject} goes on from where it was`);
  if (from !== to && event.kind === "backend") assert.notEqual(event.transition.cause, null);
  if (to === "removed") told.delete(subject);
  else told.set(subject, to);
}

/** What must be true of a checker between any two things that happen. */
function checkInvariants(checker: Checker): void {
  const { config, weightOverrides } = checker;
  const stateOf = (name: string) => checker.backend(name)?.health.state ?? "removed";
  const serves = (name: string) => {
    const health = checker.backend(name)?.health;
    return health !== undefined && isServing(health);
  };
  assert.deepEqual([...checker.backends()].map(({ backend }) => backend), [
    ...config.backends.values(),
  ]);
  for (const { backend, health, rules, check, nextProbeAt, isProbing } of checker.backends()) {
    assert.equal(rules.isStatic, check === null);
    assert.equal(isProbed(health.state, rules), isProbing || nextProbeAt !== null, backend.name);
    assert.ok(health.transitions.length <= config.healthchecker.transitionHistory);
  }
  assert.deepEqual([...checker.frontends()].map(({ frontend }) => frontend), [
    ...config.frontends.values(),
  ]);
  for (const { frontend, weights, state, transitions, since } of checker.frontends()) {
    const { flushOnDown } = frontend;
    const pools = applyWeights(frontend, weightOverrides);
    assert.deepEqual(weights, effectiveWeights({ pools, flushOnDown }, stateOf, serves));
    assert.equal(state, frontendState(weights));
    assert.ok(transitions.length <= config.healthchecker.transitionHistory);
    assert.equal(transitions.at(-1)?.at ?? since, since);
    for (const backend of new Set(pools.flatMap(({ backends }) => backends))) {
      assert.ok(checker.backend(backend.name)?.frontends.includes(frontend.name));
    }
  }
}

async function live(random: Random): Promise<void> {
  const clock = virtualClock();
  const prober = scriptedProber(clock, () => ({
    outcome: random.pick(["pass", "pass", "pass", "fail", "fail", "void", "never"]),
    afterMs: random.int(1, 300),
  }));
  const log = logger({ clock, sink: () => {} });
  let config = randomConfig(random);
  const checker = startChecker({ config, prober, clock, random: random.next, log });
  checker.onChange(() => checkInvariants(checker));
  const subscribe = (): Reader => {
    const subscription = checker.subscribe({ logLevel: "debug" });
    return { subscription, told: new Map(), sequence: null };
  };
  const readers = [subscribe(), subscribe(), subscribe()];
  const place = () => {
    const [frontend, pool, backend] = [["one", "two"], ["first", "second"], names];
    return {
      frontend: random.pick(frontend ?? []),
      pool: random.pick(pool ?? []),
      backend: random.pick(backend ?? []),
    };
  };
  for (let scene = 0; scene < 150; scene++) {
    const dice = random.next();
    if (dice < 0.5) {
      await clock.advance(random.int(0, 500));
    } else if (dice < 0.75) {
      checker.act(random.pick(names), random.pick(["pause", "resume", "disable", "enable"]), "me");
    } else if (dice < 0.9) {
      checker.setWeight(place(), random.pick([0, 10, 50, 100]), "me");
    } else if (dice < 0.95) {
      config = random.chance(0.8) ? randomConfig(random) : config;
      checker.reload(config);
    } else {
      readers.splice(0, 1, ...readers.splice(1, 1), subscribe());
    }
    assert.equal(checker.config, config);
    checkInvariants(checker);
    for (const reader of readers) if (random.chance(0.3)) read(reader, random.int(1, 50));
  }
  for (const reader of readers) {
    read(reader, Infinity);
    for (const { backend: { name }, health } of checker.backends()) {
      assert.equal(reader.told.get(`backend ${name}`) ?? health.state, health.state, name);
    }
  }
  checker.stop();
  assert.equal(clock.pending, 0);
  assert.equal(prober.inFlight, 0);
}

Deno.test("whatever happens to a checker, all that it says fits together", async () => {
  const lives: Promise<void>[] = [];
  forSeeds(30, (random, seed) => {
    lives.push(
      live(random).catch((cause) => {
        throw new Error(`seed ${seed} fails; repeat it with MAGLEV_SEED=${seed}`, { cause });
      }),
    );
  });
  await Promise.all(lives);
});
