/**
 * What operators can do: pause, resume, disable, enable, and set weights.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { OperatorAct } from "../health/mod.ts";
import { failing, inWords, stateOf, storyConfig, testChecker } from "./testing.ts";

const place = { frontend: "www", pool: "primary", backend: "web2" };

/** The effective weights of a frontend's members, such as `web1 100`. */
function weightsOf(checker: ReturnType<typeof testChecker>["checker"], frontend: string) {
  const pools = checker.frontend(frontend)?.weights ?? [];
  return pools.flatMap(({ members }) => members).map((each) => `${each.backend} ${each.effective}`);
}

Deno.test("an act with a probe in flight abandons it, and its result with it", async () => {
  const acts: readonly OperatorAct[] = ["pause", "disable"];
  for (const act of acts) {
    const { clock, checker, prober } = testChecker({
      script: () => ({ outcome: "fail", afterMs: 300 }),
    });
    await clock.advance(100);
    const web1 = checker.backend("web1");
    assert.equal(web1?.isProbing, true);
    assert.equal(checker.act("web1", act, "me"), undefined);
    assert.deepEqual([web1.isProbing, web1.nextProbeAt, prober.abandoned], [false, null, 1]);
    await clock.advance(60_000);
    assert.equal(web1.health.state, act === "pause" ? "paused" : "disabled");
    assert.deepEqual(web1.health.results, []);
    assert.deepEqual(web1.counters.probes(), []);
    assert.equal(prober.starts.filter(({ address }) => address === "10.0.0.1").length, 1);
    checker.stop();
  }
});

Deno.test("after resume and enable, probing starts at once from unknown", async () => {
  for (const [hold, release] of [["pause", "resume"], ["disable", "enable"]] as const) {
    const { clock, checker, prober } = testChecker();
    await clock.advance(5000);
    checker.act("web1", hold, "me");
    await clock.advance(5000);
    const startsBefore = prober.starts.length;
    checker.act("web1", release, "me");
    assert.equal(stateOf(checker, "web1"), "unknown");
    assert.equal(prober.starts.length, startsBefore);
    await clock.advance(0);
    assert.equal(prober.starts.at(-1)?.address, "10.0.0.1");
    assert.equal(prober.starts.at(-1)?.atMs, 10_000);
    assert.equal(stateOf(checker, "web1"), "up");
    checker.stop();
  }
});

Deno.test("a repeated act changes nothing, and tells nobody", async () => {
  const { clock, checker } = testChecker();
  await clock.advance(5000);
  checker.act("web1", "pause", "me");
  const subscription = checker.subscribe();
  subscription.take();
  const health = checker.backend("web1")?.health;
  assert.equal(checker.act("web1", "pause", "another"), undefined);
  assert.equal(checker.backend("web1")?.health, health);
  assert.deepEqual(subscription.take(), []);
  // One that is enabled keeps its probing as it is.
  const dueAt = checker.backend("web2")?.nextProbeAt;
  assert.equal(checker.act("web2", "enable", "me"), undefined);
  assert.equal(checker.backend("web2")?.nextProbeAt, dueAt);
  checker.stop();
});

Deno.test("what cannot be done is refused with a reason that says what to do", async () => {
  const { clock, checker } = testChecker();
  await clock.advance(1000);
  const long = "x".repeat(100_000);
  const cases: [refused: ReturnType<typeof checker.act>, code: string, message: string][] = [
    [
      checker.act("web9", "pause", "me"),
      "not-found",
      'no backend named "web9" (did you mean "web1"?)',
    ],
    [checker.act("db", "pause", "me"), "not-found", 'no backend named "db"'],
    [checker.act(long, "pause", "me"), "not-found", `no backend named "${long.slice(0, 64)}…"`],
    [
      checker.act("web1", "resume", "me"),
      "failed-precondition",
      'backend "web1" is up, not paused; there is nothing to resume',
    ],
    [
      checker.setWeight({ ...place, frontend: "wwww" }, 1, "me"),
      "not-found",
      'no frontend named "wwww" (did you mean "www"?)',
    ],
    [
      checker.setWeight({ ...place, pool: "primry" }, 1, "me"),
      "not-found",
      'frontend "www" has no pool named "primry" (did you mean "primary"?)',
    ],
    [
      checker.setWeight({ ...place, backend: "web3" }, 1, "me"),
      "not-found",
      'pool "primary" of frontend "www" has no backend named "web3" (did you mean "web1"?)',
    ],
    ...[-1, 101, 0.5, NaN, Infinity].map((weight): typeof cases[number] => [
      checker.setWeight(place, weight, "me"),
      "invalid-argument",
      `a weight of ${weight} cannot be set; give a whole number from 0 to 100`,
    ]),
  ];
  for (const [refused, code, message] of cases) assert.deepEqual(refused, { code, message });
  assert.deepEqual(checker.weightOverrides, []);
  checker.stop();
});

