/**
 * When probes start, told by a prober that writes down what it is asked for.
 *
 * @module
 */

import assert from "node:assert/strict";
import {
  type Answer,
  failing,
  fleetConfig,
  type ProbeStart,
  stateOf,
  storyConfig,
  testChecker,
  type TestedChecker,
} from "./testing.ts";

const secondNs = 1e9;

/** The times from each start of a server's probes to the next. */
function gaps(starts: readonly ProbeStart[], address: string): readonly number[] {
  const times = starts.filter((start) => start.address === address).map(({ atMs }) => atMs);
  return times.slice(1).map((atMs, index) => atMs - (times[index] ?? 0));
}

function assertNear(gapsMs: readonly number[], intervalMs: number): void {
  assert.ok(gapsMs.length > 0);
  for (const gapMs of gapsMs) {
    assert.ok(gapMs >= 0.9 * intervalMs - 1e-6 && gapMs <= 1.1 * intervalMs + 1e-6, `${gapsMs}`);
  }
}

/** The most starts in one millisecond. */
function mostInOneMs(starts: readonly ProbeStart[]): number {
  const perMs = new Map<number, number>();
  for (const { atMs } of starts) {
    perMs.set(Math.floor(atMs), (perMs.get(Math.floor(atMs)) ?? 0) + 1);
  }
  return Math.max(...perMs.values());
}

/** Of the starts up to now, those that come later. */
function startsAfter({ prober }: TestedChecker): () => readonly ProbeStart[] {
  const before = prober.starts.length;
  return () => prober.starts.slice(before);
}

Deno.test("a backend is probed at the interval of its state", async () => {
  const tested = testChecker({ script: failing("10.0.0.2") });
  const { clock, checker, prober } = tested;
  await clock.advance(60_000);
  assert.equal(stateOf(checker, "web1"), "up");
  assertNear(gaps(prober.starts, "10.0.0.1"), 2000);
  assert.equal(stateOf(checker, "web2"), "down");
  assertNear(gaps(prober.starts, "10.0.0.2"), 10_000);

  // In doubt, in either direction, it is probed faster, from the very start of the doubtful probe on.
  prober.script = failing("10.0.0.1");
  const later = startsAfter(tested);
  await clock.advance(20_000);
  const [first = 0, second = 0, ...rest] = gaps(later(), "10.0.0.1");
  assertNear([first, second], 500);
  assert.equal(stateOf(checker, "web1"), "down");
  assertNear(rest, 10_000);
  assertNear(gaps(later(), "10.0.0.2").slice(0, 1), 500);
  assertNear(gaps(later(), "10.0.0.2").slice(1), 2000);
  checker.stop();
});

Deno.test("waits vary evenly by 10 % around the interval", async () => {
  const intervalMs = 100;
  const config = fleetConfig({
    count: 10,
    check: { intervalNs: secondNs / 10, fastIntervalNs: secondNs / 10 },
  });
  const { clock, checker, prober } = testChecker({ config });
  await clock.advance(20_000);
  checker.stop();
  const all = [...config.backends.values()]
    .flatMap(({ address }) => gaps(prober.starts, address.text));
  assertNear(all, intervalMs);
  const mean = all.reduce((sum, gapMs) => sum + gapMs, 0) / all.length;
  assert.ok(Math.abs(mean - intervalMs) < 0.5, `${mean}`);
  const fifths = new Array<number>(5).fill(0);
  for (const gapMs of all) {
    const fifth = Math.min(4, Math.floor((gapMs - 90) / 4));
    fifths[fifth] = (fifths[fifth] ?? 0) + 1;
  }
  for (const count of fifths) assert.ok(Math.abs(count / all.length - 0.2) < 0.03, `${fifths}`);
});

Deno.test("the next wait begins at the start of the last probe, not at its end", async () => {
  const { clock, checker, prober } = testChecker({
    script: () => ({ outcome: "pass", afterMs: 900 }),
  });
  await clock.advance(60_000);
  checker.stop();
  assertNear(gaps(prober.starts, "10.0.0.1"), 2000);
});

Deno.test("a probe that outlasts its interval is followed at once, and never overtaken", async () => {
  const { clock, checker, prober } = testChecker({
    script: () => ({ outcome: "pass", afterMs: 3000 }),
  });
  await clock.advance(60_000);
  checker.stop();
  assert.deepEqual([...new Set(gaps(prober.starts, "10.0.0.1"))], [3000]);
  assert.equal(checker.counters.lag.sum, 0);
});

Deno.test("10,000 first probes are spread evenly over a second, in the order of the file", async () => {
  const config = fleetConfig({ count: 10_000 });
  const { clock, checker, prober } = testChecker({ config });
  assert.equal(prober.starts.length, 0);
  await clock.advance(1000);
  const first = prober.starts.filter(({ nth }) => nth === 0);
  assert.equal(first.length, 10_000);
  assert.ok(mostInOneMs(first) <= 11);
  const inOrder = [...config.backends.values()].map(({ address }) => address.text);
  assert.deepEqual(first.map(({ address }) => address), inOrder);
  checker.stop();
});

Deno.test("a reload that touches every backend makes no burst", async () => {
  const config = fleetConfig({ count: 5000 });
  const tested = testChecker({ config });
  const { clock, checker } = tested;
  await clock.advance(4321);
  const later = startsAfter(tested);
  checker.reload({ ...config, healthchecker: { ...config.healthchecker, netns: "dataplane" } });
  await clock.advance(999.9);
  assert.equal(new Set(later().map(({ address }) => address)).size, 5000);
  assert.ok(mostInOneMs(later()) <= 6 + 1);
  assert.ok(later().every(({ spec }) => spec.netns === "dataplane"));
  checker.stop();
});

