import assert from "node:assert/strict";
import { authorityPath, certificateFiles } from "./certificates.ts";
import { withApiDaemon } from "./clients/api_daemon.ts";
import { frame, frameTypes } from "./clients/frames.ts";
import { connectRaw } from "./clients/raw_connection.ts";
import { withDaemon } from "./daemon_process.ts";
import { executable, runAlone } from "./executable.ts";
import { until } from "./vpp_under_test.ts";

const isRoot = Deno.uid() === 0;

const configuration = `maglev:
  healthchecks:
    check: { ${isRoot ? "type: icmp" : "type: tcp, port: 1"}, interval: 1s, timeout: 500ms }
  backends:
    web1: { address: 127.0.0.1, healthcheck: check }
  frontends:
    www:
      address: 198.51.100.1
      protocol: tcp
      port: 80
      pools: [{ name: primary, backends: { web1: {} } }]
  vpp: { lb: { ipv4-src-address: 192.0.2.1, ipv6-src-address: "2001:db8::1" } }
`;

Deno.test("the executable's daemon programs the executable's simulator, and says so", async () => {
  const path = await executable();
  const folder = await Deno.makeTempDir({ prefix: "maglev-executable-" });
  const [api, stats, socket] = ["api", "stats", "grpc"].map((name) => `${folder}/${name}.sock`);
  const file = `${folder}/maglev.yaml`;
  await Deno.writeTextFile(file, configuration);
  const sim = new Deno.Command(path, {
    args: ["sim", "--api", `${api}`, "--stats", `${stats}`],
    ...{ stdin: "null", stdout: "piped" },
  }).spawn();
  const reader = sim.stdout.getReader();
  try {
    await reader.read();
    const check = await runAlone(path, ["daemon", "--check", "--config", file]);
    assert.deepEqual([check.code, check.err], [0, ""]);
    assert.match(check.out, /^config ok: 1 health check, 1 backend, 1 frontend/);
    const flags = [
      "--vpp-api-addr",
      `${api}`,
      "--vpp-stats-addr",
      `${stats}`,
      "--metrics-addr",
      "",
    ];
    const args = ["--config", file, ...flags, "--grpc-addr", `127.0.0.1:0,unix:${socket}`];
    await withDaemon(args, async ({ lines, signal, ended }) => {
      const listening = () => lines.filter(({ msg }) => msg === "listening");
      await until(() => listening().length === 2, "it does not listen");
      for (const { address } of listening()) {
        const shown = await runAlone(path, ["show", "version", "--server", `${address}`]);
        assert.deepEqual([shown.code, shown.err], [0, ""]);
        assert.match(shown.out, /\ndaemon at .*: maglev .*, on deno [\d.]+, since /);
      }
      const asked = async () => {
        const { out } = await runAlone(path, ["debug", "vpp", "--vpp-api-addr", `${api}`]);
        return out.includes("198.51.100.1");
      };
      for (let tries = 0; !await asked(); tries++) assert.ok(tries < 200, "VPP has no VIP");
      signal("SIGTERM");
      assert.equal(await ended(), 0);
    }, { command: [path] });
  } finally {
    sim.kill("SIGTERM");
    while (!(await reader.read()).done);
    await sim.status;
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("the executable trusts the system's authorities, unless the user says otherwise", async () => {
  const path = await executable();
  const { certPath, keyPath } = certificateFiles("ok");
  const args = ["--grpc-tls-cert", certPath, "--grpc-tls-key", keyPath];
  await withApiDaemon(async ({ targets: [target] }) => {
    const show = (flags: string[], env: Record<string, string> = {}) =>
      runAlone(path, ["show", "version", "--server", target, ...flags], { env });
    const given = await show(["--tls-ca", authorityPath]);
    assert.match(given.out, /\ndaemon at /, given.err);
    // A file of certificates stands in for the system's.
    const env = { SSL_CERT_FILE: authorityPath };
    const system = await show(["--tls"], env);
    assert.match(system.out, /\ndaemon at /, system.err);
    const other = await show(["--tls"], { ...env, DENO_TLS_CA_STORE: "mozilla" });
    assert.doesNotMatch(other.out, /\ndaemon at /);
  }, { args, command: [path] });
});

Deno.test({
  name: "the executable probes by ICMP (needs root)",
  ignore: !isRoot,
  fn: async () => {
    const path = await executable();
    const file = await Deno.makeTempFile({ suffix: ".yaml" });
    await Deno.writeTextFile(file, configuration);
    const { code, out, err } = await runAlone(path, ["probe", "web1", "--config", file]);
    await Deno.remove(file);
    assert.deepEqual([code, err], [0, ""], out);
    assert.match(out, /passed\n$/);
  },
});

Deno.test("200 connections that each say goodbye touch no memory that was freed", async () => {
  const command = [await executable()];
  const env = { GLIBC_TUNABLES: "glibc.malloc.perturb=165" };
  await withApiDaemon(async ({ targets: [target], signal, ended }) => {
    for (let count = 0; count < 200; count++) {
      await using connection = await connectRaw(target);
      const isGreeted = () => connection.counts.has(frameTypes.settings);
      assert.ok(await connection.until(isGreeted), `connection ${count} is not greeted`);
      await connection.send(frame("goAway", { payload: new Uint8Array(8) }));
    }
    signal("SIGTERM");
    assert.equal(await ended(), 0);
  }, { command, env });
});
