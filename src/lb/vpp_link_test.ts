import assert from "node:assert/strict";
import { type VirtualClock, virtualClock } from "../clock.ts";
import { ApiError, countMessages } from "../vpp/api/mod.ts";
import { controlPing } from "../vpp/wire/mod.ts";
import type { ConnectedVpp } from "./connect_vpp.ts";
import { keptLog, type ScriptedVpp, scriptedVpp } from "./vpp_fixture.ts";
import { keepVppLink, type VppLinkOptions } from "./vpp_link.ts";

/** What an attempt comes to: a VPP, the reason why there is none, or nothing at all. */
type Outcome = ScriptedVpp | string | Promise<never>;

/** A link whose attempts come to what `next` says at their time. */
function linkTo(
  clock: VirtualClock,
  next: () => Outcome,
  overrides: Partial<VppLinkOptions> = {},
) {
  const { log, records } = keptLog(clock);
  const triesMs: number[] = [];
  const told: string[] = [];
  const connect = async ({ signal }: { signal: AbortSignal }): Promise<ConnectedVpp> => {
    triesMs.push(clock.monotonic());
    const outcome = next();
    if (typeof outcome === "string") throw new ApiError("unreachable", outcome);
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(new ApiError("aborted", "given up")));
    });
    return (await Promise.race([outcome, aborted])).vpp;
  };
  const link = keepVppLink({
    apiPath: "/nowhere/api.sock",
    statsPath: "/nowhere/stats.sock",
    clock,
    log,
    counters: countMessages(),
    onConnect: () => told.push("connect"),
    onDisconnect: () => told.push("disconnect"),
    connect,
    ...overrides,
  });
  /** What was logged since the last time. */
  const logged = () => records.splice(0).map(({ level, msg }) => `${level} ${msg}`);
  return { link, records, logged, triesMs, told };
}

/** So many VPPs, and a function that gives one after the other. */
async function vppsOn(clock: VirtualClock, count: number) {
  const vpps: ScriptedVpp[] = [];
  while (vpps.length < count) vpps.push(await scriptedVpp(clock));
  const rest = [...vpps];
  return { vpps, next: () => rest.shift() ?? "nobody listens there" };
}

Deno.test("a VPP that is not there is tried after 1, 2 and 4 s, then every 5 s, with one warning", async () => {
  const clock = virtualClock();
  const { link, triesMs, records, logged, told } = linkTo(clock, () => "nobody listens there");
  await clock.advance(23_000);
  assert.deepEqual(triesMs, [0, 1_000, 3_000, 7_000, 12_000, 17_000, 22_000]);
  assert.deepEqual(records[0]?.attributes, {
    api: "/nowhere/api.sock",
    stats: "/nowhere/stats.sock",
    error: "nobody listens there",
  });
  const repeated = Array(6).fill("debug vpp-connect-failed");
  assert.deepEqual(logged(), ["warn vpp-connect-failed", ...repeated]);
  assert.equal(link.connected, null);
  await link.close();
  await link.close();
  assert.deepEqual([told, logged(), clock.pending], [[], [], 0]);
});

Deno.test("a connection that held is made again at once, and its loss is told once", async () => {
  const clock = virtualClock();
  const { vpps: [first, second], next } = await vppsOn(clock, 2);
  assert.ok(first !== undefined && second !== undefined);
  const { link, triesMs, logged, records, told } = linkTo(clock, next);
  await clock.advance(10_000);
  assert.ok(link.connected === first.vpp);
  first.peer.hangUp();
  await clock.advance(0);
  assert.ok(link.connected === second.vpp);
  assert.ok(first.isClosed());
  assert.deepEqual(triesMs, [0, 10_000]);
  assert.deepEqual(told, ["connect", "disconnect", "connect"]);
  assert.deepEqual(records[1]?.attributes, { reason: "VPP closed the connection", pid: 42 });
  const around = ["error vpp-connect", "warn vpp-disconnect", "error vpp-connect"];
  assert.deepEqual(logged(), around);

  await link.close();
  assert.ok(second.isClosed());
  assert.equal(link.connected, null);
  assert.deepEqual(logged(), ["info vpp-disconnect"]);
  assert.deepEqual(told, ["connect", "disconnect", "connect", "disconnect"]);
  assert.equal(clock.pending, 0);
});

