import assert from "node:assert/strict";
import { type Abuse, abuses, outcomeOf } from "./clients/abuses.ts";
import { type ApiDaemon, assertFlat, withApiDaemon } from "./clients/api_daemon.ts";
import { frame, joined, message, settings, text, windowUpdate } from "./clients/frames.ts";
import { callBytes, callFields, headers, named } from "./clients/raw_calls.ts";
import { connectRaw, endOf, type RawConnection, sleep } from "./clients/raw_connection.ts";
import { largeConfig } from "./large_config.ts";

/** A client that only wants its answers, each within a second, on one connection. */
async function honestClient(target: string, name = "web1") {
  const connection = await connectRaw(target);
  let next = 1;
  const ask = async (end = "grpc-status 0", mostMs = 1_000) => {
    const stream = next;
    next += 2;
    const startMs = performance.now();
    await connection.send(
      windowUpdate(0, 1_000),
      callBytes(stream, "/maglev.Maglev/GetBackend", named(name)),
    );
    await connection.until(() => endOf(connection.streams.get(stream)) !== "open");
    assert.equal(endOf(connection.streams.get(stream)), end);
    const tookMs = performance.now() - startMs;
    assert.ok(tookMs < mostMs, `the call of somebody else took ${Math.round(tookMs)} ms`);
  };
  return { ask, [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose]() };
}

async function suffer({ targets: [target] }: ApiDaemon, abuse: Abuse): Promise<void> {
  await using honest = await honestClient(target);
  await honest.ask();
  {
    await using connection = await connectRaw(target, abuse);
    const acting = abuse.act(connection);
    await sleep(20);
    await honest.ask();
    await acting;
    await settle(connection, abuse);
    await honest.ask();
    const outcome = outcomeOf(connection);
    assert.ok(abuse.outcomes.includes(outcome), `${outcome}, not ${abuse.outcomes.join(" or ")}`);
  }
  await honest.ask();
}

/** Waits for what has to come, and a moment for what may. */
async function settle(connection: RawConnection, { outcomes, patienceMs }: Abuse): Promise<void> {
  const mayStayOpen = outcomes.includes("open");
  const isOver = () => outcomeOf(connection) !== "open";
  await connection.until(isOver, patienceMs ?? (mayStayOpen ? 1_000 : 5_000));
}

Deno.test("whatever a client does, others are answered, and nothing of it stays", async (t) => {
  await withApiDaemon(async (daemon) => {
    for (const abuse of abuses) {
      await t.step(abuse.name, () => suffer(daemon, abuse));
    }
    await t.step("the second time it costs nothing any more", async () => {
      await sleep(500);
      const before = daemon.vitals();
      for (const abuse of abuses) {
        // What takes the server's patience is not done again.
        if (abuse.patienceMs === undefined) await suffer(daemon, abuse);
      }
      await sleep(500);
      assertFlat(before, daemon.vitals(), 48);
      assert.equal(await daemon.metric("maglev_event_subscribers"), 0);
    });
  });
});

Deno.test("of the streams over the limit of a connection, each is refused, and the others live", async () => {
  await withApiDaemon(async ({ targets: [target] }) => {
    await using connection = await connectRaw(target);
    const { streams, send, until, serverSettings } = connection;
    for (let stream = 1; stream < 2 * 300; stream += 2) {
      await send(callBytes(stream, "/maglev.Maglev/WatchEvents"));
    }
    const refused = () => [...streams.values()].filter(({ reset }) => reset === "REFUSED_STREAM");
    const answered = () => [...streams.values()].filter(({ fields }) => fields.length > 0);
    await until(() => refused().length >= 44 && answered().length >= 256);
    assert.equal(serverSettings.get(3), 256);
    assert.equal(refused().length, 44);
    assert.equal(answered().length, 256);
  });
});

Deno.test("of too many connections idle ones give way, the oldest first", async () => {
  await withApiDaemon(async ({ targets: [target] }) => {
    await using opened = await openConnections(target);
    const busy = await opened.add({ isBusy: true });
    for (let count = 0; count < 200; count++) await opened.add();
    assert.equal(await opened.settle(64), 64);
    assert.ok(!busy.isClosed);
    await using honest = await honestClient(target);
    await honest.ask();
    assert.ok(!busy.isClosed);
  });
});

Deno.test("where all connections are busy, a new one is refused, until one is free", async () => {
  await withApiDaemon(async ({ targets: [target] }) => {
    await using opened = await openConnections(target);
    for (let count = 0; count < 64; count++) await opened.add({ isBusy: true });
    const refused = await opened.add();
    await refused.until(() => refused.isClosed);
    assert.ok(refused.isClosed);
    assert.equal(await opened.settle(64), 64);
    await opened.closeFirst();
    await sleep(200);
    await using honest = await honestClient(target);
    await honest.ask();
  });
});

