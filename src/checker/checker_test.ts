/**
 * What probes lead to: states, logs, counts; and the end of it all.
 *
 * @module
 */

import assert from "node:assert/strict";
import { failing, fleetConfig, inWords, stateOf, testChecker } from "./testing.ts";

Deno.test("fall fails in a row lead down, at the very moment of the last of them", async () => {
  const { clock, checker, prober } = testChecker({
    script: () => ({ outcome: "pass", afterMs: 40 }),
  });
  await clock.advance(10_000);
  const epochMs = clock.now() - clock.monotonic();
  // Two fails, a pass, and then three fails: only those count.
  const first = prober.starts.filter(({ address }) => address === "10.0.0.1").length;
  prober.script = ({ address, nth }) => ({
    outcome: address === "10.0.0.1" && nth >= first && nth !== first + 2 ? "fail" : "pass",
    afterMs: 40,
  });
  await clock.advance(10_000);
  const times = prober.starts.filter(({ address }) => address === "10.0.0.1")
    .map(({ atMs }) => epochMs + atMs + 40);
  const web1 = checker.backend("web1");
  const [up, down] = web1?.health.transitions ?? [];
  assert.deepEqual([up?.from, up?.to, up?.at], ["unknown", "up", times[0]]);
  assert.deepEqual([down?.from, down?.to, down?.at], ["up", "down", times[first + 5]]);
  assert.equal(web1?.health.since, down?.at);
  assert.equal(web1?.health.results.length, Math.min(20, times.length));
  checker.stop();
});

Deno.test("frontends follow their backends, through the pools", async () => {
  const { clock, checker, prober } = testChecker({ script: failing("10.0.0.1") });
  const www = checker.frontend("www");
  const serving = () =>
    www?.weights.flatMap(({ members }) => members).filter(({ effective }) => effective > 0)
      .map(({ backend }) => backend);
  // A static backend serves from the start, and those that are probed take over.
  assert.deepEqual([www?.state, serving()], ["up", ["sorry"]]);
  assert.equal(checker.frontend("api")?.state, "unknown");
  await clock.advance(1000);
  assert.deepEqual([www?.state, serving()], ["up", ["web2"]]);
  assert.equal(checker.frontend("api")?.state, "up");
  prober.script = failing("10.0.0.2", "10.0.0.3");
  await clock.advance(20_000);
  assert.deepEqual([www?.state, serving()], ["up", ["web1"]]);
  const api = checker.frontend("api");
  assert.equal(api?.state, "down");
  assert.deepEqual(api.transitions.map(({ from, to }) => `${from}→${to}`), [
    "unknown→up",
    "up→down",
  ]);
  assert.equal(api.since, api.transitions.at(-1)?.at);
  assert.deepEqual(checker.backend("web2")?.frontends, ["www", "api"]);
  checker.stop();
});

Deno.test("only the frontends that use a backend are computed again when it changes", async () => {
  const { clock, checker } = testChecker({ config: fleetConfig({ count: 100 }) });
  await clock.advance(2000);
  const before = new Map([...checker.frontends()].map((live) => [live, live.weights]));
  checker.act("web6", "pause", "me");
  await clock.advance(5000);
  const changed = [...before].filter(([live, weights]) => live.weights !== weights);
  assert.deepEqual(changed.map(([{ frontend }]) => frontend.name), ["www3"]);
  checker.stop();
});

Deno.test("transitions are logged with what led to them", async () => {
  const { clock, checker, lines } = testChecker({ script: failing("10.0.0.1") });
  await clock.advance(1000);
  checker.act("web2", "pause", "10.9.9.9");
  const told = lines.filter(({ msg }) => msg === "backend-transition")
    .map(({ time: _, level, msg: __, ...attributes }) => ({ level, ...attributes }));
  const level = "INFO";
  assert.deepEqual(told, [
    { level, backend: "sorry", from: "unknown", to: "up", cause: "start" },
    { level, backend: "web1", from: "unknown", to: "down", code: "L4CON", detail: "refused" },
    { level, backend: "web2", from: "unknown", to: "up", code: "L7OK", detail: "status 200" },
    { level, backend: "web3", from: "unknown", to: "up", code: "L7OK", detail: "status 200" },
    { level, backend: "web2", from: "up", to: "paused", cause: "pause", by: "10.9.9.9" },
  ]);
  const frontends = lines.filter(({ msg }) => msg === "frontend-transition");
  assert.deepEqual(frontends.map(({ frontend, from, to }) => `${frontend} ${from}→${to}`), [
    "www unknown→up",
    "api unknown→up",
  ]);
  checker.stop();
});

