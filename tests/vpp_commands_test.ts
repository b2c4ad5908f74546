import assert from "node:assert/strict";
import { systemClock } from "../src/clock.ts";
import { connectApi } from "../src/vpp/api/mod.ts";
import { openLb } from "../src/vpp/lb/mod.ts";
import { startSimulator } from "../src/vpp/sim/server.ts";
import { program, runProgram } from "./program.ts";
import { until, vppKinds } from "./vpp_under_test.ts";

/** A `maglev sim` that runs, and what it has printed. */
interface RunningSim {
  readonly api: string;
  readonly stats: string;
  readonly folder: string;
  printed(): string;
  /** Ends it by a signal; resolves to its exit code. */
  end(signal: Deno.Signal): Promise<number>;
}

async function startSim(...flags: readonly string[]): Promise<RunningSim> {
  const folder = await Deno.makeTempDir({ prefix: "maglev-sim-" });
  const [api, stats] = [`${folder}/api.sock`, `${folder}/stats.sock`];
  const [command = "", ...args] = [...program, "sim", "--api", api, "--stats", stats, ...flags];
  const child = new Deno.Command(command, { args, stdin: "null", stdout: "piped" }).spawn();
  let printed = "";
  const reading = (async () => {
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) printed += text;
  })();
  await until(() => printed.includes("\n"), "maglev sim says nothing");
  return {
    api,
    stats,
    folder,
    printed: () => printed,
    end: async (signal) => {
      child.kill(signal);
      const { code } = await child.status;
      await reading;
      return code;
    },
  };
}

const vip = {
  prefix: { address: { family: 4, text: "198.51.100.1" }, length: 32 },
  protocol: "tcp",
  port: 80,
} as const;

/** Makes a VIP with two ASes through the binary API. */
async function configure(path: string): Promise<void> {
  const api = await connectApi({ path });
  const { lb } = openLb(api);
  assert.ok(lb !== null);
  await lb.writeSettings({
    sourceIpv4: { family: 4, text: "192.0.2.1" },
    sourceIpv6: { family: 6, text: "2001:db8::1" },
    stickyBucketsPerCore: 1024,
    flowTimeoutSeconds: 40,
  });
  await lb.addVip({ ...vip, encap: "gre4", srcIpSticky: true, tableLength: 1024 });
  await lb.addAs(vip, { family: 4, text: "10.0.0.1" }, 100);
  await lb.addAs(vip, { family: 4, text: "10.0.0.2" }, 50);
  await lb.addAs(vip, { family: 4, text: "10.0.0.3" }, 100);
  await lb.deleteAs(vip, { family: 4, text: "10.0.0.3" }, { flush: false });
  await api.close();
}

const debug = ({ api, stats }: { readonly api: string; readonly stats: string }) => [
  ...["debug", "vpp", "--vpp-api-addr", api, "--vpp-stats-addr", stats],
];

