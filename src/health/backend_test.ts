import assert from "node:assert/strict";
import {
  type BackendHealth,
  type BackendRules,
  createBackend,
  type HealthEvent,
  isProbed,
  isServing,
  step,
} from "./backend.ts";
import { isUp, maximum, preset } from "./counter.ts";
import { act, epoch, healthAfter, probed, reachable, result, unprobed } from "./testing.ts";
import type { BackendState } from "./transition.ts";

const at = epoch;
const once = probed({ rise: 1, fall: 1 });
const changed: HealthEvent = {
  kind: "changed",
  at,
  change: "address changed",
  isSameServer: false,
};
const checkChanged: HealthEvent = { ...changed, change: "check changed", isSameServer: true };
const removed: HealthEvent = { kind: "removed", at };
const fileSays = (enabled: boolean): HealthEvent => ({ kind: "enabled", at, enabled });

/** The states that one event leads through, as text. */
function route(health: BackendHealth, event: HealthEvent, rules: BackendRules): string {
  const { transitions, refused } = step(health, event, rules);
  if (refused !== undefined) return refused.code === "not-found" ? "?" : "!";
  return transitions.map(({ to }) => to).join(",") || ".";
}

/** Checks a table: a row a situation, a column an event, a cell the states that it leads to. */
function checkTable(
  table: string,
  situations: Record<string, BackendHealth>,
  rules: BackendRules,
): void {
  const events: Record<string, (health: BackendHealth) => HealthEvent> = {
    pass: () => result(true),
    fail: () => result(false),
    void: () => ({ kind: "void", at }),
    pause: () => act("pause"),
    resume: () => act("resume"),
    disable: () => act("disable"),
    enable: () => act("enable"),
    changed: () => changed,
    flipped: ({ enabledInFile }) => fileSays(!enabledInFile),
    removed: () => removed,
  };
  const [head = [], ...rows] = table.trim().split("\n").map((row) => row.trim().split(/\s+/));
  assert.deepEqual(rows.map(([name]) => name), Object.keys(situations));
  for (const [name = "", ...cells] of rows) {
    const health = situations[name];
    assert(health);
    const actual = head.map((column) =>
      events[column] && route(health, events[column](health), rules)
    );
    assert.deepEqual(actual, cells, name);
  }
}

Deno.test("every event in every state does what the table says", () => {
  // "." changes no state, "!" is refused, "?" is not found; "flipped" is the file's `enabled`.
  checkTable(
    `
                   pass fail void pause  resume  disable  enable  changed flipped  removed
    unknown        up   down .    paused !       disabled .       .       disabled removed
    up             .    down .    paused !       disabled .       unknown disabled removed
    down           up   .    .    paused !       disabled .       unknown disabled removed
    paused         .    .    .    .      unknown disabled .       .       disabled removed
    disabled       .    .    .    !      !       .        unknown .       .        removed
    off-in-file    .    .    .    !      !       .        unknown .       unknown  removed
    on-against-it  .    down .    paused !       disabled .       unknown .        removed
    paused-on-it   .    .    .    .      unknown disabled .       .       .        removed
    removed        .    .    .    ?      ?       ?        ?       .       .        .
    `,
    {
      "unknown": healthAfter([], once),
      "up": healthAfter([result(true)], once),
      "down": healthAfter([result(false)], once),
      "paused": healthAfter([act("pause")], once),
      "disabled": healthAfter([act("disable")], once),
      "off-in-file": healthAfter([], once, false),
      "on-against-it": healthAfter([act("enable"), result(true)], once, false),
      "paused-on-it": healthAfter([act("enable"), act("pause")], once, false),
      "removed": healthAfter([removed], once),
    },
    once,
  );
});

Deno.test("a static backend passes through unknown and is up at once", () => {
  checkTable(
    `
                 pass fail void pause  resume     disable  enable     changed    flipped    removed
    up           .    .    .    paused !          disabled .          unknown,up disabled   removed
    paused       .    .    .    .      unknown,up disabled .          .          disabled   removed
    disabled     .    .    .    !      !          .        unknown,up .          .          removed
    off-in-file  .    .    .    !      !          .        unknown,up .          unknown,up removed
    `,
    {
      "up": healthAfter([], unprobed),
      "paused": healthAfter([act("pause")], unprobed),
      "disabled": healthAfter([act("disable")], unprobed),
      "off-in-file": healthAfter([], unprobed, false),
    },
    unprobed,
  );
});

