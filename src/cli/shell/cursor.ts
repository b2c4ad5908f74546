/**
 * What a line means up to the cursor: the words before, and what the one at the cursor can be.
 *
 * @module
 */
import type { Command } from "../command.ts";
import { globalFlags } from "../command_flags.ts";
import type { Flag, Flags } from "../flags.ts";
import { matchCommand } from "../match.ts";
import type { Follow } from "../follow.ts";
import { type LineWord, readWords } from "./words.ts";

/** Says what may follow these complete words. */
export type FollowWords = (commands: readonly Command[], words: readonly string[]) => Follow;

/** Where the cursor is. */
export interface Cursor {
  /** The complete words before, without flags. */
  readonly words: readonly string[];
  /** The word at the cursor as far as it is typed, which may be nothing. */
  readonly partial: LineWord;
  readonly at:
    | { readonly kind: "word" }
    /** The name of a flag. */
    | { readonly kind: "flag"; readonly flags: Flags }
    /** The text of a flag, which begins so far into the partial word. */
    | { readonly kind: "text"; readonly flag: Flag; readonly from: number };
}

/** Reads the line up to the cursor. */
export function readCursor(
  before: string,
  { commands, follow }: { readonly commands: readonly Command[]; readonly follow: FollowWords },
): Cursor {
  const read = readWords(before);
  const complete = read.endsInWord ? read.words.slice(0, -1) : read.words;
  const nothing: LineWord = { text: "", start: before.length, quote: undefined };
  const partial = read.endsInWord ? read.words.at(-1) ?? nothing : nothing;
  const every: Flags = Object.assign({}, globalFlags, ...commands.map(({ flags }) => flags));

  const words: string[] = [];
  let flagsEnd = false;
  let pending: Flag | undefined;
  for (const { text } of complete) {
    if (pending !== undefined) pending = undefined;
    else if (flagsEnd || !text.startsWith("-") || text === "-") words.push(text);
    else if (text === "--") flagsEnd = true;
    else pending = text.includes("=") ? undefined : textFlag(text, every);
  }
  if (pending !== undefined) {
    return { words, partial, at: { kind: "text", flag: pending, from: 0 } };
  }
  if (flagsEnd || !partial.text.startsWith("-")) return { words, partial, at: { kind: "word" } };
  const equals = partial.text.indexOf("=");
  const flag = findFlag(partial.text.slice(0, Math.max(0, equals)), every);
  if (flag !== undefined) return { words, partial, at: { kind: "text", flag, from: equals + 1 } };
  return { words, partial, at: { kind: "flag", flags: flagsAfter(words, commands, follow) } };
}

function findFlag(given: string, flags: Flags): Flag | undefined {
  return Object.entries(flags).find(([name, { letter }]) =>
    given === `--${name}` || (letter !== undefined && given === `-${letter}`)
  )?.[1];
}

function textFlag(given: string, flags: Flags): Flag | undefined {
  const found = findFlag(given, flags);
  return found?.kind === "text" ? found : undefined;
}

/** The flags of the command that the words mean, or of all that they may become. */
function flagsAfter(
  words: readonly string[],
  commands: readonly Command[],
  follow: FollowWords,
): Flags {
  const match = matchCommand(commands, words);
  const rows = "command" in match
    ? [match.command]
    : commands.filter((command) => "candidates" in follow([command], words));
  return Object.assign({}, ...rows.map(({ flags }) => flags), globalFlags);
}
