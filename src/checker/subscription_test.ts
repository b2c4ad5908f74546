/**
 * What subscribers see: the state of everything, each later event in order, and how many they lost.
 *
 * @module
 */

import assert from "node:assert/strict";
import { forSeeds } from "../../tests/seeded.ts";
import type { Event } from "./event.ts";
import {
  failing,
  fleetConfig,
  inWords,
  stateOf,
  storyConfig,
  testChecker,
  type TestedChecker,
} from "./testing.ts";

/** Pauses and resumes a backend so many times, which makes twice as many backend events. */
function disturb({ checker }: TestedChecker, times: number, backend = "web1"): void {
  for (let time = 0; time < times; time++) {
    checker.act(backend, "pause", "me");
    checker.act(backend, "resume", "me");
  }
}

const backendsAlone = { kinds: ["backend"] } as const;

Deno.test("a new subscriber is told the present state of all, as transitions from = to", async () => {
  const { clock, checker } = testChecker({ script: failing("10.0.0.1") });
  await clock.advance(1000);
  const events = checker.subscribe().take();
  assert.deepEqual(inWords(events), [
    "backend web1 down→down",
    "backend web2 up→up",
    "backend web3 up→up",
    "backend sorry up→up",
    "frontend www up→up",
    "frontend api up→up",
  ]);
  const [web1] = events;
  assert.ok(web1?.kind === "backend");
  assert.deepEqual(web1.frontends, ["www"]);
  assert.equal(web1.at, clock.now());
  assert.equal(web1.transition.at, checker.backend("web1")?.health.since);
  assert.equal(web1.transition.cause?.kind, "probe");
  assert.equal(new Set(events.map(({ sequence }) => sequence)).size, 1);
  checker.stop();
});

Deno.test("events carry rising numbers, beginning after that of the snapshot", async () => {
  const tested = testChecker();
  const { clock, checker } = tested;
  const subscription = checker.subscribe({ logLevel: "debug" });
  const [first] = subscription.take();
  await clock.advance(3000);
  disturb(tested, 10);
  checker.setWeight({ frontend: "www", pool: "primary", backend: "web2" }, 3, "me");
  checker.reload(storyConfig(["10.0.0.3", "10.0.0.8"]));
  let sequence = first?.sequence ?? NaN;
  const events = subscription.take();
  for (const event of events) assert.equal(event.sequence, ++sequence);
  const kinds = new Set(events.map(({ kind }) => kind));
  assert.deepEqual([...kinds].sort(), ["backend", "frontend", "log", "reload", "weight"]);
  checker.stop();
});

Deno.test("the snapshot of 10,000 backends and 5,000 frontends loses nothing", async () => {
  const tested = testChecker({ config: fleetConfig({ count: 10_000 }) });
  const { clock, checker } = tested;
  await clock.advance(1000);
  const subscription = checker.subscribe();
  disturb(tested, 1, "web9999");
  const events: Event[] = [];
  for (;;) {
    const taken = subscription.take();
    assert.ok(taken.length <= 1024);
    if (taken.length === 0) break;
    events.push(...taken);
  }
  assert.equal(events.filter(({ kind }) => kind === "lost").length, 0);
  // What changed while the snapshot was read is in it as it was, and is told as an event after it.
  assert.deepEqual(inWords(events.slice(9999, 10_000)), ["backend web9999 up→up"]);
  assert.deepEqual(inWords(events.slice(15_000)).filter((each) => !each.startsWith("log")), [
    "backend web9999 up→paused",
    "backend web9999 paused→unknown",
  ]);
  checker.stop();
});

Deno.test("a snapshot tells what was removed before it was read, and not what came since", async () => {
  const { clock, checker } = testChecker();
  await clock.advance(1000);
  const subscription = checker.subscribe({ kinds: ["backend", "frontend", "reload"] });
  subscription.take(1);
  checker.reload(storyConfig(
    ["web3: { address: 10.0.0.3", "web4: { address: 10.0.0.4"],
    ["web3: {}", "web4: {}"],
    ["    www:\n", "    shop:\n"],
  ));
  assert.deepEqual(inWords(subscription.take()), [
    "backend web2 up→up",
    "backend web3 up→up",
    "backend sorry up→up",
    "frontend www up→up",
    "frontend api up→up",
    "reload",
    "backend web3 up→removed",
    "frontend shop unknown→up",
  ]);
  checker.stop();
});

Deno.test("a filter decides what is queued, and what the snapshot tells", async () => {
  const tested = testChecker({ logLevel: "error" });
  const { clock, checker } = tested;
  await clock.advance(1000);
  const backends = checker.subscribe(backendsAlone);
  const frontends = checker.subscribe({ kinds: ["frontend"] });
  const weights = checker.subscribe({ kinds: ["weight"] });
  const debug = checker.subscribe({ kinds: ["log"], logLevel: "debug" });
  const errors = checker.subscribe({ kinds: ["log"], logLevel: "error" });
  const nothing = checker.subscribe({ kinds: [] });
  assert.equal(backends.take().length, 4);
  assert.equal(frontends.take().length, 2);
  for (const none of [weights, debug, errors, nothing]) assert.deepEqual(none.take(), []);
  disturb(tested, 600);
  await clock.advance(0);
  assert.deepEqual(inWords(backends.take(2)), ["lost 177", "backend web1 paused→unknown"]);
  assert.deepEqual(inWords(debug.take(2000).slice(-3)), [
    "log probe-start",
    "log probe-done",
    "log backend-transition",
  ]);
  for (const none of [frontends, weights, errors, nothing]) assert.deepEqual(none.take(), []);
  checker.stop();
});

