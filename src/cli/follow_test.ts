import assert from "node:assert/strict";
import { follow } from "./follow.ts";
import { commands, shellCommands } from "./grammar.ts";
import { nextSteps, rowElements, tokensOf } from "./row.ts";
import { helpOf, wordHelp } from "./word_help.ts";

/** What may follow in the shell, and `.` where a line may end; or what is wrong. */
function followers(line: string): string {
  const all = [...commands, ...shellCommands];
  const found = follow(all, line.split(" ").filter((word) => word !== ""));
  if ("problem" in found) return found.problem;
  return found.candidates.map((each) => each.kind === "end" ? "." : each.text).join(" ");
}

Deno.test("each position of a line has what may follow there", () => {
  const top =
    "daemon shell show sync set watch config probe debug sim demo completions version help";
  const watch = "num log backend frontend .";
  const cases: [string, string][] = [
    ["", `${top} quit exit`],
    ["show", "frontends backends healthchecks vpp version"],
    ["sh", "frontends backends healthchecks vpp version"],
    ["sh ba", "<backend> ."],
    ["sh ba web1", "."],
    ["sh ba web1 x", 'sh ba web1: nothing more belongs here, and "x" follows'],
    ["show vpp", "info lb"],
    ["show vpp lb", "state counters plan"],
    ["show vpp lb plan", "<frontend> ."],
    ["show healthchecks", "<healthcheck> ."],
    ["shwo", 'unknown command "shwo" (did you mean show?)'],
    ["s", '"s" could be set or show or sync'],
    ["sync vpp lb state", "<frontend> dry-run ."],
    ["sync vpp lb state www", "dry-run ."],
    ["sync vpp lb state dry-run", "<frontend> ."],
    ["set backend", "<backend>"],
    ["set backend web1", "pause resume disable enable"],
    ["set backend pause pause", "."],
    ["set frontend www", "pool"],
    ["set frontend www pool", "<pool>"],
    ["set frontend www pool p backend web1 weight", "<weight>"],
    ["set frontend www pool p backend web1 weight 5", "."],
    ["watch events", watch],
    ["watch events num", "<n>"],
    ["watch events num 5", "log backend frontend ."],
    ["watch events log", "level num backend frontend ."],
    ["watch events log level", "<level>"],
    ["watch events log backend", "level num frontend ."],
    ["watch events log backend level info num 3 frontend", "."],
    ["config", "check reload schema"],
    ["completions", "bash zsh fish"],
    ["version", "."],
    ["quit", "."],
    ["help", `${top} quit exit .`],
    ["help sh", "frontends backends healthchecks vpp version ."],
    ["help set backend", "."],
    ["help set backend web1", "pause resume disable enable ."],
    ["help shwo", 'unknown command "shwo" (did you mean show?)'],
  ];
  for (const [line, expected] of cases) assert.equal(followers(line), expected, line);
});

Deno.test("each candidate has its line of help, and the end that of its command", () => {
  assert.deepEqual(follow(commands, ["sync", "vpp", "lb", "state"]), {
    candidates: [
      { kind: "slot", name: "frontend", text: "<frontend>", help: "The name of a frontend" },
      { kind: "word", text: "dry-run", help: "Only say what would be done" },
      { kind: "end", help: "Give VPP what it should have, for all frontends or for one" },
    ],
  });
});

Deno.test("every word and slot of the table has a line of help, and no line is of nothing", () => {
  const used = new Set<string>();
  const all = [...commands, ...shellCommands].flatMap(({ words }) => tokensOf(rowElements(words)));
  for (const token of all) {
    const help = helpOf(token);
    assert.match(help, /^[A-Z].*[^.]$/, `${token.after} ${token.text}`);
    const own = `${token.after} ${token.text}`;
    used.add(Object.hasOwn(wordHelp, own) ? own : token.text);
  }
  assert.deepEqual(Object.keys(wordHelp).filter((key) => !used.has(key)), []);
});

Deno.test("each row can be typed from its beginning to its end by what may follow", () => {
  for (const { words, help } of commands) {
    const line: string[] = [];
    for (let rest = rowElements(words); rest.length > 0;) {
      const found = follow(commands, line);
      assert.ok("candidates" in found, line.join(" "));
      const [step] = nextSteps(rest);
      if (step === undefined || step.token.name === "command") break;
      assert.ok(found.candidates.some((each) => "text" in each && each.text === step.token.text));
      line.push(step.token.kind === "word" ? step.token.text : "some-name");
      rest = step.rest;
    }
    const found = follow(commands, line);
    assert.ok("candidates" in found && found.candidates.some((each) => each.help === help), words);
  }
});

Deno.test("help about help about help is known, and has an end", () => {
  assert.equal(followers("help ".repeat(32)), followers("help"));
  assert.equal(followers("help ".repeat(10_000)), "no command has more than 32 words");
});
