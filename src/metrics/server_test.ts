import assert from "node:assert/strict";
import { readExposition } from "../../tests/exposition.ts";
import { systemClock, virtualClock } from "../clock.ts";
import { logger } from "../log.ts";
import { deliver } from "./deliver.ts";
import { backendSource, controllerSource, metricsSources } from "./metrics_testing.ts";
import { findUnreadiness } from "./readiness.ts";
import { watchRuntime } from "./runtime.ts";
import { ListenError } from "../transport/mod.ts";
import { type MetricsServer, startMetricsServer } from "./server.ts";
import type { MetricsSources } from "./sources.ts";

const address = { host: "127.0.0.1", port: 0 };

/** Runs a test with a server. */
async function withServer(
  test: (server: MetricsServer, lines: readonly string[]) => Promise<void>,
  sources: MetricsSources = metricsSources(),
): Promise<void> {
  const lines: string[] = [];
  const log = logger({ clock: systemClock, sink: (line) => lines.push(line) });
  const server = startMetricsServer({ address, sources, clock: systemClock, log });
  try {
    await test(server, lines);
  } finally {
    await server.stop();
  }
}

/** What a server says to bytes that need not be a request, until it closes. */
async function exchange(
  { host, port }: MetricsServer["address"],
  text: string,
  { isEnd = false } = {},
): Promise<string> {
  using connection = await Deno.connect({ hostname: host, port });
  await connection.write(new TextEncoder().encode(text));
  if (isEnd) await connection.closeWrite();
  return await new Response(readAll(connection)).text();
}

function readAll(connection: Deno.Conn): ReadableStream<Uint8Array<ArrayBuffer>> {
  const buffer = new Uint8Array(65_536);
  return new ReadableStream({
    pull: async (controller) => {
      const count = await connection.read(buffer).catch(() => null);
      if (count === null) controller.close();
      else controller.enqueue(buffer.slice(0, count));
    },
  });
}