Deno.test("a new backend has no transition behind it, except the one to up of a static one", () => {
  const create = (enabled: boolean, rules: BackendRules) =>
    createBackend({ name: "web1", enabled, at }, rules);
  const start = { from: "unknown", to: "up", at, cause: { kind: "start" } };
  const cases: [enabled: boolean, BackendRules, BackendState, transitions: unknown[]][] = [
    [true, probed(), "unknown", []],
    [false, probed(), "disabled", []],
    [true, unprobed, "up", [start]],
    [false, unprobed, "disabled", []],
  ];
  for (const [enabled, rules, state, transitions] of cases) {
    const made = create(enabled, rules);
    assert.equal(made.health.state, state);
    assert.equal(made.health.since, at);
    assert.deepEqual(made.transitions, transitions);
    assert.deepEqual(made.health.transitions, transitions);
  }
});

Deno.test("one result decides an unknown backend, whatever rise and fall are", () => {
  const rules = probed({ rise: 5, fall: 5 });
  assert.equal(healthAfter([result(true)], rules).state, "up");
  assert.equal(healthAfter([result(false)], rules).state, "down");
});

Deno.test("what changes nothing leaves the very same health behind", () => {
  const cases: [story: string, past: HealthEvent[], HealthEvent][] = [
    ["a void result", [result(true), result(false)], { kind: "void", at }],
    ["a repeated pause", [act("pause")], act("pause")],
    ["a repeated disable", [act("disable")], act("disable")],
    ["a repeated enable", [act("disable"), act("enable")], act("enable")],
    ["an enable of a paused backend", [act("pause")], act("enable")],
    ["a refused act", [act("disable")], act("pause")],
    ["a value in the file that is the old one", [act("disable")], fileSays(true)],
    ["a result that comes after a pause", [result(true), act("pause")], result(false)],
    ["a result that comes after the removal", [removed], result(false)],
  ];
  for (const [story, past, event] of cases) {
    const health = healthAfter(past);
    assert.equal(step(health, event, probed()).health, health, story);
  }
});

Deno.test("refusals name the backend and say what to do", () => {
  const cases: [BackendHealth, HealthEvent, code: string, message: string][] = [
    [
      healthAfter([act("disable")]),
      act("pause"),
      "failed-precondition",
      'backend "web1" is disabled; enable it first',
    ],
    [
      healthAfter([act("disable")]),
      act("resume"),
      "failed-precondition",
      'backend "web1" is disabled, not paused; enable it instead',
    ],
    [
      healthAfter([result(true)]),
      act("resume"),
      "failed-precondition",
      'backend "web1" is up, not paused; there is nothing to resume',
    ],
    [
      healthAfter([removed]),
      act("enable"),
      "not-found",
      'backend "web1" is no longer in the configuration; add it there and reload',
    ],
  ];
  for (const [health, event, code, message] of cases) {
    const refused = step(health, event, probed());
    assert.deepEqual(refused, { health, transitions: [], refused: { code, message } });
  }
});

Deno.test("a change begins again from unknown and keeps the history", () => {
  const health = healthAfter([result(true), result(false), changed]);
  assert.equal(health.state, "unknown");
  assert.equal(health.counter, preset(probed()));
  assert.equal(health.results.length, 2);
  assert.deepEqual(health.transitions.map(({ to }) => to), ["up", "unknown"]);
  assert.deepEqual(health.transitions.at(-1)?.cause, { kind: "config", change: "address changed" });
});

Deno.test("a change leaves a paused backend paused, with the counter preset anew", () => {
  const before = healthAfter([result(true), act("pause")]);
  const { health } = step(before, changed, probed({ rise: 7 }));
  assert.deepEqual(health, { ...before, counter: 6 });
});

Deno.test("a backend that loses its health check is up, and unknown when it gets one", () => {
  const down = healthAfter([result(false)]);
  assert.equal(route(down, changed, unprobed), "unknown,up");
  assert.equal(route(healthAfter([]), changed, unprobed), "up");
  assert.equal(route(healthAfter([], unprobed), changed, probed()), "unknown");
});

