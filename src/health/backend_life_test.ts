/**
 * Properties of whole lives of backends.
 *
 * @module
 */

import assert from "node:assert/strict";
import { forSeeds } from "../../tests/seeded.ts";
import type { CounterRules } from "./counter.ts";
import { type Life, randomLife } from "./testing.ts";
import type { BackendState, Transition } from "./transition.ts";

/** The state after some results, told from the runs of equal results at their end: no counter. */
function stateAfter(results: readonly boolean[], { rise, fall }: CounterRules): BackendState {
  let state: BackendState = "unknown";
  results.forEach((ok, index) => {
    const last = (length: number) => results.slice(Math.max(0, index + 1 - length), index + 1);
    if (state === "unknown") state = ok ? "up" : "down";
    else if (state === "up" && !last(fall).includes(true)) state = "down";
    else if (state === "down" && !last(rise).includes(false)) state = "up";
  });
  return state;
}

function transitionsOf({ birth, scenes }: Life): readonly Transition[] {
  return [birth, ...scenes.map(({ step }) => step)].flatMap(({ transitions }) => transitions);
}

Deno.test("exactly fall fails in a row lead down, and rise passes in a row lead up", () => {
  forSeeds(300, (random) => {
    const { rules, scenes } = randomLife(random);
    if (rules.isStatic) return;
    let results: boolean[] = [];
    for (const { before, event, step: { health, transitions } } of scenes) {
      if (transitions.some(({ to }) => to === "unknown")) results = [];
      const isHeld = before.state !== "unknown" && before.state !== "up" && before.state !== "down";
      if (event.kind !== "result" || isHeld) continue;
      results.push(event.result.ok);
      assert.equal(health.state, stateAfter(results, rules));
    }
  });
});

Deno.test("each transition begins where the last one ended, and changes something", () => {
  forSeeds(300, (random) => {
    const life = randomLife(random);
    let state: BackendState = life.birth.transitions[0]?.from ?? life.birth.health.state;
    for (const { from, to } of transitionsOf(life)) {
      assert.equal(from, state);
      assert.notEqual(to, from);
      state = to;
    }
    assert.equal(state, life.scenes.at(-1)?.step.health.state);
  });
});

Deno.test("the cause of a transition is the event that led to it", () => {
  const causes = {
    result: "probe",
    act: "operator",
    changed: "config",
    enabled: "config",
    removed: "config",
    void: "none",
  };
  forSeeds(300, (random) => {
    for (const { event, step: { transitions } } of randomLife(random).scenes) {
      for (const { at, cause } of transitions) {
        assert.equal(at, event.at);
        assert.equal(cause.kind, causes[event.kind]);
        if (cause.kind === "probe") {
          assert(event.kind === "result" && cause.result === event.result);
        }
      }
    }
  });
});

Deno.test("the state lasts since the last transition", () => {
  forSeeds(300, (random) => {
    const { birth, scenes } = randomLife(random);
    let since = birth.health.since;
    for (const { step: { health, transitions } } of scenes) {
      since = transitions.at(-1)?.at ?? since;
      assert.equal(health.since, since);
    }
  });
});

Deno.test("the histories are the last of all transitions and of all results that counted", () => {
  forSeeds(300, (random) => {
    const life = randomLife(random);
    const { rules, scenes } = life;
    const health = scenes.at(-1)?.step.health;
    assert.deepEqual(health?.transitions, transitionsOf(life).slice(-rules.transitionHistory));
    const results = scenes.flatMap(({ before, event, step }) =>
      event.kind === "result" && before !== step.health ? [event.result] : []
    );
    assert.deepEqual(health?.results, results.slice(-20));
  });
});

Deno.test("what is refused or void changes nothing at all", () => {
  forSeeds(300, (random) => {
    for (const { before, event, step } of randomLife(random).scenes) {
      if (event.kind !== "void" && step.refused === undefined) continue;
      assert.equal(step.health, before);
      assert.deepEqual(step.transitions, []);
    }
  });
});

Deno.test("a static backend is never down and never waits for a probe", () => {
  forSeeds(300, (random) => {
    const { rules, birth, scenes } = randomLife(random);
    if (!rules.isStatic) return;
    for (const { health } of [birth, ...scenes.map(({ step }) => step)]) {
      assert(health.state !== "down" && health.state !== "unknown");
      assert.deepEqual(health.results, []);
    }
  });
});
