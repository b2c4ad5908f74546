import assert from "node:assert/strict";
import { command } from "./command.ts";
import { commands } from "./grammar.ts";
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
function meaningOf(line: string, table = rows): string {
  const match = matchCommand(table, line.split(" "));
  if ("problem" in match) return match.problem;
  const slots = [...match.slots].map(([name, words]) => ` ${name}=${words.join("+")}`);
  return match.command.words + slots.join("");
}

/** What a line of the real table comes to: its first two words, and its slots. */
function shortMeaning(line: string): string {
  const match = matchCommand(commands, line.split(" "));
  if ("problem" in match) return match.problem;
  const slots = [...match.slots].map(([name, words]) => ` ${name}=${words.join("+")}`);
  return match.command.words.replaceAll(/ [[<].*| \S+\|.*/g, "") + slots.join("");
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
    ["set b \u001b[2J x", 'set b "\\u001b[2J": unknown word "x"; enable, pause may stand here'],
    ["set b web1 ", 'set b web1: unknown word ""; enable, pause may stand here'],
  ];
  for (const [line, meaning] of cases) assert.equal(meaningOf(line), meaning, line);
});

Deno.test("lines of the table mean what people expect", () => {
  const cases: [string, string][] = [
    ["sh ba web1", "show backends backend=web1"],
    ["sh vp l s", "show vpp lb state"],
    ["sh vp l p www", "show vpp lb plan frontend=www"],
    ["sh", '"sh" could be shell or show'],
    ["she", "shell"],
    ["s v", '"s" could be set or show or sync'],
    ["co", '"co" could be completions or config'],
    ["co z", '"co" could be completions or config'],
    ["con c", "config check"],
    ["shell x", 'shell: nothing more belongs here, and "x" follows'],
    ["shel x", 'shel: nothing more belongs here, and "x" follows'],
    ["se b web1 p", "set backend backend=web1 pause="],
    ["se b web1", "se b web1: another word is needed: disable, enable, pause, resume"],
    [
      "se b web1 stop",
      'se b web1: unknown word "stop"; disable, enable, pause, resume may stand here',
    ],
    ["se b web1 puase", 'se b web1: unknown word "puase" (did you mean pause?)'],
    [
      "set f www p primary b web1 w 50",
      "set frontend frontend=www pool=primary backend=web1 weight=50",
    ],
    ["set f www pool", "set f www pool: another word is needed: <pool>"],
    ["set f www primary", 'set f www: unknown word "primary"; pool may stand here'],
    ["completions zsh", "completions zsh="],
    ["watch events", "watch events"],
    ["w e n 5", "watch events num= n=5"],
    ["watch", "watch: another word is needed: events"],
    ["daemon now", 'daemon: nothing more belongs here, and "now" follows'],
    ["exit", 'unknown command "exit"'],
  ];
  for (const [line, meaning] of cases) assert.equal(shortMeaning(line), meaning, line);
});

Deno.test("what may be left out may come in any order, each once", () => {
  const cases: [string, string][] = [
    ["watch events log level debug num 3", "watch events log= level=debug num= n=3"],
    ["watch events log num 3 level debug", "watch events log= num= n=3 level=debug"],
    ["watch events frontend backend log", "watch events frontend= backend= log="],
    ["watch events b f", "watch events backend= frontend="],
    ["watch events l", "watch events log="],
    ["watch events num", "watch events num: another word is needed: <n>"],
    ["watch events log level", "watch events log level: another word is needed: <level>"],
    [
      "watch events level info",
      'watch events: unknown word "level"; backend, frontend, log, num may stand here',
    ],
    ["watch events num log", "watch events num= n=log"],
    [
      "watch events log log",
      'watch events log: unknown word "log"; backend, frontend, level, num may stand here',
    ],
    [
      "watch events num 1 log level info backend frontend x",
      'watch events num 1 log level info backend frontend: nothing more belongs here, and "x" follows',
    ],
    ["sync vpp lb state", "sync vpp lb state"],
    ["sync vpp lb state www dry-run", "sync vpp lb state frontend=www dry-run="],
    ["sync vpp lb state dry-run www", "sync vpp lb state dry-run= frontend=www"],
  ];
  for (const [line, meaning] of cases) assert.equal(shortMeaning(line), meaning, line);
});

Deno.test("a name that looks like a word is a name wherever only a name can stand", () => {
  const cases: [string, string][] = [
    ["set backend pause pause", "set backend backend=pause pause="],
    ["set backend enable disable", "set backend backend=enable disable="],
    ["show backends backends", "show backends backend=backends"],
    [
      "set frontend pool pool backend backend weight weight 0",
      "set frontend frontend=pool pool=backend backend=weight weight=0",
    ],
    // An exact word wins, here over a frontend of that name: nothing is changed by mistake.
    ["sync vpp lb state dry-run", "sync vpp lb state dry-run="],
    ["sync vpp lb state dry-run dry-run", "sync vpp lb state dry-run= frontend=dry-run"],
    // A part of the word is a name.
    ["sync vpp lb state dry", "sync vpp lb state frontend=dry"],
    ["show vpp lb plan dry-run", "show vpp lb plan frontend=dry-run"],
    ["show backends bäckend-ü", "show backends backend=bäckend-ü"],
    ["show frontends 負荷分散", "show frontends frontend=負荷分散"],
    ["set backend 🐙 pause", "set backend backend=🐙 pause="],
    ["set backend 🐙 puse", 'set backend 🐙: unknown word "puse" (did you mean pause?)'],
    ["show backends constructor", "show backends backend=constructor"],
    ["constructor", 'unknown command "constructor"'],
  ];
  for (const [line, meaning] of cases) assert.equal(shortMeaning(line), meaning, line);
});

Deno.test("a line of too many words is refused before they are looked at", () => {
  const words = ["help", ...Array<string>(100_000).fill("a")];
  assert.deepEqual(matchCommand(rows, words), { problem: "no command has more than 32 words" });
});

Deno.test("no words are a line that needs one", () => {
  const [problem] = Object.values(matchCommand(rows.slice(0, 2), []));
  assert.equal(problem, "another word is needed: show");
});
