import assert from "node:assert/strict";
import { type VirtualClock, virtualClock } from "../clock.ts";
import type { Attempt, Report } from "./attempt.ts";
import { watchLoop } from "./loop_watch.ts";
import type { ProbeOutcome, ProbeRun } from "./probe.ts";
import { startRun } from "./run.ts";

const pass = { ok: true, code: "L4OK", detail: "connected" } as const;
const refused = { ok: false, code: "L4CON", detail: "connect: connection refused" } as const;

interface Scene {
  readonly clock: VirtualClock;
  readonly report: Report;
  readonly run: ProbeRun;
  readonly outcomes: readonly ProbeOutcome[];
  /** How often the attempt was cleaned up after. */
  readonly cleanups: () => number;
}

/** Starts a probe with a timeout of 1 s. */
function scene(begin: (report: Report) => void = () => {}): Scene {
  const clock = virtualClock();
  clock.stall(100);
  const loop = watchLoop(clock);
  const outcomes: ProbeOutcome[] = [];
  const reports: Report[] = [];
  let cleanups = 0;
  const attempt: Attempt = (report) => {
    reports.push(report);
    begin(report);
    return () => cleanups++;
  };
  const run = startRun(attempt, { timeoutMs: 1_000, clock, loop }, (each) => outcomes.push(each));
  const [report] = reports;
  assert.ok(report !== undefined);
  return { clock, report, run, outcomes, cleanups: () => cleanups };
}

function resultOf(outcomes: readonly ProbeOutcome[]) {
  const [outcome, ...others] = outcomes;
  assert.deepEqual(others, []);
  assert.equal(outcome?.kind, "result");
  return outcome.result;
}

Deno.test("a result has its verdict, its start, its length and its phases", async () => {
  const { clock, report, outcomes, cleanups } = scene();
  await clock.advance(20);
  report.mark("connect");
  await clock.advance(30);
  report.mark("firstByte");
  await clock.advance(5);
  report.end(pass);
  assert.deepEqual(resultOf(outcomes), {
    ...pass,
    started: Date.UTC(2026, 0, 1) + 100,
    durationMs: 55,
    phases: { connect: 20, firstByte: 30 },
  });
  assert.deepEqual([cleanups(), clock.pending], [1, 0]);
});

Deno.test("time is over at the deadline, and the verdict says what was missing by then", async () => {
  for (const isAsked of [false, true]) {
    const { clock, report, outcomes, cleanups } = scene();
    const missing = "answer not complete";
    report.expire({ code: "L7TOUT", what: isAsked ? () => missing : missing });
    await clock.advance(999.9);
    assert.deepEqual(outcomes, []);
    await clock.advance(0.1);
    const { ok, code, detail, durationMs } = resultOf(outcomes);
    assert.deepEqual([ok, code, detail], [false, "L7TOUT", "answer not complete within 1s"]);
    assert.ok(Math.abs(durationMs - 1_000) < 1e-6);
    assert.deepEqual([cleanups(), clock.pending], [1, 0]);
  }
});

Deno.test("what is reported after the end does not count", async () => {
  const { clock, report, outcomes, cleanups } = scene();
  report.end(refused);
  report.end(pass);
  report.endVoid("no reason");
  await clock.advance(5_000);
  assert.equal(resultOf(outcomes).code, "L4CON");
  assert.equal(cleanups(), 1);
});

Deno.test("a probe that fails as it starts is told of afterwards, and cleaned up after", async () => {
  const { clock, run, outcomes, cleanups } = scene((report) => report.end(refused));
  assert.deepEqual([outcomes, cleanups(), clock.pending], [[], 1, 0]);
  await clock.advance(0);
  assert.equal(resultOf(outcomes).detail, "connect: connection refused");
  run.cancel();
  assert.equal(cleanups(), 1);
});

Deno.test("an abandoned probe says nothing more, and leaves nothing behind", async () => {
  for (const begin of [() => {}, (report: Report) => report.end(refused)]) {
    const { clock, run, report, outcomes, cleanups } = scene(begin);
    run.cancel();
    run.cancel();
    assert.equal(cleanups(), 1);
    report.end(pass);
    await clock.advance(5_000);
    assert.deepEqual([outcomes, cleanups(), clock.pending], [[], 1, 0]);
  }
});

Deno.test("what is known since before the deadline is in time, however late it is told", () => {
  const { clock, report, outcomes } = scene();
  clock.stall(3_000);
  report.mark("connect", 2_960);
  report.end(pass, 2_960);
  const { ok, durationMs, phases } = resultOf(outcomes);
  assert.deepEqual([ok, durationMs, phases], [true, 40, { connect: 40 }]);
});

Deno.test("a time before the start is no time for an end", async () => {
  const { clock, report, outcomes } = scene();
  await clock.advance(10);
  report.end(pass, 50);
  assert.equal(resultOf(outcomes).durationMs, 0);
});

/** When the program stands still, for how long, and whether the probe proves something then. */
const standstills: readonly {
  readonly name: string;
  readonly afterMs: number;
  readonly stallMs: number;
  readonly voidFor?: RegExp;
}[] = [
  { name: "none", afterMs: 0, stallMs: 0 },
  { name: "a short one in the middle", afterMs: 300, stallMs: 450 },
  { name: "a long one in the middle", afterMs: 300, stallMs: 600, voidFor: /still for 5\d\dms$/ },
  { name: "a short one over the deadline", afterMs: 900, stallMs: 500 },
  {
    name: "a long one over the deadline",
    afterMs: 900,
    stallMs: 700,
    voidFor: /still for 6\d\dms$/,
  },
  { name: "one from start to end", afterMs: 0, stallMs: 3_000, voidFor: /still for (3|2\.\d+)s$/ },
];

for (const { name, afterMs, stallMs, voidFor } of standstills) {
  Deno.test(`a probe in which time runs out, with a standstill of the program: ${name}`, async () => {
    const { clock, outcomes, cleanups } = scene();
    await clock.advance(afterMs);
    clock.stall(stallMs);
    await clock.advance(0);
    await clock.advance(2_000);
    if (voidFor === undefined) {
      assert.equal(resultOf(outcomes).code, "L4TOUT");
    } else {
      const [outcome] = outcomes;
      assert.ok(outcome?.kind === "void");
      assert.match(outcome.reason, voidFor);
    }
    assert.deepEqual([outcomes.length, cleanups(), clock.pending], [1, 1, 0]);
  });
}

Deno.test("an answer that is seen after the deadline came too late, unless we were to blame", async () => {
  for (const [stallMs, kind] of [[1_100, "result"], [3_000, "void"]] as const) {
    const { clock, report, outcomes } = scene();
    await clock.advance(stallMs === 3_000 ? 0 : 990);
    clock.stall(stallMs === 3_000 ? 3_000 : 20);
    report.end(pass);
    assert.equal(outcomes[0]?.kind, kind);
    if (kind === "result") assert.equal(resultOf(outcomes).code, "L4TOUT");
  }
});

Deno.test("a refusal proves something, however long the program stood still before its deadline", () => {
  const { clock, report, outcomes } = scene();
  clock.stall(900);
  report.end(refused);
  assert.equal(resultOf(outcomes).code, "L4CON");
});

Deno.test("a probe for which this machine lacks something says what", () => {
  const { report, outcomes, cleanups } = scene();
  report.endVoid("socket: too many open files");
  assert.deepEqual(outcomes, [{ kind: "void", reason: "socket: too many open files" }]);
  assert.equal(cleanups(), 1);
});
