import assert from "node:assert/strict";
import { type RunningDaemon, withDaemon } from "./daemon_process.ts";
import { readExposition, type ReadFamily, valueOf } from "./exposition.ts";
import { startServer } from "./probed_server.ts";
import { runProgram } from "./program.ts";
import { answers } from "./server_behaviours.ts";
import { until, vppKinds } from "./vpp_under_test.ts";

const configuration = (port: number, backends: readonly string[]) =>
  `maglev:
  healthchecks:
    web: { type: http, port: ${port}, interval: 50ms, timeout: 500ms, rise: 1, fall: 2 }
  backends:
${backends.map((name) => `    ${name}: { address: 127.0.0.1, healthcheck: web }`).join("\n")}
  frontends:
    www:
      address: 198.51.100.1
      protocol: tcp
      port: 80
      pools: [{ name: primary, backends: { web1: { weight: 70 } } }]
  vpp:
    lb:
      ipv4-src-address: 192.0.2.1
      ipv6-src-address: "2001:db8::1"
      startup-min-delay: 1s
      startup-max-delay: 3s
`;

/** Where the daemon says that its metrics are. */
async function origin({ lines }: RunningDaemon): Promise<string> {
  const find = () => lines.find(({ msg }) => msg === "listening")?.address;
  await until(() => find() !== undefined, "no listening");
  return `http://${find()}`;
}

async function scrape(
  at: string,
  headers: Record<string, string> = {},
): Promise<ReadonlyMap<string, ReadFamily>> {
  const response = await fetch(`${at}/metrics`, { headers });
  assert.equal(response.status, 200);
  const isText = response.headers.get("content-type")?.startsWith("text/plain");
  return readExposition(await response.text(), isText ? "text" : "openmetrics");
}

for (const kind of vppKinds) {
  Deno.test(`${kind.name}: a daemon that drives it becomes ready, and is scraped`, async () => {
    const vpp = await kind.run();
    await using server = await startServer(answers());
    const file = await Deno.makeTempFile({ suffix: ".yaml" });
    await Deno.writeTextFile(file, configuration(server.port, ["web1", "web2"]));
    const args = [
      ...["--config", file, "--metrics-addr", "127.0.0.1:0"],
      ...["--vpp-api-addr", vpp.apiPath, "--vpp-stats-addr", vpp.statsPath],
    ];
    try {
      await withDaemon(args, async (daemon) => {
        const at = await origin(daemon);
        const reasons = new Set<string>();
        for (let isReady = false; !isReady;) {
          const response = await fetch(`${at}/readyz`);
          const body = await response.text();
          isReady = response.status === 200;
          if (!isReady) reasons.add(body.replace(/:[^]*/, ""));
          assert.ok(response.status === (isReady ? 200 : 503) && reasons.size < 4);
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
        assert.ok(reasons.has("warm-up"), [...reasons].join());

        await until(
          () => daemon.lines.some(({ msg }) => msg === "vpp-lbsync-done"),
          "nothing is synced",
        );
        const read = await scrape(at);
        assert.equal(valueOf(read, "maglev_backend_state", { backend: "web2", state: "up" }), 1);
        assert.ok(Number(valueOf(read, "maglev_probe_total", { backend: "web1" })) > 0);
        assert.equal(valueOf(read, "maglev_frontend_pool_backend_effective_weight"), 70);
        assert.equal(valueOf(read, "maglev_vpp_connected"), 1);
        assert.ok(Number(valueOf(read, "maglev_vpp_api_total", { direction: "send" })) > 0);
        const zipped = { accept: "application/openmetrics-text", "accept-encoding": "gzip" };
        assert.equal(valueOf(await scrape(at, zipped), "maglev_backend_health"), 2);

        await Deno.writeTextFile(file, configuration(server.port, ["web1"]));
        daemon.signal("SIGHUP");
        let after = await scrape(at);
        const reloads = () => valueOf(after, "maglev_config_reload_total", { result: "success" });
        for (let turn = 0; reloads() === 0 && turn < 200; turn++) {
          await new Promise((resolve) => setTimeout(resolve, 10));
          after = await scrape(at);
        }
        assert.equal(reloads(), 1);
        assert.equal(valueOf(after, "maglev_config_last_reload_successful"), 1);
        for (const { samples } of after.values()) {
          assert.ok(!JSON.stringify(samples).includes("web2"), "web2 has vanished");
        }

        await vpp.kill();
        try {
          await until(() => daemon.lines.some(({ msg }) => msg === "vpp-disconnect"), "not lost");
          const lost = await scrape(at);
          assert.equal(valueOf(lost, "maglev_vpp_connected"), 0);
          assert.equal(valueOf(lost, "maglev_vpp_uptime_seconds"), undefined);
          assert.equal(await (await fetch(`${at}/readyz`)).text(), "not connected to VPP\n");
          assert.equal(await (await fetch(`${at}/healthz`)).text(), "ok\n");
        } finally {
          await vpp.start();
        }
        daemon.signal("SIGTERM");
        assert.equal(await daemon.ended(), 0);
      });
    } finally {
      await vpp.end();
      await Deno.remove(file);
    }
  });
}

Deno.test("an address that cannot be listened on is one line, and the end", async () => {
  const file = await Deno.makeTempFile({ suffix: ".yaml" });
  await Deno.writeTextFile(file, configuration(80, ["web1"]));
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = taken.addr as Deno.NetAddr;
  const cases: readonly (readonly [string, number, RegExp])[] = [
    [
      `127.0.0.1:${port}`,
      1,
      /^maglev: cannot listen on 127\.0\.0\.1:\d+ for metrics: the port is in use\n$/,
    ],
    ["203.0.113.1:0", 1, /^maglev: cannot listen on 203\.0\.113\.1:0 for metrics: .+\n$/],
    ["9091", 2, /^maglev: --metrics-addr: "9091" is no host:port, like ":9091".*\n$/],
  ];
  for (const [address, code, err] of cases) {
    const args = [...["daemon", "--config", file], ...[
      "--vpp-api-addr",
      "",
      "--grpc-addr",
      "",
      "--metrics-addr",
      address,
    ]];
    const outcome = await runProgram(args);
    assert.match(outcome.err, err);
    assert.equal(outcome.code, code);
  }
  await Deno.remove(file);
});
