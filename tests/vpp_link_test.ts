import assert from "node:assert/strict";
import { type Clock, systemClock } from "../src/clock.ts";
import { syncSettings } from "../src/lb/settings.ts";
import { keepVppLink } from "../src/lb/vpp_link.ts";
import { logger, type LogRecord } from "../src/log.ts";
import { countMessages } from "../src/vpp/api/mod.ts";
import { address } from "../src/vpp/lb/lb_fixture.ts";
import { controlPing } from "../src/vpp/wire/mod.ts";
import { type RunningVpp, until, vppKinds } from "./vpp_under_test.ts";

/** A link to a VPP, with what was logged at info and above, and whom it told what. */
function linkTo({ apiPath, statsPath }: RunningVpp, clock: Clock = systemClock) {
  const records: LogRecord[] = [];
  const log = logger({ clock, sink: () => {} });
  log.subscribe("info", (record) => records.push(record));
  const counters = countMessages();
  const told: string[] = [];
  const link = keepVppLink({
    apiPath,
    statsPath,
    clock,
    log,
    counters,
    onConnect: () => told.push("connect"),
    onDisconnect: () => told.push("disconnect"),
  });
  const untilConnected = () => until(() => link.connected !== null, "VPP is not connected");
  const logged = () => records.map(({ level, msg }) => `${level} ${msg}`);
  const counted = (name: string) => counters.counts().find(({ msg }) => msg === name)?.count ?? 0;
  return { link, log, records, logged, told, counted, untilConnected };
}

/** Time that passes faster than it does, for what waits long and needs a VPP that runs. */
function hastyClock(factor: number): Clock {
  return {
    now: () => systemClock.now(),
    monotonic: () => factor * systemClock.monotonic(),
    setTimer: (delayMs, callback) => systemClock.setTimer(delayMs / factor, callback),
    setTimerAt: (dueMs, callback) => systemClock.setTimerAt(dueMs / factor, callback),
    sleep: (delayMs, options) => systemClock.sleep(delayMs / factor, options),
  };
}

const settings = {
  sourceIpv4: address("192.0.2.1"),
  sourceIpv6: address("2001:db8::1"),
  stickyBucketsPerCore: 4_096,
  flowTimeoutSeconds: 30,
};

for (const { name, run, isReal } of vppKinds) {
  Deno.test(`${name}: is connected, gets its settings once, and is left as it is`, async () => {
    const vpp = await run();
    for (const isFirst of [true, false]) {
      const { link, log, records, logged, told, untilConnected } = linkTo(vpp);
      await untilConnected();
      const { lb = null, info } = link.connected ?? {};
      assert.ok(lb !== null && info !== undefined);
      assert.match(info.version, isReal ? /^\d\d\.\d\d/ : /simulation$/);
      assert.ok(Math.abs(info.bootTimeMs - Date.now()) < 60_000);
      assert.equal(await syncSettings(lb, settings, { log }), isFirst);
      await link.close();
      assert.equal(link.connected, null);
      assert.deepEqual(told, ["connect", "disconnect"]);
      const set = isFirst ? ["info vpp-lb-conf-set"] : [];
      assert.deepEqual(logged(), ["info vpp-connect", ...set, "info vpp-disconnect"]);
      assert.equal(records[0]?.attributes["profile"], info.profile);
    }
    await vpp.end();
  });

  Deno.test(`${name}: killed and started again, it is connected well within 2 s`, async () => {
    const vpp = await run();
    const { link, logged, told, untilConnected } = linkTo(vpp);
    await untilConnected();
    const before = link.connected;
    await vpp.kill();
    await until(() => link.connected === null, "the loss is not noticed");
    await until(() => logged().includes("warn vpp-connect-failed"), "VPP is not tried again");
    await vpp.start();
    const startMs = performance.now();
    await untilConnected();
    assert.ok(performance.now() - startMs < 1_500);
    const after = link.connected;
    assert.ok(before !== null && after !== null && before !== after);
    assert.equal((await after.api.call(controlPing, {})).vpePid, after.info.pid);
    await assert.rejects(before.api.call(controlPing, {}), { code: "closed" });
    await assert.rejects(before.stats.read({}), { code: "closed" });
    assert.deepEqual(told, ["connect", "disconnect", "connect"]);
    assert.deepEqual(logged(), [
      "info vpp-connect",
      "warn vpp-disconnect",
      "warn vpp-connect-failed",
      "info vpp-connect",
    ]);
    await link.close();
    await vpp.end();
  });

  Deno.test(`${name}: paused for 20 s, it gets one ping, and is right afterwards`, async () => {
    const vpp = await run();
    // VPP's own time passes as ever: 20 s here are 2 s there.
    const { link, logged, told, counted, untilConnected } = linkTo(vpp, hastyClock(10));
    await untilConnected();
    const { connected } = link;
    const pings = counted("control_ping");
    vpp.pause();
    await systemClock.sleep(2_000);
    assert.equal(counted("control_ping"), pings + 1);
    vpp.resume();
    await until(() => logged().includes("info vpp-responding"), "VPP does not go on");
    await until(() => counted("control_ping") > pings + 1, "VPP is not pinged any more");
    assert.ok(link.connected === connected);
    assert.deepEqual(told, ["connect"]);
    assert.deepEqual(logged(), [
      "info vpp-connect",
      "warn vpp-not-responding",
      "info vpp-responding",
    ]);
    await link.close();
    await vpp.end();
  });

  Deno.test(`${name}: paused for ever, it is given up, and connected when it goes on`, async () => {
    const vpp = await run();
    const { link, records, told, untilConnected } = linkTo(vpp, hastyClock(20));
    await untilConnected();
    vpp.pause();
    await until(() => link.connected === null, "VPP is not given up");
    assert.match(String(records.at(-1)?.attributes["reason"]), /^VPP is not responding: /);
    vpp.resume();
    await untilConnected();
    assert.deepEqual(told, ["connect", "disconnect", "connect"]);
    await link.close();
    await vpp.end();
  });

  Deno.test(`${name}: without its stats socket it is not connected, with it at once`, async () => {
    const vpp = await run();
    const elsewhere = `${vpp.statsPath}.away`;
    await Deno.rename(vpp.statsPath, elsewhere);
    const { link, records, logged, told, untilConnected } = linkTo(vpp);
    await until(() => records.length > 0, "nothing is said");
    assert.match(String(records[0]?.attributes["error"]), /stats.sock: no such file or directory$/);
    await systemClock.sleep(50);
    assert.equal(link.connected, null);
    await Deno.rename(elsewhere, vpp.statsPath);
    const startMs = performance.now();
    await untilConnected();
    assert.ok(performance.now() - startMs < 900);
    assert.deepEqual(told, ["connect"]);
    assert.deepEqual(logged(), ["warn vpp-connect-failed", "info vpp-connect"]);
    await link.close();
    await vpp.end();
  });

  Deno.test(`${name}: closed at any moment of connecting, it leaves nothing behind`, async () => {
    const vpp = await run();
    for (const afterMs of [0, 1, 3, 6, 10, 20]) {
      const { link, told } = linkTo(vpp);
      if (afterMs > 0) await systemClock.sleep(afterMs);
      const startMs = performance.now();
      await link.close();
      assert.ok(performance.now() - startMs < 500);
      assert.deepEqual(told, told.length === 0 ? [] : ["connect", "disconnect"]);
    }
    await vpp.end();
  });
}
