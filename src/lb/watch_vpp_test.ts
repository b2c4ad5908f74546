import assert from "node:assert/strict";
import { type VirtualClock, virtualClock } from "../clock.ts";
import type { LogRecord } from "../log.ts";
import { OsError } from "../os/mod.ts";
import { ApiError } from "../vpp/api/mod.ts";
import { keptLog, scriptedStats, type ScriptedVpp, scriptedVpp } from "./vpp_fixture.ts";
import { watchVpp } from "./watch_vpp.ts";

/** A watch over a scripted VPP, whose stats socket hands out `handedOut`. */
interface Watched extends ScriptedVpp {
  readonly clock: VirtualClock;
  readonly records: readonly LogRecord[];
  readonly handedOut: { script: ScriptedVpp["script"] | null; attached: number; closed: number };
  /** All that was told of its silence. */
  readonly silences: readonly (number | null)[];
  /** Why VPP was given up; null while it is not. */
  reason(): string | null;
  end(): Promise<void>;
}

async function watched(): Promise<Watched> {
  const clock = virtualClock();
  const { log, records } = keptLog(clock);
  const scripted = await scriptedVpp(clock);
  const handedOut: Watched["handedOut"] = { script: scripted.script, attached: 0, closed: 0 };
  const attach = () => {
    handedOut.attached++;
    if (handedOut.script === null) return Promise.reject(new OsError(111, "connect", "/stats"));
    const stats = scriptedStats(handedOut.script, clock);
    return Promise.resolve({ ...stats, close: () => handedOut.closed++ });
  };
  const over = new AbortController();
  const { signal } = over;
  const silences: (number | null)[] = [];
  const onSilence = (since: number | null) => void silences.push(since);
  const { vpp } = scripted;
  const watch = watchVpp({
    ...{ vpp, clock, log, signal, attach, onSilence },
    statsPath: "/stats",
  });
  let reason: string | null = null;
  watch.then((text) => reason = text);
  const end = async () => {
    over.abort();
    await watch;
    scripted.vpp.api.abandon(new ApiError("closed", "the test is over"));
    assert.equal(clock.pending, 0);
  };
  return { ...scripted, clock, records, handedOut, silences, reason: () => reason, end };
}

const names = (records: readonly LogRecord[]) => records.map(({ level, msg }) => `${level} ${msg}`);

Deno.test("a VPP that answers is pinged every 10 s, and nothing is said about it", async () => {
  const { clock, pings, records, reason, handedOut, end } = await watched();
  await clock.advance(3_600_000);
  assert.equal(pings(), 360);
  assert.deepEqual([reason(), names(records), handedOut.attached], [null, [], 0]);
  await end();
});

Deno.test("a VPP that stands still for 20 s has one ping outstanding, and is right afterwards", async () => {
  const { clock, script, peer, pings, records, silences, reason, end } = await watched();
  await clock.advance(10_000);
  script.delayMs = 20_000;
  await clock.advance(10_000 + 4_999);
  assert.deepEqual(silences, []);
  const sentAt = clock.now() - 4_999;
  await clock.advance(15_000);
  assert.deepEqual(silences, [sentAt]);
  assert.equal(pings(), 2);
  assert.deepEqual(names(records), ["warn vpp-not-responding"]);
  script.delayMs = 0;
  await clock.advance(1);
  assert.deepEqual(silences, [sentAt, null]);
  assert.deepEqual(records[1]?.attributes, { pid: 42, "after-ms": 20_000 });
  await clock.advance(60_000);
  assert.equal(pings(), 8);
  assert.equal(peer.mostUnanswered, 1);
  assert.deepEqual(names(records), ["warn vpp-not-responding", "info vpp-responding"]);
  assert.equal(reason(), null);
  await end();
});

Deno.test("a VPP that is slow with every answer is not given up", async () => {
  const { clock, script, records, reason, end } = await watched();
  script.delayMs = 24_999;
  await clock.advance(3 * 35_000);
  assert.deepEqual(names(records).slice(0, 2), [
    "warn vpp-not-responding",
    "info vpp-responding",
  ]);
  assert.equal(reason(), null);
  await end();
});

Deno.test("a VPP is given up at the third miss in a row, which is 25 s after the ping", async () => {
  const { clock, script, pings, records, reason, end } = await watched();
  script.delayMs = null;
  await clock.advance(10_000 + 24_999);
  assert.equal(reason(), null);
  await clock.advance(1);
  assert.equal(reason(), "VPP is not responding: no answer to control_ping in 25 s");
  await clock.advance(60_000);
  assert.equal(pings(), 1);
  assert.deepEqual(names(records), ["warn vpp-not-responding"]);
  await end();
});

Deno.test("another boot time is another VPP", async () => {
  const { clock, script, reason, end } = await watched();
  script.bootTime++;
  await clock.advance(10_000);
  assert.equal(reason(), "/stats: the stats segment is that of another VPP by now");
  await end();
});

Deno.test("a heart that beats once in ten minutes costs a look at the segment, and no connection", async () => {
  const { clock, script, reason, handedOut, end } = await watched();
  for (let beat = 0; beat < 3; beat++) {
    script.heartbeat = beat;
    await clock.advance(600_000);
  }
  assert.equal(reason(), null);
  assert.ok(handedOut.attached > 10 && handedOut.attached <= 60, String(handedOut.attached));
  assert.equal(handedOut.closed, handedOut.attached);
  await end();
});

Deno.test("a heart that stands still is that of a dead VPP, if another hands out its segment", async () => {
  const { clock, script, reason, handedOut, end } = await watched();
  script.heartbeat = 7;
  handedOut.script = { ...script, bootTime: script.bootTime + 100 };
  await clock.advance(60_000);
  assert.equal(reason(), "/stats: the stats segment is that of another VPP by now");
  assert.deepEqual([handedOut.attached, handedOut.closed], [1, 1]);
  await end();
});

Deno.test("a heart that stands still is that of a dead VPP, if nobody hands out a segment", async () => {
  const { clock, script, reason, handedOut, end } = await watched();
  script.heartbeat = 7;
  handedOut.script = null;
  await clock.advance(60_000);
  assert.equal(reason(), "connect /stats: connection refused");
  await end();
});

Deno.test("a segment that VPP keeps changing is read at the next turn", async () => {
  const { clock, script, reason, handedOut, end } = await watched();
  script.statsError = "busy";
  await clock.advance(20_000);
  script.statsError = null;
  await clock.advance(10_000);
  assert.deepEqual([reason(), handedOut.attached], [null, 0]);
  script.statsError = "bounds";
  await clock.advance(10_000);
  assert.equal(reason(), "as the script says");
  await end();
});

Deno.test("a watch ends at once, also in the middle of a ping", async () => {
  for (const afterMs of [0, 5_000, 10_000, 16_000]) {
    const { clock, script, end } = await watched();
    script.delayMs = null;
    await clock.advance(afterMs);
    await end();
  }
});
