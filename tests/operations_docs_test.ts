import assert from "node:assert/strict";
import { daemonFlags } from "../src/cli/command_flags.ts";
import { exitCodes } from "../src/cli/command.ts";
import type { Flag } from "../src/cli/flags.ts";

const page = Deno.readTextFileSync(new URL("../docs/operations.md", import.meta.url));

/** The cells of the table rows whose first cell has this form. */
function rows(first: RegExp): readonly (readonly string[])[] {
  return page.split("\n").filter((line) => line.startsWith("| "))
    .map((line) => line.slice(1, -1).split("|").map((cell) => cell.trim()))
    .filter(([cell = ""]) => first.test(cell));
}

const code = (text: string) => `\`${text}\``;

/** What the page should say of a flag besides its meaning. */
function expected([name, flag]: readonly [string, Flag]): readonly string[] {
  const env = flag.kind === "switch" || flag.env === undefined ? "" : code(flag.env);
  const fallback = flag.kind === "switch" ? "" : String(flag.fallback) || "nothing";
  const isShown = fallback === "" || fallback === "nothing";
  return [code(`--${name}`), env, isShown ? fallback : code(fallback)];
}

Deno.test("docs/operations.md has each flag of the daemon, with its variable and its default", () => {
  const told = rows(/^`--/);
  const flags = Object.entries<Flag>(daemonFlags).map(expected);
  const sorted = (all: readonly (readonly string[])[]) => all.map((row) => row.join(" ")).sort();
  assert.deepEqual(sorted(told.map((cells) => cells.slice(0, 3))), sorted(flags));
});

Deno.test("docs/operations.md has the exit codes that the daemon can end with", () => {
  const { ok, refused, usage, internalError } = exitCodes;
  const told = rows(/^\d/).flatMap(([codes = ""]) => codes.split(", ").map(Number));
  assert.deepEqual(told, [ok, refused, usage, internalError, 130, 143]);
});
