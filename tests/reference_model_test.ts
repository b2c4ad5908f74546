import assert from "node:assert/strict";
import {
  type BackendHealth,
  type BackendRules,
  type BackendState,
  chooseInterval,
  createBackend,
  effectiveWeights,
  frontendState,
  type HealthEvent,
  isServing,
  type MemberWeight,
  step,
} from "../src/health/mod.ts";
import {
  counterAfter,
  type Counts,
  frontendAfter,
  intervalAfter,
  isRefused,
  servesAfter,
  stateAfter,
  weigh,
} from "./reference_model.ts";
import { forSeeds, type Random } from "./seeded.ts";

const intervals = { interval: 3, fastInterval: 1, downInterval: 2 };
const names = ["a", "b", "c"];

/** A backend twice: as the code has it, and as a history for the model. */
interface Twin {
  health: BackendHealth;
  rules: BackendRules;
  enabledInFile: boolean;
  history: string;
  /** The states that the model went through, and the results that it heard. */
  states: BackendState[];
  heard: string;
}

interface Frontend {
  readonly flushOnDown: boolean;
  readonly pools: readonly (readonly { readonly name: string; readonly weight: number }[])[];
}

/** A backend without a health check behaves as rise 1 and fall 1. */
function countsOf({ isStatic, rise, fall }: BackendRules): Counts {
  return isStatic ? { rise: 1, fall: 1 } : { rise, fall };
}

function randomRules(random: Random, transitionHistory: number): BackendRules {
  const isStatic = random.chance(0.15);
  return { rise: random.int(1, 4), fall: random.int(1, 4), transitionHistory, isStatic };
}

/** Adds a letter to the model's history, and to a static backend's the pass that follows at once. */
function tell(twin: Twin, letter: string): void {
  for (const next of twin.rules.isStatic ? `${letter}+` : letter) {
    twin.history += next;
    twin.states.push(stateAfter(twin.history, countsOf(twin.rules)));
  }
}

function born(random: Random, name: string): Twin {
  const rules = randomRules(random, random.int(1, 6));
  const enabled = random.chance(0.85);
  const { health } = createBackend({ name, enabled, at: 0 }, rules);
  const states: BackendState[] = [enabled ? "unknown" : "disabled"];
  const twin = { health, rules, enabledInFile: enabled, history: "", states, heard: "" };
  tell(twin, enabled ? "" : "d");
  return twin;
}

/** One random event, told to the code and to the model. */
function live(random: Random, twin: Twin, luck: number, at: number): void {
  const before = twin.states.at(-1) as BackendState;
  const take = (event: HealthEvent) => {
    const next = step(twin.health, event, twin.rules);
    twin.health = next.health;
    return next;
  };
  const dice = random.next();
  if (dice < 0.8) {
    const ok = random.chance(luck);
    const letter = ok ? "+" : "-";
    const code = ok ? "L4OK" : "L4CON";
    const result = { ok, code, detail: "", started: at, durationMs: 1, phases: {} } as const;
    take({ kind: "result", result, at });
    if (twin.rules.isStatic) return;
    if (intervalAfter(twin.history, twin.rules) !== null) twin.heard += letter;
    tell(twin, letter);
  } else if (dice < 0.83) {
    take({ kind: "void", at });
  } else if (dice < 0.95) {
    const act = random.pick(["pause", "resume", "disable", "enable"] as const);
    const letter = act.charAt(0);
    const { refused } = take({ kind: "act", act, by: "10.0.0.5", at });
    assert.equal(refused?.code, isRefused(letter, before) ? "failed-precondition" : undefined);
    if (refused === undefined) tell(twin, letter);
  } else if (dice < 0.97) {
    const enabled = random.chance();
    take({ kind: "enabled", enabled, at });
    if (enabled !== twin.enabledInFile) tell(twin, enabled ? "e" : "d");
    twin.enabledInFile = enabled;
  } else if (dice < 0.995) {
    twin.rules = randomRules(random, twin.rules.transitionHistory);
    const isSameServer = random.chance(0.7);
    take({ kind: "changed", change: "", isSameServer, at });
    tell(twin, isSameServer ? "c" : "a");
  } else {
    take({ kind: "removed", at });
    tell(twin, "x");
  }
}

function compareBackend({ health, rules, history, states, heard }: Twin): void {
  const counts = countsOf(rules);
  const interval = rules.isStatic ? null : intervalAfter(history, counts);
  assert.equal(health.state, stateAfter(history, counts));
  if (interval !== null) assert.equal(health.counter, counterAfter(history, counts));
  const expected = { up: 3, fast: 1, down: 2, none: null };
  assert.equal(chooseInterval(health, rules, intervals), expected[interval ?? "none"]);
  assert.equal(health.results.map(({ ok }) => ok ? "+" : "-").join(""), heard.slice(-20));
  const changes = states.slice(1)
    .map((to, index) => `${states[index]} → ${to}`)
    .filter((_, index) => states[index] !== states[index + 1]);
  assert.deepEqual(
    health.transitions.map(({ from, to }) => `${from} → ${to}`),
    changes.slice(-rules.transitionHistory),
  );
}

function servesIn({ history, states }: Twin): boolean {
  return servesAfter(history, states);
}

function compareFrontend({ pools, flushOnDown }: Frontend, twins: Map<string, Twin>): void {
  const healthOf = (name: string) => twins.get(name)?.health as BackendHealth;
  const stateIn = (name: string) => twins.get(name)?.states.at(-1) as BackendState;
  const members = pools.map((pool) =>
    pool.map((member) => ({
      ...member,
      state: stateIn(member.name),
      serves: servesIn(twins.get(member.name) as Twin),
    }))
  );
  const code = effectiveWeights(
    { flushOnDown, pools: pools.map((backends, index) => ({ name: `pool${index}`, backends })) },
    (name) => healthOf(name).state,
    (name) => isServing(healthOf(name)),
  );
  assert.equal(frontendState(code), frontendAfter(members));
  const ofMember = ({ effective, flush, counts }: MemberWeight) =>
    counts || effective > 0 || flush ? { weight: effective, flush } : null;
  assert.deepEqual(
    code.map((pool) => pool.members.map(ofMember)),
    weigh(members, flushOnDown),
  );
}

function randomFrontend(random: Random): Frontend {
  const pools = Array.from(
    { length: random.int(1, 3) },
    () =>
      random.shuffle(names).slice(0, random.int(1, 3))
        .map((name) => ({ name, weight: random.pick([0, 1, 50, 100]) })),
  );
  return { pools, flushOnDown: random.chance() };
}

Deno.test("the code and a model that is written from the specification agree on any history", () => {
  forSeeds(2000, (random) => {
    const twins = new Map(names.map((name) => [name, born(random, name)]));
    const frontends = [randomFrontend(random), randomFrontend(random)];
    let luck = 0.5;
    for (let second = 0; second < 100; second++) {
      if (random.chance(0.1)) luck = random.pick([0.1, 0.5, 0.9]);
      const twin = random.pick([...twins.values()]);
      if (twin.health.state === "removed") continue;
      live(random, twin, luck, second);
      compareBackend(twin);
      for (const frontend of frontends) compareFrontend(frontend, twins);
    }
  });
});
