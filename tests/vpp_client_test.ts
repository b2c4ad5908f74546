import assert from "node:assert/strict";
import { systemClock } from "../src/clock.ts";
import { connectApi } from "../src/vpp/api/mod.ts";
import { openLb } from "../src/vpp/lb/mod.ts";
import { type ApiDaemon, withApiDaemon } from "./clients/api_daemon.ts";
import { runSimulator } from "./lb_simulator.ts";
import { program, runProgram } from "./program.ts";
import { until } from "./vpp_under_test.ts";

/** Runs a command that asks a daemon. */
function ask({ targets: [target] }: ApiDaemon, line: string) {
  return runProgram([...line.split(" "), "--server", target]);
}

const www = {
  prefix: { address: { family: 4, text: "198.51.100.1" }, length: 32 },
  protocol: "tcp",
  port: 80,
} as const;

/** The counters of the VIPs, as soon as there are any. */
async function countedVips(daemon: ApiDaemon): Promise<readonly Record<string, unknown>[]> {
  for (let tries = 0; tries < 40; tries++) {
    const { code, out } = await ask(daemon, "show vpp lb counters -o json");
    const vips = code === 0 ? JSON.parse(out).vips : [];
    if (vips.length > 0) return vips;
    await systemClock.sleep(250);
  }
  return [];
}

Deno.test("VPP is shown, planned and synced through a daemon", async () => {
  const vpp = await runSimulator();
  try {
    await withApiDaemon(async (daemon) => {
      const isSynced = () => daemon.lines.some(({ msg }) => msg === "vpp-lbsync-done");
      await until(isSynced, "no sync");
      const nothing = await ask(daemon, "show vpp lb plan");
      const good = "nothing to do: VPP is what it should be\n";
      assert.deepEqual([nothing.code, nothing.out, nothing.err], [0, good, ""]);

      const info = await ask(daemon, "show vpp info");
      assert.equal(info.code, 0, info.err);
      assert.match(info.out, /^profile +weighted\nwarm-up +over$/m);
      const state = await ask(daemon, "show vpp lb state");
      assert.match(state.out, /^vip 198\.51\.100\.1 tcp 80 {2}gre4 {2}\d+ buckets$/m);
      const sorry = /^ {2}address 10\.0\.9\.1 +weight 100 +flow-table-buckets \d+ +flows 0$/m;
      assert.match(state.out, sorry);
      const api = await connectApi({ path: vpp.apiPath });
      await openLb(api).lb?.deleteAs(www, { family: 4, text: "10.0.9.1" }, { flush: false });
      await api.close();
      for (const line of ["show vpp lb plan www", "sync vpp lb state www dry-run"]) {
        const { code, out } = await ask(daemon, line);
        assert.equal(code, 3);
        assert.match(out, /^as-add +www +sorry 10\.0\.9\.1 +weight 100 +\S/m);
      }
      const { code, out } = await ask(daemon, "sync vpp lb state www -o json");
      const { as_added: added, vip_added: vips } = JSON.parse(out);
      assert.deepEqual([code, added, vips], [0, 1, 0]);
      assert.equal((await ask(daemon, "show vpp lb plan")).code, 0);
      const unknown = await ask(daemon, "sync vpp lb state wwww");
      const message = 'maglev: no frontend named "wwww" (did you mean "www"?)\n';
      assert.deepEqual([unknown.code, unknown.err], [1, message]);

      // They are read every five seconds.
      const [counted] = await countedVips(daemon);
      const { prefix, protocol, first } = counted ?? {};
      assert.deepEqual([prefix, protocol, first], ["198.51.100.1/32", "tcp", 0]);
    }, { vpp });
  } finally {
    await vpp.end();
  }
});

Deno.test("without VPP there is one line that says so, and without a daemon another", async () => {
  const lines = [
    ...["show vpp info", "show vpp lb state", "show vpp lb counters", "show vpp lb plan"],
    ...["sync vpp lb state", "sync vpp lb state dry-run"],
  ];
  let gone: ApiDaemon | undefined;
  await withApiDaemon(async (daemon) => {
    gone = daemon;
    for (const line of lines) {
      const { code, out, err } = await ask(daemon, line);
      const message = "maglev: the daemon runs without VPP: --vpp-api-addr is empty\n";
      assert.deepEqual([code, out, err], [5, "", message], line);
    }
    const check = await ask(daemon, "config check");
    assert.deepEqual([check.code, check.out, check.err], [0, "config ok\n", ""]);
    const reload = await ask(daemon, "config reload");
    assert.deepEqual([reload.code, reload.out, reload.err], [0, "config reloaded\n", ""]);
  });
  assert.ok(gone !== undefined);
  for (const line of [...lines, "config check", "watch events"]) {
    const { code, out, err } = await ask(gone, line);
    assert.deepEqual([code, out], [4, ""], line);
    assert.match(err, /^maglev: cannot reach 127\.0\.0\.1:\d+: .*\n$/);
  }
});

/** A watch that runs. */
function watch({ targets: [target] }: ApiDaemon, words: readonly string[] = []) {
  const [command = "", ...args] = [...program, "watch", "events", ...words, "--server", target];
  const child = new Deno.Command(command, {
    args,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let out = "";
  const reading = (async () => {
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) out += text;
  })();
  const complaint = new Response(child.stderr).text();
  return {
    lines: () => out.split("\n").slice(0, -1),
    signal: (name: Deno.Signal) => child.kill(name),
    ended: async () => {
      const [{ code }, err] = await Promise.all([child.status, complaint, reading]);
      return { code, err };
    },
  };
}

Deno.test("events are watched until there were enough, or somebody or something ends it", async () => {
  await withApiDaemon(async (daemon) => {
    const watching = watch(daemon, ["num", "5"]);
    await until(() => watching.lines().length >= 4, "no snapshot");
    await ask(daemon, "config reload");
    assert.deepEqual(await watching.ended(), { code: 0, err: "" });
    const kinds = watching.lines().map((line) => Object.keys(JSON.parse(line))[2]);
    assert.deepEqual(kinds.slice(0, 4).sort(), ["backend", "backend", "backend", "frontend"]);
    assert.equal(kinds.length, 5);

    const ends: [Deno.Signal, number][] = [["SIGINT", 0], ["SIGTERM", 143], ["SIGHUP", 129]];
    const several = ends.map(() => watch(daemon, ["backend"]));
    for (const [index, [signal, code]] of ends.entries()) {
      await until(() => several[index]?.lines().length === 3, "no snapshot");
      several[index]?.signal(signal);
      assert.deepEqual(await several[index]?.ended(), { code, err: "" }, signal);
    }

    const left = watch(daemon, ["frontend"]);
    await until(() => left.lines().length === 1, "no snapshot");
    daemon.signal("SIGTERM");
    const { code, err } = await left.ended();
    assert.equal(code, 4);
    assert.match(err, /^maglev: cannot reach 127\.0\.0\.1:\d+: it went away: shutting down\n$/);
  });
});

Deno.test("a reader that has seen enough ends a watch without a word", async () => {
  await withApiDaemon(async ({ targets: [target] }) => {
    const quoted = [...program, "watch", "events", "--server", target]
      .map((word) => `'${word}'`).join(" ");
    const { code, stdout, stderr } = await new Deno.Command("sh", {
      args: ["-c", `{ ${quoted}; echo "exit code $?" >&2; } | head -1`],
      stdin: "null",
    }).output();
    const decoder = new TextDecoder();
    assert.equal(code, 0);
    assert.equal(decoder.decode(stdout).split("\n").length, 2);
    assert.equal(decoder.decode(stderr), "exit code 0\n");
  });
});
