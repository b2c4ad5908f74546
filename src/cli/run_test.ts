import assert from "node:assert/strict";
import { runArguments } from "./run.ts";
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