Deno.test("debug records are made only while somebody wants them", async () => {
  const { clock, checker, lines } = testChecker();
  const info = checker.subscribe();
  const debug = checker.subscribe({ logLevel: "debug" });
  await clock.advance(1000);
  assert.ok(inWords(debug.take()).includes("log probe-start"));
  debug.close();
  info.take();
  await clock.advance(10_000);
  assert.deepEqual(info.take(), []);
  assert.ok(lines.every(({ level }) => level !== "DEBUG"));
  checker.stop();
});

Deno.test("one who does not keep up is told once how many are lost, and then goes on", async () => {
  const tested = testChecker();
  const { clock, checker } = tested;
  await clock.advance(1000);
  const subscription = checker.subscribe(backendsAlone);
  subscription.take();
  disturb(tested, 1000);
  const first = subscription.take(100);
  assert.equal(first[0]?.kind === "lost" && first[0].count, 2000 - 1024);
  assert.equal(first.filter(({ kind }) => kind === "lost").length, 1);
  disturb(tested, 100);
  const rest = inWords(subscription.take(2000));
  assert.deepEqual(rest.filter((each) => each.startsWith("lost")), ["lost 101"]);
  assert.equal(rest.length, 1025);
  assert.equal(checker.counters.eventsDropped, 2000 - 1024 + 101);
  checker.stop();
});

Deno.test("of 200 subscribers, 50 that do not read harm neither the checker nor the others", async () => {
  const tested = testChecker({ config: fleetConfig({ count: 100 }) });
  const { clock, checker } = tested;
  await clock.advance(1000);
  const subscriptions = Array.from({ length: 200 }, () => checker.subscribe(backendsAlone));
  assert.equal(checker.counters.eventSubscribers, 200);
  const readers = subscriptions.slice(50);
  const seen = readers.map(() => [] as Event[]);
  const read = () => readers.forEach((reader, index) => seen[index]?.push(...reader.take()));
  for (let round = 0; round < 20; round++) {
    disturb(tested, 50, `web${round}`);
    await clock.advance(100);
    read();
  }
  const [first = []] = seen;
  assert.equal(first.length, 100 + 20 * (100 + 1));
  assert.ok(first.every(({ kind }) => kind === "backend"));
  for (const events of seen) assert.deepEqual(inWords(events), inWords(first));
  assert.equal(checker.counters.eventsDropped, 50 * (20 * 101 - 1024));
  for (const subscription of subscriptions) subscription.close();
  assert.equal(checker.counters.eventSubscribers, 0);
  checker.stop();
});

Deno.test("events can be read one by one as they come, until the reader has enough", async () => {
  const { clock, checker } = testChecker();
  await clock.advance(1000);
  const seen: string[] = [];
  const reading = (async () => {
    for await (const event of checker.subscribe(backendsAlone)) {
      seen.push(...inWords([event]));
      if (seen.length === 6) break;
    }
  })();
  await clock.advance(0);
  assert.equal(seen.length, 4);
  checker.act("web1", "pause", "me");
  await clock.advance(0);
  assert.equal(seen.at(-1), "backend web1 up→paused");
  checker.act("web1", "disable", "me");
  checker.act("web1", "enable", "me");
  await reading;
  assert.equal(seen.at(-1), "backend web1 paused→disabled");
  assert.equal(checker.counters.eventSubscribers, 0);
  checker.stop();
});

Deno.test("one who waits is woken by an event, by the close and by the stop", async () => {
  const { clock, checker } = testChecker();
  await clock.advance(1000);
  const woken: string[] = [];
  const wait = (name: string, subscription = checker.subscribe({ kinds: ["weight"] })) => {
    subscription.available().then((isThere) => woken.push(`${name} ${isThere}`));
    return subscription;
  };
  const first = wait("first");
  const second = wait("second");
  await clock.advance(1000);
  assert.deepEqual(woken, []);
  first.close();
  first.close();
  await clock.advance(0);
  assert.deepEqual(woken, ["first false"]);
  checker.setWeight({ frontend: "www", pool: "primary", backend: "web2" }, 3, "me");
  await clock.advance(0);
  assert.deepEqual(woken, ["first false", "second true"]);
  assert.equal(second.take().length, 1);
  wait("second again", second);
  checker.stop();
  await clock.advance(0);
  assert.deepEqual(woken, ["first false", "second true", "second again false"]);
});

Deno.test("however it is read, a snapshot and its events lead to the present state", async () => {
  const tested = testChecker({ config: fleetConfig({ count: 40 }), script: failing("10.0.0.3") });
  const { clock, checker } = tested;
  await clock.advance(1000);
  forSeeds(100, (random) => {
    const subscription = checker.subscribe({ kinds: ["backend", "frontend"] });
    const told = new Map<string, string>();
    const read = (most: number) => {
      for (const event of subscription.take(most)) {
        assert.ok(event.kind === "backend" || event.kind === "frontend");
        const name = event.kind === "backend" ? event.backend : event.frontend;
        const { from, to } = event.transition;
        assert.equal(told.get(name) ?? from, from, name);
        if (!told.has(name)) assert.equal(from, to, name);
        told.set(name, to);
      }
    };
    while (told.size < 60) {
      read(random.int(0, 5));
      const backend = `web${random.int(0, 39)}`;
      checker.act(backend, random.pick(["pause", "resume", "disable", "enable"]), "me");
    }
    read(Infinity);
    for (const { backend: { name } } of checker.backends()) {
      assert.equal(told.get(name), stateOf(checker, name));
    }
    for (const { frontend: { name }, state } of checker.frontends()) {
      assert.equal(told.get(name), state);
    }
    subscription.close();
  });
  checker.stop();
});
