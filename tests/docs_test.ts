import assert from "node:assert/strict";
import { globalFlags } from "../src/cli/command_flags.ts";
import { splitLine } from "../src/cli/flags.ts";
import { commands } from "../src/cli/grammar.ts";
import { matchCommand, placesAfter } from "../src/cli/match.ts";
import { agrees } from "./docs/agrees.ts";
import { blocksOf, type ShownCommand, storyOf } from "./docs/page.ts";
import { setStage } from "./docs/stage.ts";

const root = new URL("../", import.meta.url);
const names = ["README.md", "CONTRIBUTING.md", "SECURITY.md"].concat(
  [...Deno.readDirSync(new URL("docs", root))].map(({ name }) => `docs/${name}`)
    .filter((name) => name.endsWith(".md")).sort(),
);
const pages = names.map((name) => ({ name, text: Deno.readTextFileSync(new URL(name, root)) }));

/** With this, pages are rewritten by what the commands print. */
const rewrites = Deno.env.get("MAGLEV_GOLDEN") === "write";

/** Programs of others that pages show. Where one is missing its commands are left out. */
const others = ["grpcurl", "vpp_get_stats", "curl", "jq", "promtool"];

for (const { name, text } of pages) {
  const story = storyOf(text);
  if (!story.some(({ kind }) => kind === "command")) continue;
  Deno.test(`${name}: its commands print what it says`, async () => {
    await using stage = await setStage();
    const corrections: { readonly shown: ShownCommand; readonly printed: readonly string[] }[] = [];
    for (const step of story) {
      if (step.kind === "act") await stage.act(step.act);
      else if (step.kind === "file") await stage.writeFile(step.path, step.text);
      else if (await canRun(step.shown.command)) {
        const { shown } = step;
        const { agrees, printed } = await stage.run(shown.command, shown.expected);
        if (agrees) continue;
        if (rewrites) corrections.push({ shown, printed });
        else assert.fail(`${name}:${shown.line}: ${shown.command}\n${printed.join("\n")}`);
      }
    }
    if (corrections.length > 0) {
      await Deno.writeTextFile(new URL(name, root), corrected(text, corrections));
    }
  });
}

Deno.test("each block of a page says what it is, and commands with answers are run", () => {
  for (const { name, text } of pages) {
    for (const { language, line, lines } of blocksOf(text)) {
      assert.ok(language !== "", `${name}:${line}: a block without a language`);
      const isShown = language === "console";
      const hasPrompt = lines.some((line) => line.startsWith("$ "));
      assert.equal(hasPrompt, isShown, `${name}:${line}: a prompt is for blocks \`console\``);
    }
  }
});

Deno.test("each command that a page names is one", () => {
  let count = 0;
  for (const { name, text } of pages) {
    for (const { line, command } of namedCommands(text)) {
      count++;
      const problem = problemOf(command);
      assert.equal(problem, undefined, `${name}:${line}: ${command}: ${problem}`);
    }
  }
  assert.ok(count > 50, `${count} commands`);
});

Deno.test("words have to agree, and what passes need not", () => {
  const page = [
    "name  flows  since",
    "web1     12  2m3s",
    "",
    "12 flows, weight 30",
    "…",
    "pid 7: up",
  ];
  const print = [
    "name  flows  since",
    "web1  12345  9s",
    "",
    "9 flows, weight 30",
    "x",
    "y",
    "pid 9: up",
  ];
  assert.ok(agrees(page, print));
  assert.ok(agrees(["web1 is up, …"], ["web1 is up, and well"]));
  assert.ok(!agrees(page, print.map((line) => line.replace("30", "31"))));
  assert.ok(!agrees(page, print.map((line) => line.replace("up", "down"))));
  assert.ok(!agrees(["a"], ["a", "b"]));
  assert.ok(!agrees(["a", "b"], ["a"]));
  assert.ok(agrees(["a"], ["a", ""]));
  assert.ok(agrees(["a packet: first session packet: 1"], ["a packet: first session packet: 2"]));
  assert.ok(agrees(["weight:100 flows:7 dpo:9"], ["weight:100 flows:12 dpo:9"]));
  assert.ok(!agrees(["weight:100 flows:7"], ["weight:50 flows:7"]));
});

async function canRun(command: string): Promise<boolean> {
  const needed = others.filter((program) => new RegExp(`(^|\\| )${program}\\b`).test(command));
  const isThere = async (program: string) =>
    (await new Deno.Command("sh", { args: ["-c", `command -v ${program}`] }).output()).success;
  return (await Promise.all(needed.map(isThere))).every(Boolean);
}

function corrected(
  text: string,
  corrections: readonly { readonly shown: ShownCommand; readonly printed: readonly string[] }[],
): string {
  const lines = text.split("\n");
  for (const { shown: { line, command, expected }, printed } of corrections.toReversed()) {
    lines.splice(line - 1 + command.split("\n").length, expected.length, ...printed);
  }
  return lines.join("\n");
}

/** The command lines of `maglev` in a page: in blocks of shell commands, and between backticks. */
function namedCommands(text: string): { readonly line: number; readonly command: string }[] {
  const shown = blocksOf(text).filter(({ language }) => language === "sh").flatMap((
    { line, lines },
  ) => lines.map((command, index) => ({ line: line + index, command })));
  const prose = text.replaceAll(/^```.*?^```/gms, (block) => block.replaceAll(/[^\n]/g, ""));
  const inline = [...prose.matchAll(/(?<!`)`([^`]+)`(?!`)/g)].map(({ index, 1: code = "" }) => ({
    line: prose.slice(0, index).split("\n").length,
    command: code.replaceAll("\n", " "),
  }));
  return [...shown, ...inline].filter(({ command }) =>
    /^(sudo )?(\.\/scripts\/)?maglev [^=]/.test(command)
  );
}

/** What is wrong with a command line; it may be the beginning of one. */
function problemOf(line: string): string | undefined {
  if (commands.some(({ words }) => line === `maglev ${words}`)) return undefined;
  const command = line.replace(/^(sudo )?(\.\/scripts\/)?maglev /, "").split(/\s[#|&>;]|…/)[0] ??
    "";
  const words = [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map((match) =>
    match[1] ?? match[2] ?? match[3] ?? ""
  );
  try {
    const flags = Object.assign({}, globalFlags, ...commands.map(({ flags }) => flags));
    const split = splitLine(words, flags);
    if (split.words.length === 0 || split.flags.has("version")) return undefined;
    if (split.words[0] === "help") return undefined;
    const match = matchCommand(commands, split.words);
    if (!("problem" in match)) {
      const foreign = [...split.flags.keys()].find((flag) =>
        !Object.hasOwn(match.command.flags, flag)
      );
      return foreign === undefined ? undefined : `--${foreign} is no flag of it`;
    }
    return "problem" in placesAfter(commands, split.words, { goesOn: true })
      ? match.problem
      : undefined;
  } catch (error) {
    return String(error);
  }
}
