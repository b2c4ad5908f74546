import assert from "node:assert/strict";
import { forSeeds } from "../../tests/seeded.ts";
import type { HealthEvent } from "./backend.ts";
import { describeReason } from "./describe_reason.ts";
import { explain, type ExplainInput, type Installed } from "./explain.ts";
import { effectiveWeights } from "./pools.ts";
import {
  act,
  epoch,
  frontendOf,
  healthAfter,
  probed,
  randomFrontend,
  reachable,
  result,
  statesOf,
  unprobed,
} from "./testing.ts";
import type { BackendState } from "./transition.ts";

const minute = 60_000;

/** What an operator reads about web1 at a time. */
function tell(input: Partial<ExplainInput>, now: number): string[] {
  const health = input.health ?? healthAfter([]);
  const stateOf = statesOf({ web1: health.state });
  const reasons = explain({ health, rules: probed(), frontends: [], stateOf, ...input });
  return reasons.map((reason) => describeReason(reason, now));
}

/** Results a second apart: p for a pass, f for a fail. */
function probes(letters: string): HealthEvent[] {
  return [...letters].map((letter, index) => result(letter === "p", epoch + 1000 * index));
}

Deno.test("the story of a backend that serves", () => {
  const lines = tell({
    health: healthAfter(probes("ppp")),
    frontends: [frontendOf([["web1", "web2"], ["sorry"]])],
    stateOf: statesOf({ web1: "up", web2: "down" }),
    vpp: () => ({ weight: 100, buckets: 1024, tableLength: 1024, flows: 1 }),
  }, epoch + 3 * minute);
  assert.deepEqual(lines, [
    "last 3 probes passed: L7OK status 200",
    "counter 4 of 4 (up at 2)",
    "up for 3m",
    'www: pool "pool0" is active (1 of 2 backends up)',
    "www: effective weight 100, as the file says",
    "www: VPP has weight 100, 100 % of the buckets, 1 flow",
  ]);
});

Deno.test("the story of a backend that died, before VPP has heard of it", () => {
  const lines = tell({
    health: healthAfter(probes("pfff")),
    frontends: [frontendOf([["web1", "web2"], ["sorry"]], { flushOnDown: true })],
    stateOf: statesOf({ web1: "down", web2: "up", sorry: "up" }),
    vpp: () => ({ weight: 100, buckets: 123, tableLength: 1024, flows: 341 }),
  }, epoch + 15_000);
  assert.deepEqual(lines, [
    "last 3 probes failed: L4CON connect: connection refused",
    "counter 0 of 4 (up at 2)",
    "down for 12s",
    'www: pool "pool0" is active (1 of 2 backends up)',
    "www: effective weight 0 instead of 100: " +
    "backend is down, flows are flushed (flush-on-down: true)",
    "www: VPP has weight 100, 12 % of the buckets, 341 flows — differs, weight 0 is wanted",
  ]);
});

Deno.test("the story of a backend that an operator drains in two frontends", () => {
  const lines = tell({
    health: healthAfter([...probes("p"), act("pause", epoch + minute)]),
    frontends: [frontendOf([["web1"], ["sorry"]]), frontendOf([["web1"]], { name: "mail" })],
    stateOf: statesOf({ web1: "paused", sorry: "up" }),
    vpp: () => ({ weight: 0, buckets: 0, tableLength: 1024, flows: 341 }),
  }, epoch + 42 * minute);
  assert.deepEqual(lines, [
    "paused by 10.0.0.5 41m ago",
    'www: pool "pool1" is active (1 of 1 backends up), ' +
    'this backend is in "pool0", where none is up',
    "www: effective weight 0 instead of 100: backend is paused, flows drain",
    "www: VPP has weight 0, no buckets, 341 flows left",
    'mail: no pool has an up backend; the first, "pool0", counts as active',
    "mail: effective weight 0 instead of 100: backend is paused, flows drain",
    "mail: VPP has weight 0, no buckets, 341 flows left",
  ]);
});

Deno.test("the story of a healthy backend on standby, whose weight an operator lowered", () => {
  const place = { frontend: "www", pool: "pool1", backend: "web1" };
  const lines = tell({
    health: healthAfter(probes("p")),
    frontends: [frontendOf([["main1", "main2"], ["web1"]])],
    stateOf: statesOf({ web1: "up", main1: "up", main2: "up" }),
    weightOverrides: [{ ...place, weight: 30, inFile: 100, by: "alice", at: epoch }],
  }, epoch + 2 * 60 * minute);
  assert.deepEqual(lines.slice(2), [
    "up for 2h0m",
    'www: pool "pool0" is active (2 of 2 backends up), this backend is in "pool1": standby',
    "www: effective weight 0 instead of 30 (set by alice 2h0m ago, the file says 100): " +
    'pool "pool1" is not active, flows drain',
  ]);
});

Deno.test("the story of a backend that was enabled against the file and not probed yet", () => {
  const lines = tell({
    health: healthAfter([act("enable", epoch, "alice")], probed(), false),
    frontends: [frontendOf([["sorry"], ["web1"]])],
  }, epoch + 1000);
  assert.deepEqual(lines, [
    "no probe has finished since the backend became unknown",
    "counter 1 of 4 (up at 2)",
    "enabled by alice 1s ago, although the file says enabled: false",
    "unknown for 1s, enabled by alice",
    'www: no pool has an up backend; the first, "pool0", counts as active, ' +
    'this backend is in "pool1"',
    "www: effective weight 0 instead of 100: backend is unknown, flows drain",
  ]);
});

