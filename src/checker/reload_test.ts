/**
 * What a reload changes at run time, and what it leaves alone.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Backend, Config } from "../config/mod.ts";
import { seeded } from "../../tests/seeded.ts";
import {
  failing,
  fleetConfig,
  inWords,
  type ProbeStart,
  type Script,
  stateOf,
  storyConfig,
  testChecker,
} from "./testing.ts";

const place = { frontend: "www", pool: "primary", backend: "web2" };

/** The configuration with one backend replaced, or removed. */
function withBackend(config: Config, name: string, replacement: Backend | null): Config {
  const backends = new Map(config.backends);
  if (replacement === null) backends.delete(name);
  else backends.set(name, replacement);
  return { ...config, backends };
}

Deno.test("a changed backend begins again from unknown, with its history", async () => {
  const cases: [change: [from: string, to: string], cause: string][] = [
    [["10.0.0.1,", "10.0.0.7,"], "address changed"],
    [["10.0.0.1, healthcheck: web", "10.0.0.1, healthcheck: ping"], "health check changed"],
    [["10.0.0.1, healthcheck: web", "10.0.0.1"], "health check changed"],
    [["10.0.0.1, healthcheck: web", "10.0.0.8"], "address and health check changed"],
    [["transition-history: 5", "netns: dataplane"], "network namespace changed"],
  ];
  for (const [change, cause] of cases) {
    const { clock, checker, lines } = testChecker();
    await clock.advance(5000);
    const web1 = checker.backend("web1");
    const before = web1?.health;
    checker.reload(storyConfig(change));
    assert.equal(checker.backend("web1"), web1);
    const [, back, ...rest] = web1?.health.transitions ?? [];
    assert.deepEqual(back, {
      ...{ from: "up", to: "unknown", at: clock.now() },
      cause: { kind: "config", change: cause },
    });
    assert.equal(rest.length, web1?.check === null ? 1 : 0);
    assert.equal(web1?.health.results, before?.results);
    assert.equal(lines.find(({ backend, cause }) => backend === "web1" && cause)?.["cause"], cause);
    await clock.advance(1000);
    assert.equal(stateOf(checker, "web1"), "up");
    checker.stop();
  }
});

Deno.test("another health check takes no traffic away before it has found out", async () => {
  for (const outcome of ["pass", "fail"] as const) {
    const { clock, checker, prober } = testChecker();
    await clock.advance(5000);
    const weights = () =>
      checker.frontend("www")?.weights.flatMap(({ members }) =>
        members.map(({ backend, effective }) => `${backend} ${effective}`)
      );
    const before = weights();
    const events: string[] = [];
    checker.onChange(({ frontends }) => events.push(frontends.join(" ")));
    prober.script = () => ({ outcome, afterMs: 300 });
    checker.reload(storyConfig(["interval: 2s", "interval: 3s"]));
    assert.equal(stateOf(checker, "web1"), "unknown");
    assert.deepEqual([weights(), checker.frontend("www")?.state], [before, "up"]);
    await clock.advance(299);
    assert.deepEqual([weights(), checker.frontend("www")?.state], [before, "up"]);
    await clock.advance(3000);
    assert.equal(stateOf(checker, "web1"), outcome === "pass" ? "up" : "down");
    if (outcome === "pass") assert.deepEqual(weights(), before);
    else assert.notDeepEqual(weights(), before);
    checker.stop();
  }
});

Deno.test("a restart abandons the probe in flight, and probes what is new", async () => {
  const { clock, checker, prober } = testChecker({
    script: () => ({ outcome: "fail", afterMs: 800 }),
  });
  await clock.advance(100);
  checker.reload(storyConfig(["10.0.0.1,", "10.0.0.7,"]));
  assert.equal(prober.abandoned, 1);
  prober.script = () => ({ outcome: "pass" });
  await clock.advance(50);
  assert.equal(prober.starts.at(-1)?.address, "10.0.0.7");
  assert.equal(stateOf(checker, "web1"), "up");
  await clock.advance(60_000);
  assert.deepEqual(checker.backend("web1")?.counters.probes().map(({ code }) => code), ["L7OK"]);
  checker.stop();
});