for (const { name, run, isReal } of vppKinds) {
  Deno.test(`debug vpp tells all of a ${name}, as text and as JSON`, async () => {
    const vpp = await run();
    await configure(vpp.apiPath);
    const paths = { api: vpp.apiPath, stats: vpp.statsPath };
    const text = await runProgram(debug(paths));
    const json = await runProgram([...debug(paths), "-o", "json"]);
    await vpp.end();
    assert.deepEqual([text.code, text.err, json.code, json.err], [0, "", 0, ""]);
    const lines = text.out.trimEnd().split("\n");
    assert.match(
      lines[0] ?? "",
      isReal ? /^VPP \d\d\.\d\d.* \(20\d\d-/ : /^VPP 26\.10-simulation \(never built, a simulation/,
    );
    const report = JSON.parse(json.out);
    // A real VPP may be of a release that knows no weights, and cannot tell its settings.
    const isClassic = report.profile === "classic";
    assert.deepEqual(lines.slice(2), [
      ...(isClassic ? ["profile classic: no weights before 26.10"] : [
        "profile weighted",
        "sources 192.0.2.1 and 2001:db8::1, 1024 sticky buckets per core, flow timeout 40s",
      ]),
      "",
      "198.51.100.1 tcp 80: gre4, 1024 buckets, src-ip-sticky",
      "  packets: 0 first, 0 next, 0 untracked, 0 no server",
      "  to the address: 0 packets, 0 bytes",
      "  address   weight  buckets   share  flows  packets  bytes",
      ...(isClassic
        ? [
          "  10.0.0.1     100      512  50.0 %      0        0      0",
          "  10.0.0.2     100      512  50.0 %      0        0      0",
        ]
        : [
          "  10.0.0.1     100      674  65.8 %      0        0      0",
          "  10.0.0.2      50      350  34.2 %      0        0      0",
        ]),
      "  10.0.0.3     100        0   0.0 %      0        0      0  deleted, lingers",
    ]);
    assert.deepEqual(report.missing, []);
    assert.equal(report.settings?.sticky_buckets_per_core, isClassic ? undefined : 1024);
    assert.ok(Math.abs(Date.parse(report.boot_time) - Date.now()) < 60_000);
    const [reported] = report.vips;
    assert.equal(reported.prefix, "198.51.100.1/32");
    assert.deepEqual(
      reported.application_servers.map((as: { lingering: boolean }) => as.lingering),
      [false, false, true],
    );
  });
}

Deno.test("debug vpp says what a VPP without the lb plugin lacks", async () => {
  const folder = await Deno.makeTempDir();
  const [apiPath, statsPath] = [`${folder}/api.sock`, `${folder}/stats.sock`];
  const sim = await startSimulator({
    ...{ apiPath, statsPath, profile: "weighted", clock: systemClock },
    random: () => 0,
  });
  sim.faults.rename = (key) => key.startsWith("lb_") ? null : key;
  const { code, out } = await runProgram(debug({ api: apiPath, stats: statsPath }));
  sim.faults.rename = (key) =>
    key.replace("lb_as_set_weight_2d89bdbd", "lb_as_set_weight_00000001");
  const foreign = await runProgram(debug({ api: apiPath, stats: statsPath }));
  sim.close();
  await Deno.remove(folder, { recursive: true });
  assert.equal(code, 5);
  assert.match(out, /^no profile: its load balancer cannot be driven$/m);
  assert.match(out, /^VPP's lb plugin is not loaded: [^\n]+\n$/m);
  assert.equal(foreign.code, 5);
  assert.match(
    foreign.out,
    /^VPP's message lb_as_set_weight has other fields than are known here/m,
  );
});

Deno.test("the simulated VPP carries traffic, and ends cleanly on Ctrl-C", async () => {
  const sim = await startSim("--traffic", "100");
  await configure(sim.api);
  const packets = async () => {
    const { out } = await runProgram([...debug(sim), "--output=json"]);
    return JSON.parse(out).vips[0].counters.packets;
  };
  let seen = 0;
  for (let turn = 0; turn < 50 && seen === 0; turn++) {
    await systemClock.sleep(100);
    seen = await packets();
  }
  assert.ok(seen > 0);
  assert.equal(await sim.end("SIGINT"), 0);
  assert.match(
    sim.printed(),
    /^simulated VPP: profile weighted, .*\nsimulated VPP: ended by SIGINT\n$/,
  );
  assert.deepEqual([...Deno.readDirSync(sim.folder)], [], "the sockets are gone");
  await Deno.remove(sim.folder);
});

Deno.test("the classic profile is driven by command lines, and has no weights", async () => {
  const sim = await startSim("--profile", "classic");
  await configure(sim.api);
  const { out, code } = await runProgram(debug(sim));
  assert.equal(code, 0);
  assert.match(out, /profile classic: no weights before 26\.10/);
  assert.match(out, /10\.0\.0\.1 +100 +512 +50\.0 %/);
  assert.match(out, /10\.0\.0\.2 +100 +512 +50\.0 %/);
  assert.equal(await sim.end("SIGTERM"), 0);
  await Deno.remove(sim.folder, { recursive: true });
});

Deno.test("a VPP that cannot be reached is one line, and exit code 5", async () => {
  const missing = await runProgram(debug({ api: "/nonexistent/api.sock", stats: "/nonexistent" }));
  assert.deepEqual(missing, {
    code: 5,
    out: "",
    err: "maglev: cannot connect to VPP at /nonexistent/api.sock: there is no such socket\n",
  });
  const sim = await startSim();
  const { code, out, err } = await runProgram(debug({ api: sim.api, stats: "/nonexistent" }));
  assert.deepEqual([code, out.includes("profile weighted")], [5, true]);
  assert.match(err, /^maglev: no counters: .*\/nonexistent: no such file or directory\n$/);
  await sim.end("SIGINT");
  await Deno.remove(sim.folder, { recursive: true });
});

Deno.test("what sim and debug vpp cannot be told is refused in one line", async () => {
  const cases: [string, number, RegExp][] = [
    ["sim", 2, /^maglev: sim needs --api PATH and --stats PATH, .*\n$/],
    ["sim --api /tmp/a --stats /tmp/b --profile old", 2, /--profile takes weighted or classic/],
    ["sim --api /tmp/a --stats /tmp/b --traffic much", 2, /--traffic takes a number of flows/],
    ["sim --api /nonexistent/a --stats /tmp/b", 1, /cannot listen: \/nonexistent\/a: .*\n$/],
    ["debug vpp --output xml", 2, /^maglev: --output takes text, json, jsonl, yaml, not "xml"\n$/],
    ["debug", 2, /^maglev: debug: another word is needed: vpp\n$/],
  ];
  for (const [line, code, err] of cases) {
    const outcome = await runProgram(line.split(" "));
    assert.deepEqual([outcome.code, outcome.out], [code, ""], line);
    assert.match(outcome.err, err, line);
  }
});
