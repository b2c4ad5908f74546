import assert from "node:assert/strict";
import type { Checker } from "../checker/mod.ts";
import type { Event } from "../rpc/maglev_pb.ts";
import { RpcError } from "../rpc/status.ts";
import { testService } from "./testing.ts";

/** `backend web1 up→up`, `log probe-start`. */
function inWords({ log, backend, frontend, lost, weight, reload }: Event): string {
  if (log !== undefined) return `log ${log.msg}`;
  if (lost !== undefined) return `lost ${lost.count}`;
  if (weight !== undefined) return `weight ${weight.backendName} ${weight.to} by ${weight.by}`;
  if (reload !== undefined) return "reload";
  const name = backend?.backendName ?? frontend?.frontendName;
  const { from, to } = backend?.transition ?? frontend?.transition ?? {};
  return `${backend === undefined ? "frontend" : "backend"} ${name} ${from}→${to}`;
}

/** The next events, in words. */
async function take(events: AsyncIterator<Event>, count: number): Promise<string[]> {
  const taken: string[] = [];
  while (taken.length < count) {
    const { value, done } = await events.next();
    assert.ok(done !== true, `the stream ended after ${taken.join(", ")}`);
    taken.push(inWords(value));
  }
  return taken;
}

/** Resolves when somebody has subscribed, which is after the first call of `next`. */
async function subscribed({ counters }: Checker): Promise<void> {
  while (counters.eventSubscribers === 0) await Promise.resolve();
}

const snapshot = [
  "backend web1 up→up",
  "backend web2 up→up",
  "backend web3 up→up",
  "backend sorry up→up",
  "frontend www up→up",
  "frontend api up→up",
];

Deno.test("first the present state is told, then what happens, in one order", async () => {
  const { answers, checker } = await testService();
  const events = answers("WatchEvents", {});
  assert.deepEqual(await take(events, 6), snapshot);
  checker.setWeight({ frontend: "www", pool: "primary", backend: "web2" }, 20, "somebody");
  checker.act("web3", "disable", "somebody");
  assert.deepEqual(await take(events, 2), [
    "backend web3 up→disabled",
    "log backend-transition",
  ]);
  await events.return();
  assert.equal(checker.counters.eventSubscribers, 0);
});

Deno.test("weights and reloads are told to those who ask", async () => {
  const { answers, checker } = await testService();
  const asked = { log: false, backend: false, frontend: false, weight: true, reload: true };
  const events = answers("WatchEvents", asked);
  const first = take(events, 2);
  await subscribed(checker);
  checker.setWeight({ frontend: "www", pool: "primary", backend: "web2" }, 20, "somebody");
  checker.reload(checker.config);
  assert.deepEqual(await first, ["weight web2 20 by somebody", "reload"]);
  await events.return();
});

Deno.test("who reads slowly is told how many events were lost", async () => {
  const { answers, checker } = await testService();
  const events = answers("WatchEvents", { log: false, frontend: false });
  assert.deepEqual(await take(events, 1), ["backend web1 up→up"]);
  for (let index = 0; index < 600; index++) {
    checker.act("web1", "disable", "somebody");
    checker.act("web1", "enable", "somebody");
  }
  const words = await take(events, 4);
  assert.deepEqual(words.slice(0, 3), snapshot.slice(1, 4));
  assert.match(words[3] ?? "", /^lost \d+$/);
  const left = Number(words[3]?.split(" ")[1]);
  assert.equal((await take(events, 1_024)).length, 1_024);
  assert.equal(left, checker.counters.eventsDropped);
  await events.return();
});

Deno.test("who reads debug records does not cause any", async () => {
  const { answers, checker } = await testService();
  const events = answers("WatchEvents", { logLevel: "debug", backend: false, frontend: false });
  const first = take(events, 1);
  await subscribed(checker);
  checker.act("web1", "disable", "somebody");
  assert.match((await first)[0] ?? "", /^log /);
  let told = 0;
  const rest = (async () => {
    for await (const _ of events) told++;
  })().catch(() => {});
  for (let turn = 0; turn < 1_000; turn++) await Promise.resolve();
  assert.ok(told < 5, `${told} events`);
  checker.stop();
  await rest;
});

Deno.test("a stream ends when its call does, for the call's reason", async () => {
  const { answers, checker } = await testService();
  const ending = new AbortController();
  const events = answers("WatchEvents", {}, ending.signal);
  await take(events, 6);
  const next = events.next();
  ending.abort(new RpcError("UNAVAILABLE", "shutting down"));
  await assert.rejects(next, { code: "UNAVAILABLE", message: "shutting down" });
  assert.equal(checker.counters.eventSubscribers, 0);
});

Deno.test("a call that ends while its client does not read gives the subscription up", async () => {
  const { answers, checker } = await testService();
  const ending = new AbortController();
  const events = answers("WatchEvents", {}, ending.signal);
  await take(events, 2);
  assert.equal(checker.counters.eventSubscribers, 1);
  ending.abort(new RpcError("CANCELLED", "the client went away"));
  assert.equal(checker.counters.eventSubscribers, 0);
  await assert.rejects(take(events, 1), { code: "CANCELLED" });
});

Deno.test("a stream ends with the checker", async () => {
  const { answers, checker } = await testService();
  const events = answers("WatchEvents", { log: false });
  await take(events, 6);
  const next = events.next();
  checker.stop();
  await assert.rejects(next, { code: "UNAVAILABLE", message: "shutting down" });
});