Deno.test("an override says who did what and when, for as long as it holds", () => {
  const by = "10.0.0.5";
  const pause = { act: "pause", by, at, under: null };
  const disable = { act: "disable", by, at, under: null };
  const enable = { act: "enable", by, at, under: null };
  const cases: [story: string, enabled: boolean, events: HealthEvent[], expected: unknown][] = [
    ["nobody did anything", true, [], null],
    ["a pause", true, [act("pause")], pause],
    ["a resume drops the pause", true, [act("pause"), act("resume")], null],
    ["a disable drops the pause", true, [act("pause"), act("disable")], disable],
    ["an enable returns to the file", true, [act("disable"), act("enable")], null],
    ["an enable against the file", false, [act("enable")], enable],
    ["a pause covers it", false, [act("enable"), act("pause")], { ...pause, under: enable }],
    ["a resume uncovers it", false, [act("enable"), act("pause"), act("resume")], enable],
    ["a disable ends it", false, [act("enable"), act("disable")], disable],
    ["a later enable", false, [act("enable"), act("disable"), act("enable")], enable],
    ["a new value in the file ends it", false, [act("enable"), fileSays(true)], null],
    ["also under a pause", false, [act("enable"), act("pause"), fileSays(true)], pause],
    ["the same value does not", false, [act("enable"), fileSays(false)], enable],
    ["enabled: false ends a pause", true, [act("pause"), fileSays(false)], null],
    ["and a disable", true, [act("disable"), fileSays(false)], null],
    ["a changed address ends nothing", true, [act("pause"), changed], pause],
    ["results end nothing", false, [act("enable"), result(false), result(true)], enable],
  ];
  for (const [story, enabled, events, expected] of cases) {
    assert.deepEqual(healthAfter(events, probed(), enabled).override, expected, story);
  }
});

Deno.test("in every health that can be reached, state, counter and override agree", () => {
  for (const rules of [once, probed(), probed({ rise: 3, fall: 1 }), unprobed]) {
    for (const { state, counter, override, enabledInFile } of reachable(rules)) {
      if (rules.isStatic && state === "up") assert.equal(counter, 1);
      if (isProbed(state, rules)) {
        assert(counter >= 0 && counter <= maximum(rules));
        if (state === "unknown") assert.equal(counter, preset(rules));
        else assert.equal(state === "up", isUp(counter, rules));
      }
      if (state === "removed") continue;
      assert.equal(override?.act === "pause", state === "paused");
      if (override?.act === "enable") assert(!enabledInFile);
      if (override?.act === "disable") assert.equal(state, "disabled");
      if (override === null) assert.equal(state !== "disabled", enabledInFile);
    }
  }
});

Deno.test("a server that was up serves on under another check, until its first result", () => {
  const cases: [string, HealthEvent[], boolean][] = [
    ["up", [result(true)], true],
    ["up, then another check", [result(true), checkChanged], true],
    ["another check twice", [result(true), checkChanged, checkChanged], true],
    ["a void probe after it", [result(true), checkChanged, { kind: "void", at }], true],
    ["a pass after it", [result(true), checkChanged, result(true)], true],
    ["a fail after it", [result(true), checkChanged, result(false)], false],
    ["another check after that", [result(true), checkChanged, result(false), checkChanged], false],
    ["a pause after it", [result(true), checkChanged, act("pause")], false],
    ["resumed after that", [result(true), checkChanged, act("pause"), act("resume")], false],
    ["disabled after it", [result(true), checkChanged, act("disable")], false],
    ["gone after it", [result(true), checkChanged, removed], false],
    ["another address", [result(true), changed], false],
    ["another check, then another address", [result(true), checkChanged, changed], false],
    ["another address, then another check", [result(true), changed, checkChanged], false],
    ["down, then another check", [result(false), checkChanged], false],
    ["unknown, then another check", [checkChanged], false],
    ["another check while it is paused", [result(true), act("pause"), checkChanged], false],
  ];
  for (const [name, events, serves] of cases) {
    assert.equal(isServing(healthAfter(events, once)), serves, name);
  }
});
