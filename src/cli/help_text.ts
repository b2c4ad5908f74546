/**
 * The text of help, made from the command table.
 *
 * @module
 */
import { build, versionLine } from "../version.ts";
import type { Command } from "./command.ts";
import { clientFlags, globalFlags } from "./command_flags.ts";
import { type Flag, type Flags, UsageError } from "./flags.ts";
import { placesAfter } from "./match.ts";
import { rowElements, tokensOf } from "./row.ts";
import { helpOf } from "./word_help.ts";

/** How wide a screen may be counted upon. */
const screenColumns = 80;

/** What stands left of more than this has a line of its own. */
const leftColumns = 30;

/**
 * What there is, or what the commands do that begin with these words.
 *
 * @throws {UsageError} No command does.
 */
export function helpLines(commands: readonly Command[], words: readonly string[]): string[] {
  if (words.length === 0) return overview(commands);
  const places = placesAfter(commands, words, { goesOn: false });
  if ("problem" in places) throw new UsageError(places.problem);
  const meant = places.map(({ command }) => command);
  const [first] = meant;
  const rows = meant.length === 1 && first !== undefined ? single(first) : list(meant);
  const own = Object.assign({}, ...meant.map(({ flags }) => ownFlags(flags)));
  return [
    ...rows,
    ...section("Flags:", flagRows({ ...own, ...globalFlags })),
    ...meant.some(isClient)
      ? section("Flags of all commands that ask the daemon:", flagRows(clientFlags))
      : [],
  ];
}

/** Whether the command asks the daemon. */
export function isClient({ flags }: Command): boolean {
  return Object.entries(clientFlags).every(([name, flag]) => flags[name] === flag);
}

/** The flags of a command without those of all commands that ask the daemon. */
export function ownFlags(flags: Flags): Flags {
  const shared: Flags = clientFlags;
  const hasAll = Object.keys(clientFlags).every((name) => flags[name] === shared[name]);
  const own = Object.entries(flags).filter(([name]) => !(hasAll && Object.hasOwn(shared, name)));
  return Object.fromEntries(own);
}

/** `-o, --output FORM` */
export function flagUsage(name: string, flag: Flag): string {
  const letter = flag.letter === undefined ? "" : `-${flag.letter}, `;
  if (flag.kind === "text") return `${letter}--${name} ${flag.placeholder}`;
  return `${letter}--${name}${flag.kind === "toggle" ? `=${!flag.fallback}` : ""}`;
}

function overview(commands: readonly Command[]): string[] {
  return [
    versionLine(build),
    "The control plane of VPP's Maglev load balancer.",
    "",
    ...list(commands),
    ...section("Flags:", flagRows(globalFlags)),
    "",
    "maglev help COMMAND shows the flags of a command, and what its words mean.",
  ];
}

function list(commands: readonly Command[]): string[] {
  return columns(commands.map(({ words, help }) => [`maglev ${words}`, help]));
}

/** A command by itself, with what its words mean as far as there is a choice. */
function single({ words, help }: Command): string[] {
  const told = tokensOf(rowElements(words)).filter(({ isTold }) => isTold);
  const rows = told.map((token) => [token.text, helpOf(token)] as const);
  return [`maglev ${words}`, `    ${help}.`, ...section("Words:", rows)];
}

function section(title: string, rows: readonly Row[]): string[] {
  return rows.length === 0 ? [] : ["", title, ...columns(rows)];
}

function flagRows(flags: Flags): Row[] {
  return Object.entries(flags).map(([name, flag]) => {
    const env = flag.kind === "switch" ? undefined : flag.env;
    const fallback = flag.kind === "text" && flag.fallback !== ""
      ? `default ${flag.fallback}`
      : undefined;
    const notes = [env, fallback].filter((note) => note !== undefined).join(", ");
    return [flagUsage(name, flag), flag.help + (notes === "" ? "" : ` (${notes})`)];
  });
}

/** What stands left and right. */
type Row = readonly [left: string, right: string];

/** Two columns, indented, which a screen has room for. */
function columns(rows: readonly Row[]): string[] {
  const short = rows.map(([left]) => left.length).filter((length) => length <= leftColumns);
  const width = Math.max(0, ...short);
  return rows.flatMap(([left, right]) => {
    const lines = wrapped(right, screenColumns - width - 4);
    if (left.length > width) lines.unshift("");
    return lines.map((line, index) =>
      `  ${(index === 0 ? left : "").padEnd(width)}  ${line}`.trimEnd()
    );
  });
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}