/** Connections that are open at the same time; busy ones watch events. */
async function openConnections(target: string) {
  const opened: RawConnection[] = [];
  const stack = new AsyncDisposableStack();
  const live = () =>
    opened.filter(({ isClosed, serverSettings }) => !isClosed && serverSettings.size > 0).length;
  await Promise.resolve();
  return {
    async add({ isBusy = false } = {}) {
      const connection = stack.use(await connectRaw(target));
      opened.push(connection);
      if (!isBusy) return connection;
      await connection.send(callBytes(1, "/maglev.Maglev/WatchEvents"));
      await connection.until(() => (connection.streams.get(1)?.dataBytes ?? 0) > 0);
      return connection;
    },
    closeFirst: async () => await opened.shift()?.[Symbol.asyncDispose](),
    /** How many live, when as many as expected do, or after some seconds. */
    async settle(expected: number) {
      for (let turn = 0; turn < 100 && live() !== expected; turn++) await sleep(50);
      return live();
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

Deno.test("an answer waits for a window, and comes when there is one", async () => {
  await withApiDaemon(async ({ targets: [target] }) => {
    await using connection = await connectRaw(target);
    const { streams, send, until } = connection;
    await send(settings([4, 0]));
    await send(callBytes(1, "/maglev.Maglev/GetBackend", named("web1")));
    await until(() => streams.has(1));
    await sleep(100);
    assert.deepEqual([streams.get(1)?.dataBytes, endOf(streams.get(1))], [0, "open"]);
    await send(windowUpdate(1, 3));
    await until(() => streams.get(1)?.dataBytes === 3);
    await sleep(50);
    assert.deepEqual([streams.get(1)?.dataBytes, endOf(streams.get(1))], [3, "open"]);
    await send(settings([4, 65_535]));
    await until(() => endOf(streams.get(1)) !== "open");
    assert.equal(endOf(streams.get(1)), "grpc-status 0");
  });
});

Deno.test("a call whose request never ends is over at its deadline", async () => {
  await withApiDaemon(async ({ targets: [target] }) => {
    await using connection = await connectRaw(target);
    const { streams, send, until } = connection;
    await send(headers(1, callFields("/maglev.Maglev/GetBackend", { "grpc-timeout": "200m" })));
    await until(() => endOf(streams.get(1)) !== "open", 2_000);
    assert.equal(endOf(streams.get(1)), "grpc-status 4");
  });
});

const reflection = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo";

/** A message in single bytes: each costs its receiver more than the byte. */
const crumbs = (stream: number, count: number) =>
  joined(
    ...Array.from({ length: count }, () => frame("data", { stream, payload: new Uint8Array(1) })),
  );

Deno.test("what comes in single bytes, and is not taken, costs about as much as it has bytes", async () => {
  await withApiDaemon(async ({ targets: [target], vitals }) => {
    await using connections = new AsyncDisposableStack();
    const before = vitals();
    const part = 10_000;
    for (let count = 0; count < 4; count++) {
      const { send } = connections.use(await connectRaw(target));
      await send(settings([4, 0]));
      for (let stream = 1; stream < 2 * 15; stream += 2) {
        // The first answer waits for a window, so nobody takes what follows.
        const question = message(joined(new Uint8Array([0x22, 13]), text("maglev.Maglev")));
        await send(
          headers(stream, callFields(reflection)),
          frame("data", { stream, payload: joined(question, question) }),
        );
        for (let sent = 0; sent < 6; sent++) await send(crumbs(stream, part));
      }
    }
    await using honest = await honestClient(target);
    await honest.ask();
    const { rssMib } = vitals();
    assert.ok(rssMib - before.rssMib < 200, `${before.rssMib}, ${rssMib} MiB`);
  });
});

Deno.test("answers that nobody takes are made only a few at a time", async () => {
  const config = largeConfig({ backends: 10_000, frontends: 100, backendsPerFrontend: 10 })
    .replaceAll("10.0.", "127.0.").replaceAll("interval: 5s", "interval: 60s");
  await withApiDaemon(async ({ targets: [target], vitals }) => {
    await using connections = new AsyncDisposableStack();
    await using honest = await honestClient(target, "no-such");
    // Ten thousand first probes come before.
    await honest.ask("grpc-status 5", 10_000);
    const before = vitals();
    // They ask for 700 MB.
    for (let count = 0; count < 32; count++) {
      const hoarder = connections.use(await connectRaw(target));
      await hoarder.send(settings([4, 0]));
      for (let stream = 1; stream < 2 * 256; stream += 2) {
        await hoarder.send(callBytes(stream, "/maglev.Maglev/ListBackends"));
      }
    }
    await sleep(1_000);
    await honest.ask("grpc-status 5", 3_000);
    const { rssMib } = vitals();
    assert.ok(rssMib - before.rssMib < 450, `${before.rssMib}, ${rssMib} MiB`);
  }, { config });
});

Deno.test("whoever reads nothing, or says nothing, does not keep the daemon from its end", async () => {
  await withApiDaemon(async ({ targets: [target], signal, ended }) => {
    await using connections = new AsyncDisposableStack();
    for (let count = 0; count < 8; count++) {
      connections.use(await connectRaw(target, { greets: false }));
      const deaf = connections.use(await connectRaw(target));
      await deaf.send(settings([4, 0]), callBytes(1, "/maglev.Maglev/WatchEvents"));
      await deaf.send(callBytes(3, "/maglev.Maglev/GetBackend", named("web1")));
      await deaf.send(headers(5, callFields("/maglev.Maglev/GetBackend")));
    }
    const startMs = performance.now();
    signal("SIGTERM");
    // Those who come now are turned away.
    for (let count = 0; count < 50; count++) {
      await connectRaw(target).then((each) => each[Symbol.asyncDispose](), () => {});
      await sleep(10);
    }
    assert.equal(await ended(), 0);
    assert.ok(performance.now() - startMs < 6_000);
  });
});