Deno.test("the probes before a change explain nothing after it", () => {
  const change: HealthEvent = {
    kind: "changed",
    at: epoch + minute,
    change: "address changed",
    isSameServer: false,
  };
  const lines = tell({ health: healthAfter([...probes("pfff"), change]) }, epoch + 2 * minute);
  assert.deepEqual(lines, [
    "no probe has finished since the backend became unknown",
    "counter 1 of 4 (up at 2)",
    "unknown for 1m, after a reload: address changed",
    "no frontend uses this backend",
  ]);
});

Deno.test("a static backend is up for want of a health check", () => {
  const lines = tell({ health: healthAfter([], unprobed), rules: unprobed }, epoch + minute);
  assert.deepEqual(lines.slice(0, 2), [
    "no health check: up unless paused or disabled",
    "up for 1m",
  ]);
});

Deno.test("a backend that the file disables has no other reasons than the file", () => {
  const lines = tell({ health: healthAfter([], probed(), false) }, epoch + minute);
  assert.equal(lines[0], "disabled for 1m, the file says enabled: false");
  assert.equal(lines.length, 2);
});

Deno.test("a backend in several pools is explained by the first", () => {
  const lines = tell({
    health: healthAfter(probes("p")),
    frontends: [frontendOf([["web1"], ["web1", "sorry"]])],
  }, epoch);
  assert.deepEqual(lines.slice(3), [
    'www: pool "pool0" is active (1 of 1 backends up)',
    "www: effective weight 100, as the file says",
  ]);
});

Deno.test("VPP differs where it sends other traffic than is wanted", () => {
  const has = (weight: number | null): Installed => (
    { weight, buckets: 0, tableLength: 1024, flows: 0 }
  );
  const cases: [wanted: number, Installed | undefined, differs: boolean][] = [
    [100, has(100), false],
    [100, has(50), true],
    [100, has(0), true],
    [100, undefined, true],
    [0, has(100), true],
    [0, has(0), false],
    [0, undefined, false],
    // Releases that know no weights delete what should have none, and weigh the rest alike.
    [50, has(null), false],
    [0, has(null), true],
  ];
  for (const [wanted, installed, differs] of cases) {
    const reasons = explain({
      health: healthAfter(probes("p")),
      rules: probed(),
      frontends: [frontendOf([["web1"]], { weight: wanted })],
      stateOf: statesOf({ web1: "up" }),
      vpp: () => installed,
    });
    const expected = {
      kind: "vpp",
      frontend: "www",
      wanted,
      installed: installed ?? null,
      differs,
    };
    assert.deepEqual(reasons.at(-1), expected);
  }
});

Deno.test("every health that can be reached is explained in plain lines", () => {
  const states: BackendState[] = ["unknown", "up", "down", "paused", "disabled"];
  const frontends = [
    frontendOf([["web1", "peer"], ["sorry"]], { flushOnDown: true }),
    frontendOf([["peer"], ["web1"]], { name: "mail", weight: 0 }),
    frontendOf([["peer"]], { name: "dns" }),
  ];
  const installed = [undefined, { weight: 50, buckets: 1, tableLength: 1024, flows: 0 }];
  for (const rules of [probed(), probed({ rise: 1, fall: 1 }), unprobed]) {
    for (const health of reachable(rules)) {
      for (const peer of states) {
        for (const vpp of installed) {
          const stateOf = statesOf({ web1: health.state, peer, sorry: "up" });
          const lines = tell({ health, rules, frontends, stateOf, vpp: () => vpp }, epoch);
          for (const line of lines) {
            assert.match(line, /^\S[^\n]*[^\s:,;]$/);
            assert.doesNotMatch(line, /undefined|null|NaN|Infinity|object/);
          }
        }
      }
    }
  }
});

Deno.test("what is explained is what the pools decide", () => {
  forSeeds(500, (random) => {
    const { frontend, stateOf } = randomFrontend(random);
    for (const { isActive, members } of effectiveWeights(frontend, stateOf)) {
      for (const { backend, state, weight, effective, flush, counts } of members) {
        if (!counts) continue;
        const health = { ...healthAfter([]), name: backend, state };
        const [, reason] = explain({ health, rules: probed(), frontends: [frontend], stateOf })
          .filter((reason) => "frontend" in reason);
        assert(reason?.kind === "weight");
        assert.deepEqual(
          [reason.weight, reason.effective, reason.flush, reason.obstacle === null],
          [weight, effective, flush, state === "up" && isActive],
        );
      }
    }
  });
});

Deno.test("the order of the frontends, or of a pool's members, changes no reason", () => {
  forSeeds(300, (random) => {
    const { frontend, stateOf } = randomFrontend(random);
    const frontends = ["www", "mail", "dns"].map((name) => ({ ...frontend, name }));
    const health = { ...healthAfter([]), name: "a", state: stateOf("a") };
    const shuffled = random.shuffle(frontends).map(({ pools, ...rest }) => ({
      ...rest,
      pools: pools.map(({ name, backends }) => ({ name, backends: random.shuffle(backends) })),
    }));
    const reasonsOf = (list: typeof frontends) =>
      explain({ health, rules: probed(), frontends: list, stateOf }).map((reason) =>
        JSON.stringify(reason)
      ).sort();
    assert.deepEqual(reasonsOf(shuffled), reasonsOf(frontends));
  });
});
