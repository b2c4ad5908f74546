import assert from "node:assert/strict";
import { systemClock, virtualClock } from "../clock.ts";
import { closeDescriptor, listenSeqpacket, receiveDescriptor } from "../os/mod.ts";
import { countMessages } from "../vpp/api/mod.ts";
import { type Simulator, startSimulator } from "../vpp/sim/server.ts";
import { connectVpp, type ConnectVppOptions } from "./connect_vpp.ts";
import { keptLog } from "./vpp_fixture.ts";

/** A simulated VPP, and what to connect to it with. */
interface Bench {
  readonly folder: string;
  readonly simulator: Simulator;
  readonly options: ConnectVppOptions;
}

function testWithSimulator(
  sentence: string,
  test: (bench: Bench) => Promise<void>,
  settings: { readonly ignore?: boolean; readonly profile?: "weighted" | "classic" } = {},
): void {
  const { ignore = false, profile = "weighted" } = settings;
  const fn = async () => {
    const folder = await Deno.makeTempDir({ prefix: "maglev-link-" });
    const paths = { apiPath: `${folder}/api.sock`, statsPath: `${folder}/stats.sock` };
    const clock = systemClock;
    const simulator = await startSimulator({ ...paths, profile, clock, random: Math.random });
    const { signal } = new AbortController();
    const options = { ...paths, clock, log: keptLog().log, counters: countMessages(), signal };
    try {
      await test({ folder, simulator, options });
    } finally {
      simulator.close();
      await Deno.remove(folder, { recursive: true });
    }
  };
  Deno.test({ name: sentence, ignore, fn });
}

for (const profile of ["weighted", "classic"] as const) {
  testWithSimulator(
    `${profile}: VPP tells who it is, and how it is driven`,
    async ({ options }) => {
      const before = Date.now();
      const vpp = await connectVpp(options);
      const { version, bootTimeMs, connectedAtMs, ...rest } = vpp.info;
      assert.match(version, /simulation$/);
      assert.ok(Math.abs(bootTimeMs - before) < 60_000);
      assert.ok(connectedAtMs >= before && connectedAtMs <= Date.now());
      assert.deepEqual(rest, {
        buildDate: "never built",
        buildDirectory: "a simulation by maglev, not a real VPP",
        pid: Deno.pid,
        profile,
      });
      assert.equal(vpp.lb?.profile, profile);
      assert.deepEqual(vpp.missing, []);
      const sent = options.counters.counts().filter(({ direction }) => direction === "send");
      assert.deepEqual(sent.map(({ msg, count }) => [msg, count]), [
        ["show_version", 1],
        ["control_ping", 1],
      ]);
      vpp.stats.close();
      await vpp.api.close();
    },
    { profile },
  );
}

testWithSimulator("every message is in the debug log", async ({ options }) => {
  const { log, records } = keptLog();
  const vpp = await connectVpp({ ...options, log });
  assert.deepEqual(
    records.map(({ level, msg, attributes }) => [level, msg, attributes["message"]]),
    [
      ["debug", "vpp-api-send", "show_version"],
      ["debug", "vpp-api-send", "control_ping"],
      ["debug", "vpp-api-recv", "show_version_reply"],
      ["debug", "vpp-api-recv", "control_ping_reply"],
    ],
  );
  vpp.stats.close();
  await vpp.api.close();
});

