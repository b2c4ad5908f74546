import assert from "node:assert/strict";
import type { Command } from "./command.ts";
import { commands } from "./grammar.ts";
import { runArguments, runCommandLine } from "./run.ts";
import { fakeWorld, rows } from "./shell/shell_testing.ts";

async function saidOf(args: string, env: Readonly<Record<string, string>>) {
  const world = fakeWorld({ env });
  const words = args.split(" ").filter((word) => word !== "");
  const code = await runArguments(words, {
    commands: rows,
    world,
    wordless: ["show", "frontends"],
  });
  assert.equal(code, 0);
  return world.said.join("\n");
}

Deno.test("colour is as the flag says, else off with NO_COLOR, else as MAGLEV_COLOR says", async () => {
  const cases: [string, Record<string, string>, boolean][] = [
    ["", {}, false],
    ["--color", {}, true],
    ["", { MAGLEV_COLOR: "true" }, true],
    ["", { MAGLEV_COLOR: "true", NO_COLOR: "1" }, false],
    ["", { MAGLEV_COLOR: "true", NO_COLOR: "" }, true],
    ["--color", { NO_COLOR: "1" }, true],
    ["--color=false", { MAGLEV_COLOR: "true" }, false],
  ];
  for (const [flags, env, isColored] of cases) {
    const said = await saidOf(`show backends ${flags}`, env);
    assert.equal(said, `backends${isColored ? " in colour" : ""} as text`);
  }
});

Deno.test("where there are no words, those are meant that the caller gives", async () => {
  assert.equal(await saidOf("", {}), "frontends as text");
  assert.equal(await saidOf("-o json", {}), "frontends as json");
});

Deno.test("a command that needs no C library gives it up before it runs", async () => {
  const happened: string[] = [];
  const row = (words: string, usesLibc: boolean): Command => {
    const run = () => happened.push("run") && 0;
    return { words, help: words, flags: {}, usesLibc, load: () => Promise.resolve(run) };
  };
  const world = { ...fakeWorld(), giveUpLibc: () => void happened.push("give up") };
  const commands = [row("ask", false), row("probe", true)];
  for (const { words } of commands) await runArguments([words], { commands, world });
  assert.deepEqual(happened, ["give up", "run", "run"]);
});

Deno.test("what asks the daemon needs no C library, unless it has a terminal to watch", () => {
  const asking = commands.filter(({ flags }) => Object.hasOwn(flags, "server"));
  const needing = asking.filter(({ usesLibc }) => usesLibc).map(({ words }) =>
    words.split(" [")[0]
  );
  assert.deepEqual(needing, ["shell", "watch events"]);
});

Deno.test("nothing that a complaint quotes is obeyed by a terminal", async () => {
  for (const wrong of ["\u001b[2J", "\u009b2J", "\u202e", "\r\n"]) {
    const world = fakeWorld();
    assert.notEqual(await runCommandLine([`--server=${wrong}`, "show", wrong], world), 0);
    assert.notEqual(await runCommandLine([wrong], world), 0);
    assert.equal(world.said.length, 2);
    assert.doesNotMatch(world.said.join(""), /[\p{Cc}\u202e]/u);
  }
});
