import assert from "node:assert/strict";
import { commands } from "./grammar.ts";
import { helpLines } from "./help_text.ts";
import { widthOf } from "./output/table.ts";

const helpOn = (line: string) => helpLines(commands, line === "" ? [] : line.split(" "));

Deno.test("help on nothing has every command, and fits a screen's width", () => {
  const text = helpOn("").join("\n");
  for (const { words } of commands) assert.ok(text.includes(`  maglev ${words}`), words);
  for (const line of helpOn("")) assert.ok(widthOf(line) <= 80, line);
});

Deno.test("help on the beginning of commands has them all, and common flags once", () => {
  const text = helpOn("show").join("\n");
  assert.deepEqual(text.match(/^ {2}maglev .*?(?= {2}|$)/gm), [
    "  maglev show frontends [<frontend>]",
    "  maglev show backends [<backend>]",
    "  maglev show healthchecks [<healthcheck>]",
    "  maglev show vpp info",
    "  maglev show vpp lb state",
    "  maglev show vpp lb counters",
    "  maglev show vpp lb plan [<frontend>]",
    "  maglev show version",
  ]);
  assert.equal(text.split("  --server ").length, 2);
  assert.match(text, /\nFlags of all commands that ask the daemon:\n {2}--server ADDRESS /);
});

Deno.test("help on one command has its words, its own flags, and the common ones apart", () => {
  assert.deepEqual(helpOn("sync vpp lb state").slice(0, 11), [
    "maglev sync vpp lb state [<frontend>] [dry-run]",
    "    Give VPP what it should have, for all frontends or for one.",
    "",
    "Words:",
    "  <frontend>  The name of a frontend",
    "  dry-run     Only say what would be done",
    "",
    "Flags:",
    "  -h, --help  Show what the command does, and its flags",
    "  --version   Show version, commit and build date",
    "",
  ]);
  const shell = helpOn("shell").join("\n");
  assert.match(shell, /\nFlags:\n {2}--server ADDRESS .*\n(.*\n)* {2}--pager /);
  const daemon = helpOn("daemon").join("\n");
  assert.match(daemon, /\n {2}--config FILE +The configuration file \(MAGLEV_CONFIG, default\n/);
  assert.doesNotMatch(daemon, /ask the daemon/);
});

Deno.test("help understands what a line would: beginnings, names in slots, words too few", () => {
  const cases: [string, string][] = [
    ["sh ba", "maglev show backends [<backend>]"],
    ["show backends web1", "maglev show backends [<backend>]"],
    ["set b web1", "maglev set backend <backend> pause|resume|disable|enable"],
    ["set b web1 pause", "maglev set backend <backend> pause|resume|disable|enable"],
    ["help", "maglev help [<command>...]"],
  ];
  for (const [line, first] of cases) assert.equal(helpOn(line)[0], first, line);
  assert.throws(() => helpOn("nonsense"), {
    name: "UsageError",
    message: 'unknown command "nonsense"',
  });
  assert.throws(() => helpOn("sh"), { message: '"sh" could be shell or show' });
});
