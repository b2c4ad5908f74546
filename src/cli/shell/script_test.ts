import assert from "node:assert/strict";
import { flagValues } from "../flags.ts";
import { shellFlags } from "../command_flags.ts";
import { shellCommands } from "../grammar.ts";
import { keepServer } from "./kept_server.ts";
import { lineEnvironment } from "./line_environment.ts";
import { runScript } from "./script.ts";
import { startSession } from "./session.ts";
import { fakeDaemon, fakeWorld, rows } from "./shell_testing.ts";

type Options = Parameters<typeof fakeWorld>[0];

function start(input: string, { env = {}, ...rest }: Options = {}) {
  const world = fakeWorld({ input, env, ...rest });
  const flags = flagValues(shellFlags, new Map(), world.env);
  const kept = keepServer(world.withServer);
  const session = startSession({
    ...{ commands: rows, shellCommands, world, kept, isColored: false },
    env: lineEnvironment({ ...flags, color: false }, world.env),
  });
  return { world, ended: runScript(session, world).finally(kept.close) };
}

async function runLines(input: string, options: Options = {}) {
  const { world, ended } = start(input, options);
  return { code: await ended, said: world.said };
}

Deno.test("lines that no person types are run one by one, without a prompt", async () => {
  const cases: [string, number, readonly string[]][] = [
    ["", 0, []],
    ["\n  \n# show backends\n   # x", 0, []],
    ["show backends\nsh ba web1", 0, ["backends as text", "backends web1 as text"]],
    ["show backends -o json 'a b'", 0, ["backends a b as json"]],
    ["show backends --color", 0, ["backends in colour as text"]],
    ["quit\nshow backends", 0, []],
    ["exit", 0, []],
    [
      "x\nshow vpp lb plan\nshow backends",
      2,
      ['! maglev: unknown command "x"', "plan as text", "backends as text"],
    ],
    ["show vpp lb plan\nx", 3, ["plan as text", '! maglev: unknown command "x"']],
    ['show "x', 2, ['! maglev: the quote " is not closed']],
    ["daemon --check", 2, ["! maglev: daemon: not in the shell"]],
    ["completions bash", 2, ["! maglev: completions: not in the shell"]],
    ["d", 2, ['! maglev: unknown command "d"']],
    ["show backends --nope", 2, ['! maglev: unknown flag "--nope"']],
    ["fail --server x", 2, ["! maglev: --server is no flag of fail"]],
    ["fail", 70, ["! maglev: internal error: Error: out of\\u001b[2J order"]],
    ["\u0001\u001b]0;x\u0007", 2, ['! maglev: unknown command "\\u0001\\u001b]0;x\\u0007"']],
  ];
  for (const [input, code, said] of cases) {
    assert.deepEqual(await runLines(input), { code, said }, input);
  }
});

Deno.test("a long line is refused in a short one", async () => {
  const { code, said } = await runLines(`${"x".repeat(60_000)}\n${"y".repeat(70_000)}\nexit`);
  assert.equal(code, 2);
  assert.deepEqual(said.map((line) => line.length < 1_100), [true, true]);
});

Deno.test("the shell's own flags hold for all of its lines", async () => {
  const daemon = fakeDaemon();
  const env = { MAGLEV_SERVER: "a:1" };
  const input = "show version\nshow version --server b:2\nshow version";
  assert.equal((await runLines(input, { daemon, env })).code, 0);
  const connects = daemon.asked.filter((each) => each.startsWith("connect"));
  assert.deepEqual(connects, ["connect a:1", "connect b:2", "connect a:1"]);
});

Deno.test("a daemon that cannot be reached is told of once a line, with its code", async () => {
  const daemon = fakeDaemon();
  daemon.state = "down";
  const { code, said } = await runLines("show version\nshow backends\nshow version", { daemon });
  const refused = "! maglev: cannot reach localhost:9090: connection refused";
  assert.deepEqual([code, said], [4, [refused, "backends as text", refused]]);
});

Deno.test("a signal that ends a command ends the script", async () => {
  const { world, ended } = start("watch events\nshow backends");
  while (world.said.length === 0) await new Promise((resolve) => setImmediate(resolve));
  world.signal("SIGTERM");
  assert.equal(await ended, 143);
  assert.ok(!world.said.includes("backends as text"));
});

Deno.test("the end of the output is the quiet end of the script", async () => {
  const { world, ended } = start("show backends\nwatch events\nshow backends");
  world.closeOutput();
  assert.deepEqual([await ended, world.said], [0, []]);
});
