import assert from "node:assert/strict";
import { connectApi } from "../src/vpp/api/mod.ts";
import { openLb } from "../src/vpp/lb/mod.ts";
import { withDaemon } from "./daemon_process.ts";
import { weightsOf } from "./lb_scene.ts";
import { startServer } from "./probed_server.ts";
import { answers } from "./server_behaviours.ts";
import { type RunningVpp, until, vppKinds } from "./vpp_under_test.ts";

async function weightsIn(vpp: RunningVpp): Promise<Record<string, string[]>> {
  const api = await connectApi({ path: vpp.apiPath, name: "test" });
  const { lb } = openLb(api);
  assert.ok(lb !== null);
  const weights = weightsOf(await lb.readVips({ withText: false }));
  await api.close();
  return weights;
}

const configuration = (port: number, weight: number) =>
  `maglev:
  healthchecks:
    web: { type: http, port: ${port}, interval: 50ms, timeout: 500ms, rise: 1, fall: 2 }
  backends:
    web1: { address: 127.0.0.1, healthcheck: web }
    sorry: { address: 10.0.9.1 }
  frontends:
    www:
      address: 198.51.100.1
      protocol: tcp
      port: 80
      pools:
        - { name: primary, backends: { web1: { weight: ${weight} } } }
        - { name: last-resort, backends: { sorry: {} } }
  vpp:
    lb:
      ipv4-src-address: 192.0.2.1
      ipv6-src-address: "2001:db8::1"
      startup-min-delay: 0s
      startup-max-delay: 2s
`;

for (const kind of vppKinds) {
  Deno.test(`${kind.name}: the daemon drives it by what servers do, reloads, and leaves it as it is`, async () => {
    const vpp = await kind.run();
    const file = await Deno.makeTempFile({ suffix: ".yaml" });
    let server = await startServer(answers());
    const { port } = server;
    await Deno.writeTextFile(file, configuration(port, 100));
    const args = [
      "--config",
      file,
      "--vpp-api-addr",
      vpp.apiPath,
      "--vpp-stats-addr",
      vpp.statsPath,
      "--metrics-addr",
      "",
    ];
    try {
      await withDaemon(args, async ({ lines, signal, ended }) => {
        const become = async (...expected: string[]) => {
          for (let turn = 0; turn < 200; turn++) {
            const weights = (await weightsIn(vpp))["198.51.100.1/32 tcp 80"] ?? [];
            if (weights.join(", ") === expected.join(", ")) return;
            await new Promise((resolve) => setTimeout(resolve, 25));
          }
          assert.fail(`it never was ${expected}: ${JSON.stringify(lines.slice(-5))}`);
        };
        const logged = (msg: string) => lines.filter((line) => line.msg === msg);
        await become("10.0.9.1 0", "127.0.0.1 100");
        await server.close();
        await become("10.0.9.1 100", "127.0.0.1 0");
        server = await startServer(answers(), { port });
        await become("10.0.9.1 0", "127.0.0.1 100");

        await Deno.writeTextFile(file, configuration(port, 37));
        signal("SIGHUP");
        await become("10.0.9.1 0", "127.0.0.1 37");
        await Deno.writeTextFile(file, configuration(port, 370));
        signal("SIGHUP");
        await until(() => logged("config-reload-failed").length === 1, "a bad file passes");
        assert.match(JSON.stringify(logged("config-reload-failed")), /weight.*370/);
        await become("10.0.9.1 0", "127.0.0.1 37");

        signal("SIGTERM");
        assert.equal(await ended(), 0);
        await become("10.0.9.1 0", "127.0.0.1 37");
        assert.deepEqual([lines[0]?.msg, lines[1]?.msg], ["starting", "config-loaded"]);
        assert.equal(logged("backend-transition").length >= 3, true);
        assert.equal(lines.at(-1)?.msg, "vpp-disconnect");
      });
    } finally {
      await server.close();
      await vpp.end();
      await Deno.remove(file);
    }
  });
}

Deno.test("without a VPP the daemon checks backends all the same", async () => {
  await using server = await startServer(answers());
  const file = await Deno.makeTempFile({ suffix: ".yaml" });
  await Deno.writeTextFile(file, configuration(server.port, 100));
  const args = ["--config", file, "--vpp-api-addr", "", "--metrics-addr", ""];
  await withDaemon(args, async ({ lines, signal, ended }) => {
    await until(
      () => lines.some(({ msg, to }) => msg === "backend-transition" && to === "up"),
      "?",
    );
    signal("SIGINT");
    assert.equal(await ended(), 0);
    assert.ok(lines.every(({ msg }) => !String(msg).startsWith("vpp-")), JSON.stringify(lines));
  });
  await Deno.remove(file);
});