Deno.test("a weight that an operator sets holds over the file's, and is told", async () => {
  const { clock, checker } = testChecker();
  await clock.advance(1000);
  const subscription = checker.subscribe({ kinds: ["weight", "frontend"] });
  subscription.take();
  assert.deepEqual(weightsOf(checker, "www"), ["web1 100", "web2 50", "sorry 0"]);
  assert.equal(checker.setWeight(place, 7, "me"), undefined);
  assert.equal(checker.setWeight(place, 7, "another"), undefined);
  assert.deepEqual(weightsOf(checker, "www"), ["web1 100", "web2 7", "sorry 0"]);
  assert.deepEqual(weightsOf(checker, "api"), ["web2 100", "web3 100"]);
  assert.equal(checker.setWeight({ ...place, backend: "web1" }, 0, "me"), undefined);
  assert.equal(checker.setWeight(place, 0, "me"), undefined);
  assert.equal(checker.frontend("www")?.state, "down");
  assert.deepEqual(inWords(subscription.take()), [
    "weight www/primary/web2 50→7 by me",
    "weight www/primary/web1 100→0 by me",
    "weight www/primary/web2 7→0 by me",
    "frontend www up→down",
  ]);
  const at = clock.now();
  assert.deepEqual(checker.weightOverrides, [
    { ...place, backend: "web1", weight: 0, inFile: 100, by: "me", at },
    { ...place, weight: 0, inFile: 50, by: "me", at },
  ]);
  checker.stop();
});

Deno.test("an operator's weight of the file's own value changes nothing", () => {
  const { checker } = testChecker();
  assert.equal(checker.setWeight(place, 50, "me"), undefined);
  assert.deepEqual(checker.weightOverrides, []);
  checker.stop();
});

Deno.test("why a backend weighs what it weighs is told from probes, acts, weights and VPP", async () => {
  const { clock, checker } = testChecker({ script: failing("10.0.0.1") });
  await clock.advance(1000);
  checker.setWeight(place, 7, "me");
  const reasons = checker.explain("web2", () => undefined) ?? [];
  assert.deepEqual(reasons.map(({ kind }) => kind), [
    ...["probes", "counter", "state"],
    ...["pool", "weight", "vpp", "pool", "weight", "vpp"],
  ]);
  const weights = reasons.flatMap((each) => each.kind === "weight" ? [each] : []);
  assert.deepEqual(
    weights.map(({ frontend, effective, override }) => [frontend, effective, override?.by]),
    [["www", 7, "me"], ["api", 100, undefined]],
  );
  checker.act("web1", "disable", "me");
  assert.equal(checker.explain("web1")?.[0]?.kind, "override");
  assert.equal(checker.explain("web9"), undefined);
  checker.stop();
});

Deno.test("a backend that is disabled in the file waits for an operator", async () => {
  const config = storyConfig(["10.0.0.1,", "10.0.0.1, enabled: false,"]);
  const { clock, checker, prober } = testChecker({ config });
  await clock.advance(10_000);
  assert.equal(stateOf(checker, "web1"), "disabled");
  assert.ok(prober.starts.every(({ address }) => address !== "10.0.0.1"));
  checker.act("web1", "enable", "me");
  await clock.advance(0);
  assert.equal(stateOf(checker, "web1"), "up");
  checker.stop();
});
