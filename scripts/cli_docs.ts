/**
 * docs/cli.md: what people wrote, and under it the reference.
 *
 * @module
 */

import { type Command, exitCodes } from "../src/cli/command.ts";
import { clientFlags, globalFlags } from "../src/cli/command_flags.ts";
import type { Flag, Flags } from "../src/cli/flags.ts";
import { flagUsage, isClient, ownFlags } from "../src/cli/help_text.ts";
import { rowElements, tokensOf } from "../src/cli/row.ts";
import { helpOf } from "../src/cli/word_help.ts";
import { exitMeanings } from "./cli_reference.ts";
import { markdownTable } from "./markdown_text.ts";

/** Above this line people write; what is under it is generated. */
const marker =
  "<!-- From here on, scripts/generate-cli-docs writes what src/cli/grammar.ts says. -->";

/**
 * The page anew, with what people wrote as it is.
 *
 * @throws {Error} The page has lost its marker.
 */
export function cliDocs(page: string, commands: readonly Command[]): string {
  const [written, generated] = page.split(marker);
  if (written === undefined || generated === undefined) throw new Error(`no line "${marker}"`);
  return `${written}${marker}\n\n${reference(commands)}\n`;
}

function reference(commands: readonly Command[]): string {
  return [
    "## All commands",
    markdownTable(
      ["command", "what it does"],
      commands.map(({ words, help }) => [code(words), `${help}.`]),
    ),
    ...commands.flatMap(commandParts),
    "## Flags of all commands that ask the daemon",
    flagTable(clientFlags),
    "## Flags of every command",
    flagTable(globalFlags),
    "## Exit codes",
    markdownTable(
      ["code", "meaning"],
      Object.entries(exitCodes).map(([name, code]) => [
        `${code}`,
        exitMeanings[name as keyof typeof exitCodes],
      ]),
    ),
  ].join("\n\n");
}

/** A command by itself, where there is more to say than its line in the table. */
function commandParts(command: Command): readonly string[] {
  const told = tokensOf(rowElements(command.words)).filter(({ isTold }) => isTold);
  const own = ownFlags(command.flags);
  const parts = [
    ...told.length === 0 ? [] : [markdownTable(
      ["word", "meaning"],
      told.map((token) => [code(token.text), `${helpOf(token)}.`]),
    )],
    ...Object.keys(own).length === 0 ? [] : [flagTable(own)],
  ];
  if (parts.length === 0) return [];
  const title = command.words.split(" ").filter((word) => /^[a-z]+$/.test(word)).join(" ");
  const shared = isClient(command)
    ? [`And [the flags](#flags-of-all-commands-that-ask-the-daemon) of all that ask the daemon.`]
    : [];
  return [`### ${title}`, `${code(`maglev ${command.words}`)}`, ...parts, ...shared];
}

function flagTable(flags: Flags): string {
  return markdownTable(
    ["flag", "environment", "default", "meaning"],
    Object.entries(flags).map(([name, flag]) => [
      code(flagUsage(name, flag)),
      flag.kind === "switch" || flag.env === undefined ? "" : code(flag.env),
      fallbackOf(flag),
      flag.help,
    ]),
  );
}

function fallbackOf(flag: Flag): string {
  if (flag.kind === "switch") return "";
  return flag.fallback === "" ? "nothing" : code(String(flag.fallback));
}

function code(text: string): string {
  return `\`${text}\``;
}