Deno.test("removed backends get a last event and are forgotten, new ones begin", async () => {
  const { clock, checker, prober } = testChecker({
    script: () => ({ outcome: "pass", afterMs: 200 }),
  });
  await clock.advance(5000);
  const subscription = checker.subscribe({ kinds: ["reload", "backend", "frontend"] });
  subscription.take();
  const web3 = checker.backend("web3");
  const config = storyConfig(
    ["web3: { address: 10.0.0.3", "web4: { address: 10.0.0.4"],
    ["web3: {}", "web4: {}"],
    ["    www:\n", "    shop:\n"],
  );
  checker.reload(config);
  assert.deepEqual(inWords(subscription.take()), [
    "reload",
    "backend web3 up→removed",
    "frontend shop unknown→up",
  ]);
  assert.equal(checker.backend("web3"), undefined);
  assert.equal(web3?.health.state, "removed");
  assert.equal(web3.nextProbeAt, null);
  assert.equal(checker.frontend("www"), undefined);
  assert.deepEqual([...checker.backends()].map(({ backend }) => backend.name), [
    ...["web1", "web2", "web4", "sorry"],
  ]);
  assert.deepEqual(checker.backend("web2")?.frontends, ["shop", "api"]);
  assert.match(checker.act("web3", "pause", "me")?.message ?? "", /^no backend named "web3"/);
  const before = prober.starts.length;
  await clock.advance(5000);
  const later = prober.starts.slice(before).map(({ address }) => address);
  assert.ok(later.includes("10.0.0.4") && !later.includes("10.0.0.3"));
  checker.stop();
});

Deno.test("the file's new value of enabled wins over the operator, and comes before the change", async () => {
  const { clock, checker } = testChecker();
  await clock.advance(5000);
  checker.act("web1", "pause", "me");
  const off = storyConfig(["10.0.0.1,", "10.0.0.7, enabled: false,"]);
  checker.reload(off);
  assert.equal(stateOf(checker, "web1"), "disabled");
  assert.equal(checker.backend("web1")?.health.override, null);
  checker.act("web1", "enable", "me");
  await clock.advance(100);
  assert.equal(stateOf(checker, "web1"), "up");
  checker.reload(off);
  assert.equal(stateOf(checker, "web1"), "up");
  checker.act("web1", "disable", "me");
  const subscription = checker.subscribe({ kinds: ["backend"] });
  subscription.take();
  checker.reload(storyConfig(["10.0.0.1, healthcheck: web", "10.0.0.1"]));
  assert.deepEqual(inWords(subscription.take()), [
    "backend web1 disabled→unknown",
    "backend web1 unknown→up",
  ]);
  checker.stop();
});

Deno.test("pauses survive a reload, and rules that came meanwhile hold after the resume", async () => {
  const { clock, checker, prober } = testChecker();
  await clock.advance(5000);
  checker.act("web1", "pause", "me");
  checker.reload(storyConfig(["10.0.0.1,", "10.0.0.7,"], ["timeout: 1s", "rise: 5, fall: 1"]));
  assert.equal(stateOf(checker, "web1"), "paused");
  assert.equal(checker.backend("web1")?.health.counter, 4);
  checker.act("web1", "resume", "me");
  await clock.advance(0);
  assert.equal(prober.starts.at(-1)?.address, "10.0.0.7");
  assert.equal(stateOf(checker, "web1"), "up");
  prober.script = failing("10.0.0.7");
  await clock.advance(3000);
  assert.equal(stateOf(checker, "web1"), "down");
  checker.stop();
});

Deno.test("operators' weights survive where the file's weight is the one that they replaced", async () => {
  const { clock, checker } = testChecker();
  await clock.advance(1000);
  checker.setWeight(place, 7, "me");
  checker.setWeight({ ...place, backend: "web1" }, 8, "me");
  const overrides = checker.weightOverrides;
  checker.reload(storyConfig(["10.0.0.3", "10.0.0.8"]));
  assert.deepEqual(checker.weightOverrides, overrides);
  checker.reload(storyConfig(["web2: { weight: 50 }", "web2: { weight: 60 }"]));
  assert.deepEqual(checker.weightOverrides, overrides.slice(1));
  const weights = checker.frontend("www")?.weights.flatMap(({ members }) => members);
  assert.deepEqual(weights?.map(({ weight }) => weight), [8, 60, 100]);
  checker.reload(storyConfig(["name: primary", "name: main"]));
  assert.deepEqual(checker.weightOverrides, []);
  checker.stop();
});

Deno.test("histories take a new limit at once", async () => {
  const { clock, checker } = testChecker();
  await clock.advance(1000);
  for (let time = 0; time < 3; time++) {
    for (const backend of ["web2", "web3"]) checker.act(backend, "pause", "me");
    for (const backend of ["web2", "web3"]) checker.act(backend, "resume", "me");
    await clock.advance(1);
  }
  const lengths = () => [
    checker.backend("web2")?.health.transitions.length,
    checker.frontend("api")?.transitions.length,
  ];
  assert.deepEqual(lengths(), [5, 5]);
  const last = checker.backend("web2")?.health.transitions.at(-1);
  checker.reload(storyConfig(["transition-history: 5", "transition-history: 2"]));
  assert.deepEqual(lengths(), [2, 2]);
  assert.equal(checker.backend("web2")?.health.transitions.at(-1), last);
  checker.reload(storyConfig(["transition-history: 5", "transition-history: 3"]));
  checker.act("web2", "pause", "me");
  assert.equal(lengths()[0], 3);
  checker.stop();
});