Deno.test("since when there is no VPP is known, and why", async () => {
  const clock = virtualClock();
  const { vpps: [vpp], next } = await vppsOn(clock, 1);
  let isThere = false;
  const { link } = linkTo(clock, () => isThere ? next() : "nobody listens there");
  const startMs = clock.now();
  assert.deepEqual(link.absence, { since: startMs, reason: "no attempt has ended yet" });
  await clock.advance(500);
  assert.deepEqual(link.absence, { since: startMs, reason: "nobody listens there" });
  isThere = true;
  await clock.advance(10_000);
  assert.equal(link.absence, null);
  vpp?.peer.hangUp();
  isThere = false;
  await clock.advance(0);
  const lostMs = clock.now();
  assert.deepEqual(link.absence, { since: lostMs, reason: "VPP closed the connection" });
  await clock.advance(5_000);
  assert.deepEqual(link.absence, { since: lostMs, reason: "nobody listens there" });
  await link.close();
});

Deno.test("a VPP that drops each connection is tried less and less often", async () => {
  const clock = virtualClock();
  const { vpps, next } = await vppsOn(clock, 5);
  const { link, triesMs, told, logged } = linkTo(clock, () => {
    const outcome = next();
    if (typeof outcome !== "string") clock.setTimer(100, () => outcome.peer.hangUp());
    return outcome;
  });
  await clock.advance(12_500);
  assert.deepEqual(triesMs, [0, 1_100, 3_200, 7_300, 12_400]);
  assert.deepEqual(told, Array(5).fill(["connect", "disconnect"]).flat());
  assert.equal(logged().filter((line) => line === "warn vpp-disconnect").length, 5);
  assert.ok(vpps.every(({ isClosed }) => isClosed()));
  await link.close();
  assert.equal(clock.pending, 0);
});

Deno.test("each time that connecting begins to fail is one warning", async () => {
  const clock = virtualClock();
  const { vpps: [vpp] } = await vppsOn(clock, 1);
  assert.ok(vpp !== undefined);
  const outcomes: Outcome[] = ["not yet", "not yet", vpp];
  const { link, logged } = linkTo(clock, () => outcomes.shift() ?? "gone");
  await clock.advance(20_000);
  vpp.peer.hangUp();
  await clock.advance(1_000);
  assert.deepEqual(logged(), [
    "warn vpp-connect-failed",
    "debug vpp-connect-failed",
    "error vpp-connect",
    "warn vpp-disconnect",
    "warn vpp-connect-failed",
    "debug vpp-connect-failed",
  ]);
  await link.close();
});

Deno.test("a socket file that appears is tried at once, and begins the row of delays anew", async () => {
  const folder = await Deno.makeTempDir();
  const apiPath = `${folder}/api.sock`;
  const clock = virtualClock();
  const { link, triesMs } = linkTo(clock, () => "there is no such socket", { apiPath });
  await clock.advance(13_000);
  assert.deepEqual(triesMs.splice(0), [0, 1_000, 3_000, 7_000, 12_000]);
  Deno.writeTextFileSync(apiPath, "");
  await clock.advance(4_000);
  assert.deepEqual(triesMs, [13_250, 14_250, 16_250]);
  await link.close();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a VPP without a usable lb plugin is connected, and said to be unusable once", async () => {
  const clock = virtualClock();
  const { vpps: [vpp], next } = await vppsOn(clock, 1);
  const { link, records, told, triesMs } = linkTo(clock, next);
  await clock.advance(120_000);
  assert.ok(link.connected === vpp?.vpp);
  assert.deepEqual(records[0]?.attributes, {
    version: "26.10",
    "build-date": "today",
    pid: 42,
    api: "/nowhere/api.sock",
    stats: "/nowhere/stats.sock",
    profile: null,
    error: "the lb plugin of this VPP cannot be used: is it loaded, and of a known release?",
    missing: ["VPP has no message lb_conf"],
  });
  assert.deepEqual([records.length, triesMs.length, told], [1, 1, ["connect"]]);
  await link.close();
});

Deno.test("a VPP that does not answer any more is given up, with all calls that wait for it", async () => {
  const clock = virtualClock();
  const { vpps: [first, second], next } = await vppsOn(clock, 2);
  assert.ok(first !== undefined && second !== undefined);
  const { link, records } = linkTo(clock, next);
  await clock.advance(5_000);
  first.script.delayMs = null;
  assert.equal(link.silentSince, null);
  const pingedAt = clock.now() + 5_000;
  await clock.advance(25_000);
  assert.equal(link.silentSince, pingedAt);
  const calling = first.vpp.api.call(controlPing, {}, { timeoutMs: 60_000 });
  const call = assert.rejects(calling, { code: "closed" });
  await clock.advance(5_000);
  await call;
  assert.ok(first.isClosed());
  assert.ok(link.connected === second.vpp);
  assert.equal(link.silentSince, null, "the silence was that of another");
  assert.deepEqual(
    records.map(({ msg, attributes }) => [msg, attributes["reason"]]),
    [
      ["vpp-connect", undefined],
      ["vpp-not-responding", undefined],
      ["vpp-disconnect", "VPP is not responding: no answer to control_ping in 25 s"],
      ["vpp-connect", undefined],
    ],
  );
  await link.close();
  assert.equal(clock.pending, 0);
});

