import assert from "node:assert/strict";
import { command } from "./command.ts";
import { matchCommand } from "./match.ts";

const rows = [
  "show version",
  "show backends [<backend>]",
  "show vpp info",
  "show vpp lb state",
  "show vpp lb counters",
  "set backend <backend> pause",
  "set backend <backend> enable",
  "sync vpp lb state",
  "help [<command>...]",
  "sh",
].map((words) => command(words, { help: words, load: () => Promise.resolve(() => 0) }));

/** The row that a line means with its slots, or what is wrong with the line. */
function meaningOf(line: string): string {
  const match = matchCommand(rows, line.split(" "));
  if ("problem" in match) return match.problem;
  const slots = [...match.slots].map(([name, words]) => ` ${name}=${words.join("+")}`);
  return match.command.words + slots.join("");
}

Deno.test("a line means the row that its words are unambiguous prefixes of", () => {
  const cases: [string, string][] = [
    ["show version", "show version"],
    ["sho v", '"v" could be version or vpp'],
    ["sho ve", "show version"],
    ["sh", "sh"],
    ["sho ba", "show backends [<backend>]"],
    ["sho ba web1", "show backends [<backend>] backend=web1"],
    ["sho vp l s", "show vpp lb state"],
    ["set b pause pause", "set backend <backend> pause backend=pause"],
    ["set b web1 e", "set backend <backend> enable backend=web1"],
    ["help", "help [<command>...]"],
    ["help show vpp", "help [<command>...] command=show+vpp"],
    ["s", '"s" could be set or sh or show or sync'],
    ["shwo", 'unknown command "shwo" (did you mean show?)'],
    ["sho bakends", 'sho: unknown word "bakends" (did you mean backends?)'],
    ["sho vpp lb", "sho vpp lb: another word is needed: counters, state"],
    ["set backend", "set backend: another word is needed: <backend>"],
    ["sho ba web1 x", 'sho ba web1: nothing more belongs here, and "x" follows'],
    ["exit\u001b[2J", 'unknown command "exit\\u001b[2J"'],
  ];
  for (const [line, meaning] of cases) assert.equal(meaningOf(line), meaning, line);
});