Deno.test("a health check that only gets another name changes nothing but the name", async () => {
  const { clock, checker } = testChecker();
  await clock.advance(5000);
  const web1 = checker.backend("web1");
  const { health, nextProbeAt } = web1 ?? {};
  const config = storyConfig();
  const web = config.healthchecks.get("web");
  assert.ok(web !== undefined);
  const rename = (backend: Backend) => ({
    ...backend,
    healthcheck: backend.healthcheck === "web" ? "http" : backend.healthcheck,
  });
  checker.reload({
    ...config,
    healthchecks: new Map([["http", { ...web, name: "http" }]]),
    backends: new Map([...config.backends].map(([name, backend]) => [name, rename(backend)])),
  });
  assert.equal(web1?.check?.name, "http");
  assert.equal(web1.health, health);
  assert.equal(web1.nextProbeAt, nextProbeAt);
  checker.stop();
});

Deno.test("a listener is told of a reload with the frontends that it touched", async () => {
  const { clock, checker } = testChecker();
  await clock.advance(5000);
  const touched: string[][] = [];
  checker.onChange(({ frontends, reload }) => {
    assert.notEqual(reload, null);
    touched.push([...frontends].sort());
  });
  const cases: [changes: [from: string, to: string][], touched: string[]][] = [
    [[], []],
    [[["10.0.0.1,", "10.0.0.7,"]], ["www"]],
    [[["10.0.0.2,", "10.0.0.7,"]], ["api", "www"]],
    [[["weight: 50", "weight: 51"]], ["www"]],
    [[["    api:\n", "    new:\n"]], ["api", "new"]],
  ];
  for (const [changes, expected] of cases) {
    checker.reload(storyConfig());
    await clock.advance(1000);
    touched.splice(0);
    checker.reload(storyConfig(...changes));
    assert.deepEqual(touched, [expected], `${changes}`);
  }
  checker.stop();
});

Deno.test("a new address of a paused backend is a change, although it stays paused", async () => {
  const { clock, checker } = testChecker();
  await clock.advance(5000);
  checker.act("web1", "pause", "me");
  const touched: string[] = [];
  checker.onChange(({ frontends }) => touched.push(...frontends));
  checker.reload(storyConfig(["10.0.0.1,", "10.0.0.7,"]));
  assert.deepEqual(touched, ["www"]);
  checker.stop();
});

Deno.test("a reload that changes 1 of 5,000 backends moves no probe of the others", async () => {
  const before = fleetConfig({ count: 5000, check: { downIntervalNs: 1e9 } });
  const web42 = before.backends.get("web42");
  assert.ok(web42 !== undefined);
  const address = { family: 4, text: "192.0.2.42" } as const;
  const changed = withBackend(before, "web42", { ...web42, address });
  const added = withBackend(changed, "new", { ...web42, name: "new" });
  const script: Script = ({ nth, address }) => ({
    outcome: seeded(nth + Number(address.split(".")[3])).chance(0.8) ? "pass" : "fail",
    afterMs: nth % 3 * 40,
  });
  /** When the probes of each server started. */
  const runWith = async (reloads: readonly Config[]) => {
    const { clock, checker, prober } = testChecker({ config: before, script });
    await clock.advance(2500);
    for (const config of reloads) {
      checker.reload(config);
      await clock.advance(200);
    }
    await clock.advance(5500 - clock.monotonic());
    const health = checker.backend("web41")?.health;
    checker.stop();
    return { starts: Map.groupBy(prober.starts, (start) => start.address), health };
  };
  const left = await runWith([]);
  const reloaded = await runWith([changed, added, before]);
  assert.equal(left.starts.size, 5000);
  assert.equal(reloaded.starts.size, 5001);
  const timesOf = (starts: readonly ProbeStart[] = []) => starts.map(({ atMs }) => atMs);
  for (const [server, starts] of left.starts) {
    if (server === web42.address.text) continue;
    assert.ok(starts.length >= 2);
    assert.deepEqual(timesOf(reloaded.starts.get(server)), timesOf(starts));
  }
  assert.deepEqual(reloaded.health, left.health);
});