Deno.test("no more than 1,024 probes are in flight; the others start in order, late", async () => {
  const config = fleetConfig({
    count: 3000,
    check: { intervalNs: 20 * secondNs, fastIntervalNs: 20 * secondNs, timeoutNs: 10 * secondNs },
  });
  const { clock, checker, prober } = testChecker({
    config,
    script: () => ({ outcome: "pass", afterMs: 5000 }),
  });
  await clock.advance(1000);
  assert.equal(prober.inFlight, 1024);
  assert.equal(checker.counters.probesInFlight, 1024);
  assert.equal(checker.counters.probesWaiting, 3000 - 1024);
  const waiting = checker.backend("web2999");
  assert.equal(waiting?.isProbing, false);
  assert.ok((waiting?.nextProbeAt ?? Infinity) < clock.now());

  await clock.advance(15_000);
  assert.equal(prober.mostInFlight, 1024);
  const inOrder = [...config.backends.values()].map(({ address }) => address.text);
  assert.deepEqual(prober.starts.slice(0, 3000).map(({ address }) => address), inOrder);
  const { counts, sum } = checker.counters.lag;
  assert.equal(counts.reduce((all, count) => all + count, 0), prober.starts.length);
  // Each start waits for the one 1,024 slots before it to end, 5 s after it began.
  const lateS = 1024 * (5 - 1024 / 3000) + (3000 - 2048) * (10 - 2048 / 3000);
  assert.ok(Math.abs(sum - lateS) < 1e-6, `${sum} ${lateS}`);
  assert.equal(counts.at(-1), 3000 - 1024);
  checker.stop();
});

Deno.test("what ends together starts nothing of its own on the way out", async () => {
  const config = fleetConfig({ count: 3000, check: { timeoutNs: 10 * secondNs } });
  const { clock, checker, prober } = testChecker({ config, script: () => ({ outcome: "never" }) });
  await clock.advance(1000);
  assert.deepEqual([prober.inFlight, checker.counters.probesWaiting], [1024, 1976]);
  checker.reload({ ...config, healthchecker: { ...config.healthchecker, netns: "dataplane" } });
  assert.deepEqual([prober.starts.length, prober.abandoned], [1024, 1024]);
  await clock.advance(1000);
  checker.stop();
  assert.deepEqual([prober.starts.length, prober.abandoned], [2048, 2048]);
  assert.deepEqual([checker.counters.probesInFlight, checker.counters.probesWaiting], [0, 0]);
});

Deno.test("a void probe counts for nothing but itself, and is repeated at once", async () => {
  const script = ({ nth, address }: ProbeStart): Answer =>
    address === "10.0.0.1" && nth >= 4 && nth < 24
      ? { outcome: "void", afterMs: 700 }
      : { outcome: "pass" };
  const { clock, checker, prober, lines } = testChecker({ script, logLevel: "debug" });
  await clock.advance(60_000);
  const web1 = checker.backend("web1");
  assert.equal(web1?.health.state, "up");
  assert.deepEqual(web1.health.transitions.map(({ to }) => to), ["up"]);
  const passed = prober.starts.filter(({ address }) => address === "10.0.0.1").length - 20;
  assert.deepEqual(web1.counters.probes(), [
    { result: "success", code: "L7OK", count: passed },
    { result: "void", code: "", count: 20 },
  ]);
  assert.equal(web1.counters.durations.counts.reduce((all, count) => all + count, 0), passed);
  assert.deepEqual(gaps(prober.starts, "10.0.0.1").slice(4, 24), new Array(20).fill(700));
  const logged = lines.filter(({ result }) => result === "void");
  assert.equal(logged.length, 20);
  const warnings = lines.filter(({ msg }) => msg === "probes-void");
  assert.deepEqual(warnings.map(({ level, count, reason }) => [level, count, reason]), [
    ["WARN", 1, "on purpose"],
    ["WARN", 15, "on purpose"],
  ]);
  const { level, msg, backend } = logged[0] ?? {};
  assert.deepEqual([level, msg, backend], ["DEBUG", "probe-done", "web1"]);
  checker.stop();
});

Deno.test("a static backend costs neither timer nor probe", async () => {
  const config = storyConfig(["healthcheck: web }", "}"], ["healthcheck: web }", "}"], [
    "healthcheck: web }",
    "}",
  ]);
  const { clock, checker, prober } = testChecker({ config });
  assert.equal(clock.pending, 0);
  assert.equal(stateOf(checker, "web1"), "up");
  await clock.advance(10_000);
  assert.equal(prober.starts.length, 0);
  checker.act("web1", "pause", "me");
  checker.act("web1", "resume", "me");
  assert.equal(stateOf(checker, "web1"), "up");
  assert.equal(clock.pending, 0);
  checker.stop();
});

Deno.test("the time of the next probe is told in the time that people read", async () => {
  const { clock, checker } = testChecker({ script: () => ({ outcome: "pass", afterMs: 300 }) });
  const web1 = checker.backend("web1");
  assert.equal(web1?.nextProbeAt, clock.now());
  await clock.advance(100);
  assert.deepEqual([web1.isProbing, web1.nextProbeAt], [true, null]);
  await clock.advance(300);
  assert.equal(web1.isProbing, false);
  clock.stepWallClock(3_600_000);
  const inMs = (web1.nextProbeAt ?? NaN) - clock.now();
  await clock.advance(inMs - 0.01);
  assert.equal(web1.isProbing, false);
  await clock.advance(0.02);
  assert.equal(web1.isProbing, true);
  checker.stop();
});
