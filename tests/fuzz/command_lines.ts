/**
 * Lines of commands: run, completed and explained.
 *
 * @module
 */

import assert from "node:assert/strict";
import { globalFlags } from "../../src/cli/command_flags.ts";
import { type Flags, splitLine, UsageError } from "../../src/cli/flags.ts";
import { follow } from "../../src/cli/follow.ts";
import { commands, shellCommands } from "../../src/cli/grammar.ts";
import { matchCommand } from "../../src/cli/match.ts";
import { completeLine } from "../../src/cli/shell/completion.ts";
import { followingHelp } from "../../src/cli/shell/following_help.ts";
import { printable } from "../../src/printable.ts";
import { isBare, quoteWord, readWords, splitWords } from "../../src/cli/shell/words.ts";
import { textMutations } from "./mutate.ts";
import { bytesOf, type FuzzTarget, orError, textOf } from "./target.ts";

const all = [...commands, ...shellCommands];
const flags: Flags = Object.assign({}, globalFlags, ...all.map(({ flags }) => flags));
const words = [
  ...new Set(all.flatMap(({ words }) => words.split(/[\s|<>[\].]+/)).filter((word) => word !== "")),
  ...Object.keys(flags).map((name) => `--${name}`),
  ...["--", "-", "-x", "--a=b", "web1", '"sorry page"', "'", '"', "\\", "0", "100"],
];
const names = ["web1", "sorry page", 'qu"ote', "back\\slash", "-x", "#", "é"];

/** A line, read in all ways. */
export const commandLines: FuzzTarget = {
  name: "command-lines",
  corpus: all.map(({ words }) => bytesOf(words)),
  mutations: textMutations(words),
  invent(random) {
    const parts = Array.from({ length: random.chance(0.01) ? 20_000 : random.int(0, 9) }, () => {
      const word = random.pick(words);
      return random.chance(0.3) ? word.slice(0, random.int(0, word.length)) : word;
    });
    return bytesOf(parts.join(random.chance(0.9) ? " " : "") + random.pick(["", " "]));
  },
  mostBytes: 65_536,
  tries: 500,
  async run(input) {
    const line = textOf(input);
    const read = readWords(line);
    for (const { start } of read.words) assert.ok(start >= 0 && start < line.length);
    const sources = { commands: all, follow, names: () => Promise.resolve(names) };
    const completion = await completeLine(line, sources);
    assert.ok(completion.replaceFrom >= 0 && completion.replaceFrom <= line.length);
    const before = line.slice(0, completion.replaceFrom);
    for (const candidate of completion.candidates) {
      assert.equal(readWords(`${before}${candidate} `).open, undefined, candidate);
    }
    const help = followingHelp(line, sources);
    for (const shown of help) assert.ok(printable(shown).length < 12 * line.length + 400);
    const split = splitWords(line);
    if ("problem" in split) return [split.problem, completion, help];
    const again = splitWords(
      split.words.map((each) => isBare(each) ? each : quoteWord(each)).join(" "),
    );
    assert.deepEqual(again, split, "quoted words are other words");
    const parsed = orError(UsageError, () => splitLine(split.words, flags));
    if (parsed instanceof UsageError) return [parsed.message, completion, help];
    const match = matchCommand(all, parsed.words);
    return ["problem" in match ? match.problem : [match.command.words, ...match.slots], help];
  },
};