Deno.test("each path and method has its answer", async () => {
  await withServer(async ({ address: { host, port } }, lines) => {
    const cases: readonly (readonly [string, string, number, RegExp])[] = [
      ["GET", "/metrics", 200, /^# HELP maglev_backend_state /],
      ["GET", "/metrics?x=1", 200, /^# HELP/],
      ["GET", "/healthz", 200, /^ok\n$/],
      ["GET", "/readyz", 200, /^ok\n$/],
      ["GET", "/", 404, /^there is nothing here; ask for \/metrics, \/healthz or \/readyz\n$/],
      ["GET", "/metrics/", 404, /readyz/],
      ["GET", "/%00%ff/../..//", 404, /readyz/],
      ["POST", "/metrics", 405, /^only GET is answered\n$/],
      ["DELETE", "/nowhere", 405, /GET/],
    ];
    for (const [method, path, status, body] of cases) {
      const response = await fetch(`http://${host}:${port}${path}`, { method });
      assert.equal(response.status, status, `${method} ${path}`);
      assert.match(await response.text(), body);
    }
    assert.match(lines[0] ?? "", /"msg":"listening".*"address":"127\.0\.0\.1:[1-9]\d*"/);
  });
});

Deno.test("format and encoding are negotiated, and a large scrape arrives whole", async () => {
  const backends = Array.from(
    { length: 3_000 },
    (_, index) => backendSource(`é${index}`, "10.0.0.1"),
  );
  await withServer(async ({ address: { host, port } }) => {
    const cases = [
      ["text/plain", "identity", "text", "text/plain; version=0.0.4; charset=utf-8"],
      ["text/plain", "gzip", "text", "text/plain; version=0.0.4; charset=utf-8"],
      [
        "application/openmetrics-text",
        ...["gzip", "openmetrics", "application/openmetrics-text; version=1.0.0; charset=utf-8"],
      ],
    ] as const;
    for (const [accept, encoding, format, type] of cases) {
      const headers = { accept, "accept-encoding": encoding };
      const response = await fetch(`http://${host}:${port}/metrics`, { headers });
      assert.equal(response.headers.get("content-type"), type);
      const text = await response.text();
      const read = readExposition(text, format === "text" ? "text" : "openmetrics");
      assert.equal(read.get("maglev_backend_health")?.samples.length, backends.length);
      const raw = await exchange(
        { host, port },
        `GET /metrics HTTP/1.0\r\nhost: x\r\naccept-encoding: ${encoding}\r\n\r\n`,
      );
      assert.equal(/\r\ncontent-encoding: gzip\r\n/i.test(raw), encoding === "gzip");
      assert.equal(raw.length < text.length / 5, encoding === "gzip");
    }
  }, metricsSources({ backends }));
});

Deno.test("readiness is about VPP, its plugin and the warm-up", async () => {
  const { vpp } = controllerSource();
  assert.ok(vpp !== null);
  const cases = [
    [null, null],
    [controllerSource(), null],
    [controllerSource({ vpp: null }), "not connected to VPP"],
    [controllerSource({ silentSince: 0 }), "VPP does not respond"],
    [
      controllerSource({ vpp: { ...vpp, lb: null, missing: ["no lb_vip_dump"] } }),
      "the lb plugin of this VPP cannot be used: no lb_vip_dump",
    ],
    [
      controllerSource({ warmUp: { phase: "releasing", leftMs: 1_200 } }),
      "warm-up: releasing, over in 2s at the latest",
    ],
  ] as const;
  for (const [controller, reason] of cases) {
    assert.equal(findUnreadiness(controller), reason);
    await withServer(async ({ address: { host, port } }) => {
      const response = await fetch(`http://${host}:${port}/readyz`);
      assert.equal(response.status, reason === null ? 200 : 503);
      assert.equal(await response.text(), `${reason ?? "ok"}\n`);
    }, metricsSources({ controller }));
  }
});

Deno.test("hostile requests harm nobody", async () => {
  await withServer(async (server) => {
    const requests = [
      ...["\0\0\0\0", "GET\r\n\r\n", "GET /metrics HTTP/9.9\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM"],
      ...["GET //\\[ HTTP/1.1\r\nhost: [\r\n\r\n", "GET http://[/ HTTP/1.1\r\nhost: x\r\n\r\n"],
      `GET /metrics HTTP/1.1\r\nhost: x\r\nx: ${"y".repeat(1 << 20)}\r\n\r\n`,
      `GET /${"z".repeat(1 << 20)} HTTP/1.1\r\nhost: x\r\n\r\n`,
      "POST /metrics HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999999\r\n\r\n",
      "GET /metrics HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
    ];
    for (const request of requests) {
      await exchange(server.address, request, { isEnd: true }).catch(() => {});
    }
    const { host, port } = server.address;
    assert.equal(await (await fetch(`http://${host}:${port}/healthz`)).text(), "ok\n");
  });
});

Deno.test("clients that never read keep few scrapes, and the end does not wait for them", async () => {
  const backends = Array.from(
    { length: 5_000 },
    (_, index) => backendSource(`b${index}`, "10.0.0.1"),
  );
  await withServer(async ({ address: { host, port }, stop }) => {
    const lazy = await Promise.all(Array.from({ length: 8 }, async () => {
      const connection = await Deno.connect({ hostname: host, port });
      await connection.write(new TextEncoder().encode("GET /metrics HTTP/1.1\r\nhost: x\r\n\r\n"));
      await connection.read(new Uint8Array(1));
      return connection;
    }));
    const refused = await fetch(`http://${host}:${port}/metrics`);
    assert.equal(refused.status, 503);
    assert.equal(await refused.text(), "8 scrapes are under way already\n");
    assert.equal(await (await fetch(`http://${host}:${port}/healthz`)).text(), "ok\n");
    lazy[0]?.close();
    let status = 0;
    for (let turn = 0; status !== 200; turn++) {
      assert.ok(turn < 200, "a client that leaves makes room");
      const response = await fetch(`http://${host}:${port}/metrics`);
      await response.text();
      ({ status } = response);
    }
    await stop();
    for (const connection of lazy.slice(1)) connection.close();
  }, metricsSources({ backends }));
});

Deno.test("a body that is not taken in time fails", async () => {
  const clock = virtualClock();
  let ends = 0;
  const onEnd = () => {
    ends++;
  };
  const parts = [new Uint8Array(1), new Uint8Array(2)];
  const slow = deliver(parts, { clock, withinMs: 10, onEnd }).getReader();
  assert.equal((await slow.read()).value?.length, 1);
  await clock.advance(10);
  await assert.rejects(slow.read(), /takes too long/);
  assert.equal(ends, 1);
  const quick = deliver(parts, { clock, withinMs: 10, onEnd });
  assert.equal((await Array.fromAsync(quick)).length, 2);
  await deliver(parts, { clock, withinMs: 10, onEnd }).cancel();
  await clock.advance(100);
  assert.equal(ends, 3);
});

Deno.test("a source that throws is an answer 500 and a line in the log", async () => {
  const sources = metricsSources();
  const broken: MetricsSources = {
    ...sources,
    checker: {
      ...sources.checker,
      backends: () => {
        throw new Error("broken");
      },
    },
  };
  await withServer(async ({ address: { host, port } }, lines) => {
    for (let turn = 0; turn < 10; turn++) {
      const response = await fetch(`http://${host}:${port}/metrics`);
      assert.equal(response.status, 500);
      assert.equal(await response.text(), "internal error\n");
    }
    assert.match(lines.at(-1) ?? "", /"msg":"metrics-failed".*broken/);
  }, broken);
});

Deno.test("a port that is in use is an error of one line", async () => {
  await withServer(({ address }) => {
    const log = logger({ clock: systemClock, sink: () => {} });
    assert.throws(
      () => startMetricsServer({ address, sources: metricsSources(), clock: systemClock, log }),
      (error) => error instanceof ListenError && /the port is in use$/.test(error.message),
    );
    return Promise.resolve();
  });
});

Deno.test("an empty host means both families", async () => {
  const log = logger({ clock: systemClock, sink: () => {} });
  const sources = metricsSources();
  const options = { sources, clock: systemClock, log, address: { host: "", port: 0 } };
  const server = startMetricsServer(options);
  const { host, port } = server.address;
  for (const name of host === "::" ? ["127.0.0.1", "[::1]"] : ["127.0.0.1"]) {
    assert.equal(await (await fetch(`http://${name}:${port}/healthz`)).text(), "ok\n");
  }
  await server.stop();
});

Deno.test("the runtime's watch samples the loop, and ends", async () => {
  const clock = virtualClock();
  const watch = watchRuntime(clock);
  await clock.advance(1_000);
  assert.equal(watch.loopLag.counts[0], 4);
  assert.ok(watch.cpuSeconds() > 0);
  assert.ok(watch.memory().resident > 1e6);
  assert.ok(watch.startedAtMs < watch.now());
  watch.stop();
  await clock.advance(1_000);
  assert.equal(watch.loopLag.counts[0], 4);
});