testWithSimulator(
  "a VPP without the plugin is connected, and says what it lacks",
  async (bench) => {
    bench.simulator.faults.rename = (key) => key.startsWith("lb_") ? null : key;
    const vpp = await connectVpp(bench.options);
    assert.equal(vpp.lb, null);
    assert.equal(vpp.info.profile, null);
    assert.equal(vpp.missing.length, 1);
    assert.match(vpp.missing[0] ?? "", /^VPP's lb plugin is not loaded: /);
    vpp.stats.close();
    await vpp.api.close();
  },
);

/** Paths that do not lead to a VPP, and what is said about them. */
const paths: [name: string, paths: (folder: string) => [api: string, stats: string], RegExp][] = [
  ["no api socket", (at) => [`${at}/none`, `${at}/stats.sock`], /\/none: there is no such socket$/],
  [
    "no stats socket",
    (at) => [`${at}/api.sock`, `${at}/none`],
    /\/none: no such file or directory$/,
  ],
  ["no folder", (at) => [`${at}/a/b`, `${at}/stats.sock`], /there is no such socket$/],
  ["a folder for the api", (at) => [at, `${at}/stats.sock`], /nobody listens there$/],
  ["a folder for the stats", (at) => [`${at}/api.sock`, at], /: connection refused$/],
  ["a file for the api", (at) => [`${at}/file`, `${at}/stats.sock`], /nobody listens there$/],
  ["a file for the stats", (at) => [`${at}/api.sock`, `${at}/file`], /: connection refused$/],
  ["a file for a folder", (at) => [`${at}/file/api.sock`, `${at}/stats.sock`], /not a directory/i],
  ["the two swapped", (at) => [`${at}/stats.sock`, `${at}/api.sock`], /wrong type/i],
  ["the api for both", (at) => [`${at}/api.sock`, `${at}/api.sock`], /wrong type/i],
  [
    "a path too long for the api",
    (at) => [`${at}/${"x".repeat(200)}`, at],
    /cannot connect to VPP/,
  ],
  [
    "a path too long for the stats",
    (at) => [`${at}/api.sock`, `${at}/${"x".repeat(200)}`],
    /at most 107 bytes/,
  ],
  ["a path with a NUL", (at) => [`${at}/api.sock`, `${at}/\0`], /contains a NUL$/],
  ["no paths", () => ["", ""], /^cannot connect to VPP at /],
];
testWithSimulator("what is no VPP is refused with a reason, in one line", async (bench) => {
  const { folder, options } = bench;
  Deno.writeTextFileSync(`${folder}/file`, "");
  for (const [name, pathsIn, reason] of paths) {
    const [apiPath, statsPath] = pathsIn(folder);
    await assert.rejects(connectVpp({ ...options, apiPath, statsPath }), (error) => {
      assert.ok(error instanceof Error);
      assert.match(error.message, reason, name);
      assert.doesNotMatch(error.message, /\n/, name);
      return true;
    }, name);
  }
});

testWithSimulator(
  "sockets that may not be used are refused with a reason",
  async ({ options }) => {
    Deno.chmodSync(options.apiPath, 0o400);
    await assert.rejects(connectVpp(options), {
      code: "unreachable",
      message: /permission denied/,
    });
    Deno.chmodSync(options.apiPath, 0o600);
    Deno.chmodSync(options.statsPath, 0o400);
    await assert.rejects(connectVpp(options), { code: "EACCES", message: /permission denied/ });
    Deno.chmodSync(options.statsPath, 0o600);
    const vpp = await connectVpp(options);
    vpp.stats.close();
    await vpp.api.close();
  },
  { ignore: Deno.uid() === 0 },
);

testWithSimulator(
  "a VPP that restarts between the two sockets is not taken for one",
  async (bench) => {
    const { folder, simulator, options } = bench;
    const descriptor = await receiveDescriptor(options.statsPath, {
      clock: systemClock,
      timeoutMs: 5_000,
    });
    const statsPath = `${folder}/other.sock`;
    const listener = listenSeqpacket({
      path: statsPath,
      clock: systemClock,
      onConnection: (connection) => {
        simulator.restart();
        connection.sendDescriptor(descriptor);
        connection.close();
      },
    });
    await assert.rejects(connectVpp({ ...options, statsPath }), { code: "closed" });
    listener.close();
    closeDescriptor(descriptor);
  },
);

testWithSimulator("what accepts and says nothing is given up after 5 s", async (bench) => {
  const { folder, options } = bench;
  const silent = listenSilently(folder);
  const clock = virtualClock();
  const cases: [overrides: Partial<ConnectVppOptions>, reason: RegExp][] = [
    [{ apiPath: silent.apiPath }, /no answer to the handshake in 5 s$/],
    [{ statsPath: silent.statsPath }, /no answer within 5000 ms$/],
  ];
  for (const [index, [overrides, reason]] of cases.entries()) {
    const connecting = assert.rejects(connectVpp({ ...options, ...overrides, clock }), {
      message: reason,
    });
    await eventually(() => silent.accepted.length > index && clock.pending > 0);
    await clock.advance(5_000);
    await connecting;
    assert.equal(clock.pending, 0);
  }
  await silent.close();
});

testWithSimulator("an attempt that is given up ends at once", async (bench) => {
  const { folder, options } = bench;
  const silent = listenSilently(folder);
  const clock = virtualClock();
  const cases = [{ apiPath: silent.apiPath }, { statsPath: silent.statsPath }];
  for (const [index, overrides] of cases.entries()) {
    const over = new AbortController();
    const { signal } = over;
    const connecting = assert.rejects(connectVpp({ ...options, ...overrides, clock, signal }));
    await eventually(() => silent.accepted.length > index && clock.pending > 0);
    over.abort();
    await connecting;
    assert.equal(clock.pending, 0);
  }
  await silent.close();
});

/** Two sockets that accept, and on which nobody says anything. */
function listenSilently(folder: string) {
  const apiPath = `${folder}/silent-api.sock`;
  const statsPath = `${folder}/silent-stats.sock`;
  const accepted: { close(): void }[] = [];
  const listener = Deno.listen({ transport: "unix", path: apiPath });
  const stats = listenSeqpacket({
    path: statsPath,
    clock: systemClock,
    onConnection: (connection) => accepted.push(connection),
  });
  const accepting = (async () => {
    for await (const connection of listener) accepted.push(connection);
  })();
  const close = async () => {
    listener.close();
    stats.close();
    await accepting;
    for (const connection of accepted) connection.close();
  };
  return { apiPath, statsPath, accepted, close };
}

async function eventually(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 5_000; turn++) {
    if (isSo()) return;
    await systemClock.sleep(1);
  }
  throw new Error("what was waited for did not happen");
}
