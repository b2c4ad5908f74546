import assert from "node:assert/strict";
import { completeLine } from "./completion.ts";
import { follow } from "../follow.ts";
import { keepServer } from "./kept_server.ts";
import { liveNames } from "./live_names.ts";
import { shellFlags } from "../command_flags.ts";
import { flagValues } from "../flags.ts";
import { shellCommands } from "../grammar.ts";
import { startSession } from "./session.ts";
import { fakeDaemon, fakeWorld, rows } from "./shell_testing.ts";

const flags = flagValues(shellFlags, new Map(), () => undefined);

function sourcesWith(daemon = fakeDaemon()) {
  const world = fakeWorld({ daemon });
  const kept = keepServer(world.withServer);
  const session = startSession({
    commands: rows,
    shellCommands,
    world,
    env: world.env,
    kept,
    isColored: false,
  });
  const names = liveNames({ kept, flags, clock: world.clock });
  return { world, kept, sources: { commands: session.commands, follow, names } };
}

Deno.test("Tab offers in each place what may stand there", async () => {
  const { sources, kept } = sourcesWith();
  const first = ["show", "set", "watch", "fail", "help", "quit", "exit"];
  const cases: [string, readonly string[]][] = [
    ["", first],
    ["   ", first],
    ["sh", ["show"]],
    ["s", ["show", "set"]],
    ["show", ["show"]],
    ["show ", ["version", "backends", "frontends", "healthchecks", "vpp"]],
    ["sh v", ["version", "vpp"]],
    ["sh vp", ["vpp"]],
    ["show x", []],
    ["s x", []],
    ["daemon ", []],
    ["show backends ", ['"web1"', '"web2"', '"sorry page"']],
    ["show backends w", ["web1", "web2"]],
    ["show backends web1", ["web1"]],
    ["show backends so", ['"sorry page"']],
    ['show backends "so', ['"sorry page"']],
    ['show backends "sorry p', ['"sorry page"']],
    ["show backends 'w", ["'web1'", "'web2'"]],
    ["show backends web1 ", []],
    ["show frontends ", ["www"]],
    ["show he d", ["dns"]],
    ["set backend web1 ", ["pause", "resume"]],
    ["set backend web1 r", ["resume"]],
    ["set f www pool ", ["primary", "last-resort"]],
    ["set f www pool p", ["primary"]],
    ["set f www pool primary b ", ["web1", "web2"]],
    ["set f www pool last-resort b ", ['"sorry page"']],
    ["set f www pool primary b web1 w ", []],
    ["show backends -o ", ["text", "json", "jsonl", "yaml"]],
    ["show backends -o j", ["json", "jsonl"]],
    ["show backends --output=y", ["yaml"]],
    ["show backends --color=", ["true", "false"]],
    ["show backends --server ", []],
    ["show backends -o json w", ["web1", "web2"]],
    ["show -o json ba", ["backends"]],
    ["show backends --co", ["--color"]],
    ["show backends --tls-c", ["--tls-ca", "--tls-cert"]],
    ["show backends -- w", ["web1", "web2"]],
    ["watch events --co", []],
    ["help sh", ["show"]],
    ["help show v", ["version", "vpp"]],
    ["\u0000\u001b ", []],
  ];
  for (const [before, expected] of cases) {
    const { candidates } = await completeLine(before, sources);
    assert.deepEqual(candidates, expected, JSON.stringify(before));
  }
  const { candidates } = await completeLine("show -", sources);
  assert.ok(candidates.includes("--output") && candidates.includes("--help"));
  kept.close();
});

Deno.test("what Tab replaces begins where the word does", async () => {
  const { sources, kept } = sourcesWith();
  const cases: [string, number][] = [
    ["", 0],
    ["show ", 5],
    ["show ba", 5],
    ['show backends "so', 14],
    ["show backends --output=y", 23],
    ["show backends -o y", 17],
  ];
  for (const [before, at] of cases) {
    assert.equal((await completeLine(before, sources)).replaceFrom, at, before);
  }
  kept.close();
});

Deno.test("a daemon that is gone, or silent, offers no names, and after a second at most", async () => {
  const daemon = fakeDaemon();
  const { world, sources, kept } = sourcesWith(daemon);
  daemon.state = "down";
  assert.deepEqual((await completeLine("show backends ", sources)).candidates, []);
  daemon.state = "silent";
  let candidates: readonly string[] | undefined;
  completeLine("show backends ", sources).then((completion) => candidates = completion.candidates);
  await world.clock.advance(999);
  assert.equal(candidates, undefined);
  await world.clock.advance(1);
  assert.deepEqual(candidates, []);
  daemon.state = "up";
  assert.deepEqual((await completeLine("show backends w", sources)).candidates, ["web1", "web2"]);
  assert.deepEqual(world.said, []);
  kept.close();
});