Deno.test("what callbacks throw is logged, and the link goes on", async () => {
  const clock = virtualClock();
  const { vpps: [first, second], next } = await vppsOn(clock, 2);
  const fail = (what: string) => () => {
    throw new Error(what);
  };
  const callbacks = { onConnect: fail("boom"), onDisconnect: fail("bang") };
  const { link, records } = linkTo(clock, next, callbacks);
  await clock.advance(10_000);
  first?.peer.hangUp();
  await clock.advance(0);
  assert.ok(link.connected === second?.vpp);
  await link.close();
  const failures = records.filter(({ msg }) => msg === "vpp-callback-failed");
  const both = [["onConnect", "boom"], ["onDisconnect", "bang"]];
  assert.deepEqual(
    failures.map(({ attributes: { callback, error } }) => [callback, error]),
    [...both, ...both],
  );
  assert.equal(clock.pending, 0);
});

Deno.test("closed at any moment, it leaves nothing behind", async () => {
  const clock = virtualClock();
  for (const afterMs of [0, 1, 500, 1_000, 2_999, 3_000, 13_000, 17_000]) {
    const { vpps: [vpp] } = await vppsOn(clock, 1);
    assert.ok(vpp !== undefined);
    const outcomes: Outcome[] = ["not yet", "not yet", vpp];
    const { link, told } = linkTo(clock, () => outcomes.shift() ?? assert.fail("tried again"));
    await clock.advance(afterMs);
    await link.close();
    assert.equal(clock.pending, 0);
    assert.equal(link.connected, null);
    assert.deepEqual(told, afterMs < 3_000 ? [] : ["connect", "disconnect"]);
    assert.equal(vpp.isClosed(), afterMs >= 3_000);
    vpp.vpp.api.abandon(new ApiError("closed", "the test is over"));
  }
});

Deno.test("closed while it connects, it gives the attempt up and says nothing", async () => {
  const clock = virtualClock();
  const { link, logged, told } = linkTo(clock, () => new Promise<never>(() => {}));
  await clock.advance(500);
  await link.close();
  assert.deepEqual([logged(), told, clock.pending], [[], [], 0]);
});

Deno.test("closed by a callback, it tells of the end as well", async () => {
  const clock = virtualClock();
  const { vpps: [vpp], next } = await vppsOn(clock, 1);
  const told: string[] = [];
  const { link } = linkTo(clock, next, {
    onConnect: () => {
      told.push("connect");
      link.close();
    },
    onDisconnect: () => told.push("disconnect"),
  });
  await clock.advance(0);
  await link.close();
  assert.deepEqual([told, vpp?.isClosed(), clock.pending], [["connect", "disconnect"], true, 0]);
});

Deno.test("closed while a VPP does not answer, it waits a second for the goodbye and no longer", async () => {
  const clock = virtualClock();
  const { vpps: [vpp], next } = await vppsOn(clock, 1);
  assert.ok(vpp !== undefined);
  const { link } = linkTo(clock, next);
  await clock.advance(0);
  vpp.script.delayMs = null;
  await clock.advance(12_000);
  const closed = link.close();
  await clock.advance(1_000);
  assert.equal(clock.pending, 0);
  await closed;
  assert.ok(vpp.isClosed());
});

Deno.test("what an old connection does late has no effect on the new one", async () => {
  const clock = virtualClock();
  const { vpps: [first, second], next } = await vppsOn(clock, 2);
  assert.ok(first !== undefined && second !== undefined);
  const { link, told } = linkTo(clock, next);
  await clock.advance(10_000);
  first.vpp.api.abandon(new ApiError("protocol", "nonsense"));
  await clock.advance(0);
  assert.ok(link.connected === second.vpp);
  first.script.bootTime++;
  first.vpp.api.abandon(new ApiError("closed", "late"));
  first.peer.hangUp();
  await clock.advance(60_000);
  assert.ok(link.connected === second.vpp);
  assert.deepEqual(told, ["connect", "disconnect", "connect"]);
  await link.close();
});
