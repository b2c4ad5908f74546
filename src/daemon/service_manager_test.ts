import assert from "node:assert/strict";
import { virtualClock } from "../clock.ts";
import { logger } from "../log.ts";
import { connectServiceManager, noServiceManager } from "./service_manager.ts";

function setUp(env: Record<string, string> = {}) {
  const clock = virtualClock();
  const sent: string[] = [];
  const logged: string[] = [];
  const state = { isGone: false, status: "1 of 2 backends up", isAlive: true };
  const manager = connectServiceManager({
    env: (name) => ({ NOTIFY_SOCKET: "/run/notify", ...env })[name],
    pid: 42,
    clock,
    log: logger({ clock, sink: (line) => logged.push(JSON.parse(line).msg) }),
    send: (socket, message) => {
      assert.equal(socket, "/run/notify");
      if (state.isGone) return new Error("connection refused");
      sent.push(message);
      return undefined;
    },
    monotonicMicroseconds: () => BigInt(Math.round(clock.monotonic() * 1_000)) + 7_000_000n,
  });
  const source = { status: () => state.status, isAlive: () => state.isAlive };
  return { clock, sent, logged, state, manager, ready: () => manager.ready(source) };
}

Deno.test("from the start to the end each step is told, and each change of the status once", async () => {
  const { clock, sent, state, manager, ready } = setUp();
  await clock.advance(5_000);
  assert.deepEqual(sent.splice(0), []);
  ready();
  assert.deepEqual(sent.splice(0), ["READY=1\nSTATUS=1 of 2 backends up"]);
  for (let change = 0; change < 30; change++) {
    state.status = `status ${change}`;
    await clock.advance(100);
  }
  await clock.advance(10_000);
  assert.deepEqual(sent.splice(0), [9, 19, 29].map((change) => `STATUS=status ${change}`));
  const reloaded = manager.reloading();
  const reloadedToo = manager.reloading();
  assert.deepEqual(sent.splice(0), Array(2).fill("RELOADING=1\nMONOTONIC_USEC=25000000"));
  reloaded();
  assert.deepEqual(sent.splice(0), []);
  reloadedToo();
  assert.deepEqual(sent.splice(0), ["READY=1"]);
  manager.stopping("SIGTERM");
  manager.stopping("SIGTERM");
  state.status = "late";
  manager.reloading()();
  await clock.advance(5_000);
  assert.deepEqual(sent.splice(0), ["STOPPING=1\nSTATUS=stopping: SIGTERM"]);
  manager.end();
  assert.equal(clock.pending, 0);
});

Deno.test("the watchdog is fed twice in its time, until the end", async () => {
  const { clock, sent, manager, ready } = setUp({ WATCHDOG_USEC: "3000000", WATCHDOG_PID: "42" });
  ready();
  await clock.advance(2_999);
  manager.stopping("SIGTERM");
  await clock.advance(3_001);
  assert.equal(sent.filter((message) => message === "WATCHDOG=1").length, 4);
  manager.end();
  assert.equal(clock.pending, 0);
});

Deno.test("the watchdog is not fed while the work stands still, nor caught up with later", async () => {
  const { clock, sent, logged, state, ready } = setUp({ WATCHDOG_USEC: "2000000" });
  const feeds = async (ms: number) => {
    sent.splice(0);
    await clock.advance(ms);
    return sent.filter((message) => message === "WATCHDOG=1").length;
  };
  ready();
  assert.equal(await feeds(10_000), 10);
  state.isAlive = false;
  assert.ok(await feeds(10_000) <= 1);
  assert.deepEqual(logged, ["probing-stands-still"]);
  state.isAlive = true;
  assert.ok(await feeds(10_000) >= 9);
  clock.stall(60_000);
  assert.equal(await feeds(0), 1, "a loop that stood still feeds once");
});

Deno.test("a watchdog that is none, or another process's, is not fed", async () => {
  const cases: Record<string, string>[] = [
    {},
    { WATCHDOG_USEC: "1000000", WATCHDOG_PID: "43" },
    ...["", "0", "-5", "soon", "Infinity"].map((text) => ({ WATCHDOG_USEC: text })),
  ];
  for (const env of cases) {
    const { clock, sent, ready } = setUp(env);
    ready();
    await clock.advance(10_000);
    assert.deepEqual(sent, ["READY=1\nSTATUS=1 of 2 backends up"], JSON.stringify(env));
  }
});

Deno.test("a socket that is gone is logged once, and what matters is told when it is back", async () => {
  const { clock, sent, logged, state, manager, ready } = setUp({ WATCHDOG_USEC: "2000000" });
  state.isGone = true;
  ready();
  for (let reload = 0; reload < 100; reload++) manager.reloading()();
  await clock.advance(60_000);
  assert.deepEqual([logged, sent], [["service-manager-unreachable"], []]);
  state.isGone = false;
  state.status = "later";
  await clock.advance(1_000);
  assert.equal(sent.filter((message) => message.startsWith("RELOADING=1")).length, 4);
  assert.deepEqual(sent.filter((message) => !/RELOADING|WATCHDOG/.test(message)).slice(-2), [
    "READY=1",
    "STATUS=later",
  ]);
});

Deno.test("without a service manager nothing is sent, and nothing runs", () => {
  assert.equal(setUp({ NOTIFY_SOCKET: "" }).manager, noServiceManager);
});