Deno.test("probes are logged for those who want to see them", async () => {
  const { clock, checker, lines } = testChecker({
    logLevel: "debug",
    script: () => ({ outcome: "fail", afterMs: 12 }),
  });
  await clock.advance(20);
  const probes = lines.filter(({ backend, level }) => backend === "web1" && level === "DEBUG")
    .map(({ time: _, level: __, ...rest }) => rest);
  assert.deepEqual(probes, [
    { msg: "probe-start", backend: "web1" },
    {
      ...{ msg: "probe-done", backend: "web1", result: "failure", code: "L4CON" },
      ...{ detail: "refused", "duration-ms": 12 },
    },
  ]);
  checker.stop();
});

Deno.test("each backend has its counts", async () => {
  const { clock, checker } = testChecker({ script: failing("10.0.0.1") });
  await clock.advance(60_000);
  checker.act("web1", "disable", "me");
  const { counters } = checker.backend("web1") ?? {};
  const [probes] = counters?.probes() ?? [];
  assert.deepEqual([probes?.result, probes?.code], ["failure", "L4CON"]);
  assert.equal(counters?.durations.counts[0], probes?.count);
  assert.deepEqual(counters?.transitions(), [
    { from: "unknown", to: "down", count: 1 },
    { from: "down", to: "disabled", count: 1 },
  ]);
  assert.deepEqual(checker.backend("sorry")?.counters.probes(), []);
  checker.stop();
});

Deno.test("a listener is called at once, when everything is as it will be", async () => {
  const { clock, checker } = testChecker();
  const seen: string[] = [];
  const end = checker.onChange(({ frontends, reload }) => {
    assert.equal(reload, null);
    const states = frontends.map((name) => `${name} ${checker.frontend(name)?.state}`);
    seen.push(`${stateOf(checker, "web2")}: ${states}`);
  });
  await clock.advance(334);
  seen.splice(0);
  checker.act("web2", "disable", "me");
  assert.deepEqual(seen, ["disabled: www up,api down"]);
  end();
  checker.act("web2", "enable", "me");
  assert.equal(seen.length, 1);
  checker.stop();
});

Deno.test("a listener that throws is logged, and hinders nobody", async () => {
  const { clock, checker, lines } = testChecker();
  let calls = 0;
  checker.onChange(() => {
    throw new Error("out of order");
  });
  checker.onChange(() => calls++);
  assert.equal(checker.act("web1", "pause", "me"), undefined);
  assert.equal(calls, 1);
  const { level, msg, error } = lines.at(-1) ?? {};
  assert.deepEqual([level, msg, error], [
    "ERROR",
    "change-listener-failed",
    "a listener threw: out of order",
  ]);
  await clock.advance(5000);
  assert.equal(stateOf(checker, "web2"), "up");
  checker.stop();
});

Deno.test("a listener may act itself, and everybody hears of both in order", async () => {
  const { clock, checker } = testChecker({ script: failing("10.0.0.1") });
  const subscription = checker.subscribe({ kinds: ["backend"] });
  subscription.take();
  checker.onChange(() => {
    if (stateOf(checker, "web1") === "down") checker.act("web1", "disable", "the listener");
  });
  await clock.advance(100);
  assert.deepEqual(inWords(subscription.take()), [
    "backend web1 unknown→down",
    "backend web1 down→disabled",
  ]);
  assert.equal(checker.backend("web1")?.isProbing, false);
  checker.stop();
  assert.equal(clock.pending, 0);
});

Deno.test("after the stop nothing runs, nothing calls back, and nothing begins again", async () => {
  const { clock, checker, prober } = testChecker({
    script: ({ address }) => ({ outcome: "pass", afterMs: address === "10.0.0.1" ? 5000 : 0 }),
  });
  let calls = 0;
  await clock.advance(3000);
  checker.onChange(() => calls++);
  const subscription = checker.subscribe();
  assert.equal(prober.inFlight, 1);
  checker.stop();
  checker.stop();
  assert.equal(clock.pending, 0);
  assert.deepEqual([prober.inFlight, prober.abandoned], [0, 1]);
  assert.deepEqual([checker.counters.probesInFlight, checker.counters.eventSubscribers], [0, 0]);
  const starts = prober.starts.length;
  checker.act("web1", "pause", "me");
  checker.act("web1", "resume", "me");
  checker.reload(checker.config);
  await clock.advance(60_000);
  assert.deepEqual([clock.pending, prober.starts.length, calls], [0, starts, 0]);
  // What a subscriber has not read yet can still be read, up to the stop.
  assert.equal(await subscription.available(), true);
  assert.equal(subscription.take().length, 6);
  assert.equal(await subscription.available(), false);
  assert.equal(await checker.subscribe().available(), false);
});
