/**
 * The scripts that complete commands in other shells, filled with the command table.
 *
 * @module
 */
import type { Command } from "../command.ts";
import bash from "./maglev.bash" with { type: "text" };
import fish from "./maglev.fish" with { type: "text" };
import zsh from "./maglev.zsh" with { type: "text" };
import { type CompletionTables, completionTables } from "./states.ts";

/** A shell that there is a script for. */
export type CompletedShell = keyof typeof shells;

/** How the shells differ: in the number of the first state, in quotes, and in `case`. */
interface Shell {
  readonly template: string;
  readonly first: number;
  readonly hasHelp: boolean;
  readonly quote: (text: string) => string;
  /** What is between the items of a list that has a line for each. */
  readonly between: string;
  /** What is between several patterns, or words to compare with. */
  readonly or: string;
  readonly choice: (flag: string, texts: readonly string[]) => string;
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

const shells = {
  bash: {
    template: bash,
    first: 0,
    hasHelp: false,
    quote: quoted,
    between: "\n",
    or: " | ",
    choice: (flag, texts) => `      ${flag}) printf '%s\\n' ${texts.join(" ")} ;;`,
  },
  zsh: {
    template: zsh,
    first: 1,
    hasHelp: true,
    quote: quoted,
    between: "\n",
    or: " | ",
    choice: (flag, texts) => `      ${flag}) compadd ${texts.join(" ")} ;;`,
  },
  fish: {
    template: fish,
    first: 1,
    hasHelp: true,
    quote: (text) => `'${text.replaceAll(/['\\]/g, "\\$&")}'`,
    between: " \\\n",
    or: " ",
    choice: (flag, texts) =>
      `            case ${flag}\n                printf '%s\\n' {$before}${
        texts.join(" {$before}")
      }`,
  },
} as const satisfies Record<string, Shell>;

/** The shells that there is a script for. */
export const completedShells = Object.keys(shells) as readonly CompletedShell[];

/** The script for a shell. */
export function completionScript(commands: readonly Command[], name: CompletedShell): string {
  const shell: Shell = shells[name];
  const values = scriptValues(completionTables(commands), shell);
  return shell.template.replaceAll(/@(\w+)/g, (all, key) => values.get(key) ?? all);
}

/** What stands in a script for `@states` and the like. */
function scriptValues(
  { states, helps, flagSets, flagSetOf, ...flags }: CompletionTables,
  { first, hasHelp, quote, between, or, choice }: Shell,
): ReadonlyMap<string, string> {
  const helpOf = (help: string) => hasHelp ? `=${helps.indexOf(help) + first}` : "";
  const list = (lines: readonly string[]) => lines.map((line) => `  ${quote(line)}`).join(between);
  const stateLines = states.map(({ entries }) =>
    entries.map(({ text, help, next }) => `${text}=${next + first}${helpOf(help)}`).join(" ")
  );
  const flagLines = flagSets.map((set) =>
    Object.entries(set).map(([name, { help }]) => `--${name}${helpOf(help)}`).join(" ")
  );
  const given = flags.serverFlags.flatMap((flag) => [flag, `${flag}=*`]);
  return new Map([
    ["states", list(stateLines)],
    ["flag_set_of", flagSetOf.map((number) => number + first).join(" ")],
    ["flag_sets", list(flagLines)],
    ["helps", list(helps)],
    ["text_flags", flags.textFlags.join(or)],
    ["file_flags", flags.fileFlags.join(or)],
    ["server_flags", flags.serverFlags.join(or)],
    ["server_flags_given", given.join(or)],
    ["choices", flags.choices.map(([flag, texts]) => choice(flag, texts)).join("\n")],
  ]);
}
