import assert from "node:assert/strict";
import { forSeeds } from "../../tests/seeded.ts";
import { activePool, effectiveWeights } from "./pools.ts";
import { frontendOf, randomFrontend, statesOf } from "./testing.ts";
import type { BackendState } from "./transition.ts";

Deno.test("weights and flushes are those of the table", () => {
  // "sure" is up, so that the first pool is active whatever the state of the backends in question.
  const table: [
    state: BackendState,
    inActive: number,
    inOther: number,
    flush: "no" | "yes" | "flush-on-down",
  ][] = [
    ["unknown", 0, 0, "no"],
    ["paused", 0, 0, "no"],
    ["up", 50, 0, "no"],
    ["down", 0, 0, "flush-on-down"],
    ["disabled", 0, 0, "yes"],
  ];
  const pools = [["sure", "first"], ["second"]];
  for (const [state, inActive, inOther, flush] of table) {
    for (const flushOnDown of [false, true]) {
      const stateOf = statesOf({ sure: "up", first: state, second: state });
      const frontend = frontendOf(pools, { flushOnDown, weight: 50 });
      const [primary, other] = effectiveWeights(frontend, stateOf);
      const expected = flush === "flush-on-down" ? flushOnDown : flush === "yes";
      const story = `${state}, flush-on-down ${flushOnDown}`;
      const serves = state === "up";
      const first = { backend: "first", state, serves, weight: 50, flush: expected, counts: true };
      assert.deepEqual(primary?.members[1], { ...first, effective: inActive }, story);
      const second = { ...first, backend: "second", effective: inOther };
      assert.deepEqual(other?.members[0], second, story);
    }
  }
});

Deno.test("the active pool is the first with a backend that is up, or else the first", () => {
  const { pools } = frontendOf([["a", "b"], ["c"], ["d"]]);
  const cases: [a: BackendState, b: BackendState, c: BackendState, d: BackendState, number][] = [
    ["up", "up", "up", "up", 0],
    ["down", "up", "up", "up", 0],
    ["down", "paused", "up", "up", 1],
    ["disabled", "unknown", "down", "up", 2],
    ["down", "down", "down", "down", 0],
    ["unknown", "unknown", "unknown", "unknown", 0],
  ];
  for (const [a, b, c, d, expected] of cases) {
    const stateOf = statesOf({ a, b, c, d });
    assert.equal(activePool(pools, (name) => stateOf(name) === "up"), expected);
  }
});

Deno.test("a backend of weight 0 that is up makes its pool active all the same", () => {
  const frontend = frontendOf([["a"], ["b"]], { weights: { a: 0, b: 100 } });
  const weights = effectiveWeights(frontend, statesOf({ a: "up", b: "up" }));
  assert.deepEqual(weights.map(({ isActive }) => isActive), [true, false]);
  assert.deepEqual(weights.map(({ members }) => members[0]?.effective), [0, 0]);
});

Deno.test("a backend in several pools counts where it first appears", () => {
  const frontend = frontendOf([["a"], ["a", "b"]]);
  const [first, second] = effectiveWeights(frontend, statesOf({ a: "disabled", b: "up" }));
  assert.deepEqual(first?.members.map(({ counts, flush }) => ({ counts, flush })), [
    { counts: true, flush: true },
  ]);
  assert.deepEqual(second?.members.map(({ counts, flush }) => ({ counts, flush })), [
    { counts: false, flush: false },
    { counts: true, flush: false },
  ]);
});

Deno.test("failback demotes the later pool to standby, whose flows drain", () => {
  const frontend = frontendOf([["primary"], ["sorry"]], { flushOnDown: true });
  const during = effectiveWeights(frontend, statesOf({ primary: "down", sorry: "up" }));
  assert.deepEqual(during.map(({ members }) => members[0]?.effective), [0, 100]);
  const after = effectiveWeights(frontend, statesOf({ primary: "up", sorry: "up" }));
  assert.deepEqual(after.map(({ members }) => members[0]?.effective), [100, 0]);
  assert.deepEqual(after.map(({ members }) => members[0]?.flush), [false, false]);
});

Deno.test("at most one pool has weight, and it is the active one", () => {
  forSeeds(500, (random) => {
    const { frontend, stateOf } = randomFrontend(random);
    const weights = effectiveWeights(frontend, stateOf);
    assert.equal(weights.filter(({ isActive }) => isActive).length, 1);
    for (const { isActive, members } of weights) {
      if (!isActive) assert(members.every(({ effective }) => effective === 0));
    }
  });
});

Deno.test("a backend counts exactly once, and weighs what it is given or nothing", () => {
  forSeeds(500, (random) => {
    const { frontend, stateOf } = randomFrontend(random);
    const members = effectiveWeights(frontend, stateOf).flatMap((pool) => pool.members);
    for (const { backend } of members) {
      const counting = members.filter((other) => other.backend === backend && other.counts);
      assert.equal(counting.length, 1);
    }
    for (const { counts, state, weight, effective, flush } of members) {
      assert(effective === 0 || (effective === weight && counts && state === "up"));
      assert(!flush || (effective === 0 && counts));
    }
  });
});

Deno.test("the order of a pool's members decides nothing", () => {
  forSeeds(500, (random) => {
    const { frontend, stateOf } = randomFrontend(random);
    const pools = frontend.pools.map(({ name, backends }) => ({
      name,
      backends: random.shuffle(backends),
    }));
    const sorted = (weights: ReturnType<typeof effectiveWeights>) =>
      weights.map(({ members, ...pool }) => ({
        ...pool,
        members: members.toSorted((one, other) => one.backend < other.backend ? -1 : 1),
      }));
    assert.deepEqual(
      sorted(effectiveWeights({ ...frontend, pools }, stateOf)),
      sorted(effectiveWeights(frontend, stateOf)),
    );
  });
});

Deno.test("a backend that serves although it is unknown weighs what it should, and holds its pool", () => {
  const frontend = frontendOf([["a"], ["b"]]);
  const stateOf = statesOf({ a: "unknown", b: "up" });
  const weights = effectiveWeights(frontend, stateOf, () => true);
  assert.deepEqual(weights.map(({ members: [member] }) => member?.effective), [100, 0]);
  assert.deepEqual(weights[0]?.members[0]?.state, "unknown");
});
