import assert from "node:assert/strict";
import { virtualClock } from "../clock.ts";
import { logger } from "../log.ts";
import { live, type Living } from "./life.ts";
import type { HeardSignal } from "./process.ts";

function setUp({ startMs = 0, stop = async () => {}, fail }: {
  readonly startMs?: number;
  readonly stop?: Living["stop"];
  /** What the start comes to instead: an exit code, or an error. */
  readonly fail?: number | Error;
} = {}) {
  const clock = virtualClock();
  const happened: string[] = [];
  const heard = {
    signal: (_: HeardSignal) => assert.fail("nobody listens"),
    uncaught: (_: unknown) => assert.fail("nobody listens"),
  };
  const tell = (what: string) => void happened.push(what);
  const living: Living = {
    reload: () => Promise.resolve(tell("reload")),
    stop: () => {
      tell("stop");
      return stop();
    },
    status: () => "",
    isAlive: () => true,
  };
  const code = live({
    start: async () => {
      if (startMs > 0) await clock.sleep(startMs);
      if (fail instanceof Error) throw fail;
      return fail === undefined ? { kind: "started", living } : { kind: "failed", code: fail };
    },
    process: {
      pid: 1,
      onSignal: (listener) => {
        heard.signal = listener as typeof heard.signal;
        return () => tell("deaf");
      },
      onUncaught: (listener) => {
        heard.uncaught = listener as typeof heard.uncaught;
        return () => {};
      },
      exit: (code) => tell(`exit ${code}`),
    },
    serviceManager: {
      ready: () => tell("READY"),
      reloading: () => () => {},
      stopping: (why) => tell(`STOPPING ${why}`),
      end: () => {},
    },
    clock,
    log: logger({
      clock,
      sink: (line) => {
        const { msg, signal = "", error = "", stack } = JSON.parse(line);
        assert.equal(typeof stack, error === "" || error === "a text" ? "undefined" : "string");
        tell(`${msg} ${signal}${error}`.trim());
      },
    }),
  });
  return { clock, happened, heard, code };
}

const never = () => new Promise<void>(() => {});

Deno.test("a signal ends it gracefully, hangups reload until then", async () => {
  const { clock, happened, heard, code } = setUp();
  await clock.advance(1);
  heard.signal("SIGHUP");
  heard.signal("SIGTERM");
  heard.signal("SIGHUP");
  assert.equal(await code, 0);
  assert.deepEqual(happened, [
    ...["READY", "reload", "shutdown SIGTERM", "STOPPING SIGTERM", "stop", "deaf"],
  ]);
  assert.equal(clock.pending, 0);
});

Deno.test("signals are heard from before the start, and wait for its end", async () => {
  const { clock, happened, heard, code } = setUp({ startMs: 1_000 });
  heard.signal("SIGHUP");
  await clock.advance(500);
  heard.signal("SIGHUP");
  assert.deepEqual(happened, []);
  await clock.advance(1_000);
  assert.deepEqual(happened, ["READY", "reload"], "one reload will do");
  heard.signal("SIGINT");
  assert.equal(await code, 0);

  const second = setUp({ startMs: 1_000 });
  second.heard.signal("SIGTERM");
  await second.clock.advance(1_000);
  assert.equal(await second.code, 0);
  assert.deepEqual(second.happened, ["shutdown SIGTERM", "STOPPING SIGTERM", "stop", "deaf"]);
});

Deno.test("a stop that hangs, or a start, is cut short after 6 s", async () => {
  for (const options of [{ stop: never }, { startMs: 60_000 }]) {
    const { clock, happened, heard } = setUp(options);
    await clock.advance(1);
    heard.signal("SIGTERM");
    await clock.advance(5_999);
    assert.ok(!happened.includes("exit 0"));
    await clock.advance(1);
    assert.deepEqual(happened.slice(-2), ["shutdown-forced", "exit 0"]);
  }
});

Deno.test("a second signal ends it at once", async () => {
  for (const [signal, exit] of [["SIGTERM", "exit 143"], ["SIGINT", "exit 130"]] as const) {
    const { clock, happened, heard } = setUp({ stop: never });
    await clock.advance(1);
    heard.signal("SIGTERM");
    await clock.advance(1);
    heard.signal(signal);
    assert.equal(happened.at(-1), exit);
  }
});

Deno.test("an error that nobody caught ends it gracefully with 70, a second one at once", async () => {
  const { clock, happened, heard, code } = setUp();
  await clock.advance(1);
  heard.uncaught(new Error("a fault"));
  assert.equal(await code, 70);
  assert.deepEqual(happened, [
    ...["READY", "internal-error a fault", "STOPPING internal error", "stop", "deaf"],
  ]);

  for (const next of ["error", "signal", "time"]) {
    const { clock, happened, heard } = setUp({ stop: never });
    await clock.advance(1);
    heard.uncaught("a text");
    await clock.advance(1);
    if (next === "error") heard.uncaught(new Error("another"));
    if (next === "signal") heard.signal("SIGTERM");
    if (next === "time") await clock.advance(6_000);
    assert.equal(happened.at(-1), "exit 70", next);
  }
});

Deno.test("an error during a graceful stop makes the code 70, and the stop goes on", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { clock, happened, heard, code } = setUp({ stop: () => promise });
  await clock.advance(1);
  heard.signal("SIGTERM");
  await clock.advance(1);
  heard.uncaught(new Error("a fault"));
  resolve();
  assert.equal(await code, 70);
  assert.ok(!happened.some((each) => each.startsWith("exit")));
});

Deno.test("a start that fails has its own code, and one that breaks has 70, as a stop has", async () => {
  assert.equal(await setUp({ fail: 2 }).code, 2);
  const broken = setUp({ fail: new Error("a fault") });
  assert.equal(await broken.code, 70);
  assert.equal(broken.happened[0], "internal-error a fault");
  const { clock, heard, code } = setUp({ stop: () => Promise.reject(new Error("a fault")) });
  await clock.advance(1);
  heard.signal("SIGTERM");
  assert.equal(await code, 70);
});
