import assert from "node:assert/strict";
import type { Event } from "../../rpc/maglev_pb.ts";
import { RpcError, UnreachableError } from "../../rpc/status.ts";
import type { World } from "../command.ts";
import { UsageError } from "../flags.ts";
import { assertGoldenForms, runTested, secondsAgo } from "../golden_testing.ts";
import { runWatchEvents } from "./watch_events.ts";

const transition = {
  ...{ from: "up", to: "down", cause: "probe", detail: "L4CON: connection refused" },
  atUnixNs: secondsAgo(2) + 123_456_000n,
};
const counts = { added: 1, changed: 0, removed: 2 };

/** One of each kind. */
const events: readonly Event[] = ([
  { backend: { backendName: "web1", frontendNames: ["www", "api"], transition } },
  { frontend: { frontendName: "www", transition: { ...transition, cause: "", detail: "" } } },
  {
    log: {
      ...{ atUnixNs: secondsAgo(1), level: "info", msg: "probe-done" },
      attrs: [{ key: "backend", value: "web1" }, { key: "tries", value: "3" }],
    },
  },
  {
    weight: {
      ...{ frontendName: "www", poolName: "primary", backendName: "web1" },
      ...{ from: 100, to: 0, by: "192.0.2.9:4711" },
    },
  },
  {
    reload: {
      ...{ healthchecks: counts, backends: counts, frontends: counts },
      ...{ settings: 1, restarted: 4 },
    },
  },
  { lost: { count: 12n } },
] as const).map((what, index) => ({
  ...what,
  sequence: BigInt(index + 7),
  atUnixNs: secondsAgo(2) + 123_456_000n,
}));

/** A daemon that tells these events, and then nothing until something ends the watch. */
function telling(told: readonly Event[], end: Promise<never> = new Promise(() => {})) {
  const asked: unknown[] = [];
  const answers = {
    ListHealthChecks: () => ({}),
    async *WatchEvents(request: unknown) {
      asked.push(request);
      yield* told;
      await end;
    },
  };
  return { asked, answers };
}

const num = (n: string) => ({ num: ["num"], n: [n] });

Deno.test("each kind of event is printed as it is kept, in each form", async () => {
  const { answers } = telling(events);
  await assertGoldenForms("watch_events", runWatchEvents, { answers, slots: num("6") });
});

Deno.test("without words everything is asked for, and with words nothing else", async () => {
  const all = { log: true, backend: true, frontend: true, weight: true, reload: true };
  const none = { log: false, backend: false, frontend: false, weight: false, reload: false };
  const cases: [Record<string, string[]>, object][] = [
    [{}, { ...all, logLevel: "" }],
    [{ log: ["log"] }, { ...none, log: true, logLevel: "" }],
    [{ log: ["log"], level: ["debug"] }, { ...none, log: true, logLevel: "debug" }],
    [{ backend: [], frontend: [] }, { ...none, backend: true, frontend: true, logLevel: "" }],
  ];
  for (const [slots, request] of cases) {
    const { asked, answers } = telling(events);
    await runTested(runWatchEvents, { answers, slots: { ...slots, ...num("1") } });
    assert.deepEqual(asked, [request]);
  }
});

Deno.test("it ends after as many events as were asked for", async () => {
  const { answers } = telling(events);
  const { code, out } = await runTested(runWatchEvents, { answers, slots: num("2") });
  assert.deepEqual([code, out.length], [0, 2]);
  for (const text of ["0", "-1", "x", "1.5", "1e3", "9999999999"]) {
    await assert.rejects(runTested(runWatchEvents, { answers, slots: num(text) }), UsageError);
  }
});

/** Runs a watch that prints all events before something ends it. */
async function endedBy(world: (print: Promise<void>) => Partial<World>, form = "text") {
  const { answers } = telling(events);
  const printed = Promise.withResolvers<void>();
  let count = 0;
  const print = () => {
    if (++count === events.length) printed.resolve();
    return true;
  };
  const flags = { output: form };
  const tested = { answers, flags, world: { print, ...world(printed.promise) } };
  return (await runTested(runWatchEvents, tested)).code;
}

Deno.test("a key, Ctrl-C and other signals end it, each with its code", async () => {
  const by = (signal: string) =>
    endedBy((printed) => ({ untilInterrupted: () => printed.then(() => signal) }));
  assert.equal(await endedBy((printed) => ({ untilKey: () => printed })), 0);
  assert.deepEqual([await by("SIGINT"), await by("SIGTERM"), await by("SIGHUP")], [0, 143, 129]);
});

Deno.test("nothing is waited for any more, however it ends", async () => {
  const ends: Record<string, (unless: AbortSignal) => Partial<World>> = {
    "a closed pipe": () => ({ print: () => false }),
    "no server": () => ({ withServer: () => Promise.reject(new UnreachableError("nobody")) }),
  };
  for (const [name, world] of Object.entries(ends)) {
    const waits: AbortSignal[] = [];
    const wait = (unless?: AbortSignal) => {
      if (unless !== undefined) waits.push(unless);
      return new Promise<never>(() => {});
    };
    const { answers } = telling(events);
    const waiting = { untilKey: wait, untilInterrupted: wait };
    const tested = { answers, world: { ...waiting, ...world(new AbortController().signal) } };
    await runTested(runWatchEvents, tested).catch(() => {});
    assert.deepEqual(waits.map(({ aborted }) => aborted), [true, true], name);
  }
});

Deno.test("a pipe that nobody reads ends it quietly", async () => {
  const { answers } = telling(events);
  let count = 0;
  const print = () => ++count < 3;
  const { code, err } = await runTested(runWatchEvents, { answers, world: { print } });
  assert.deepEqual([code, err, count], [0, [], 3]);
});

Deno.test("a daemon that ends is one that cannot be reached", async () => {
  const ends: [Promise<never>, RegExp][] = [
    [Promise.reject(new RpcError("UNAVAILABLE", "shutting down")), /^it went away: shutting down$/],
    [Promise.reject(new UnreachableError("the other end closed")), /^the other end closed$/],
    [Promise.resolve() as Promise<never>, /^it ended the stream$/],
  ];
  for (const [end, message] of ends) {
    const { answers } = telling(events, end);
    const isExpected = (error: unknown) =>
      error instanceof UnreachableError && message.test(error.message);
    await assert.rejects(runTested(runWatchEvents, { answers }), isExpected);
  }
  const refused = Promise.reject(new RpcError("INVALID_ARGUMENT", "no log level"));
  const { answers } = telling([], refused as Promise<never>);
  await assert.rejects(runTested(runWatchEvents, { answers }), /no log level/);
});
