/**
 * What Tab offers: words of the command table, flags, and names that the daemon knows.
 *
 * @module
 */
import type { Command } from "../command.ts";
import type { Flag } from "../flags.ts";
import { type Cursor, type FollowWords, readCursor } from "./cursor.ts";
import type { Completion } from "./editor.ts";
import { isBare, type Quote, quoteWord } from "./words.ts";

/** The words in the slots before, by the slots' names. */
export type SlotWords = ReadonlyMap<string, string>;

/** What may stand in a slot; nothing where nobody knows. It never rejects. */
export type SlotNames = (slot: string, before: SlotWords) => Promise<readonly string[]>;

/** What completion goes by. */
export interface CompletionSources {
  readonly commands: readonly Command[];
  readonly follow: FollowWords;
  readonly names: SlotNames;
}

/** No command has more words before its last slot. */
const longestCommand = 16;

/** Says what the word at the cursor can be. */
export async function completeLine(
  before: string,
  sources: CompletionSources,
): Promise<Completion> {
  const cursor = readCursor(before, sources);
  const { partial, at } = cursor;
  const typed = at.kind === "text" ? partial.text.slice(at.from) : partial.text;
  const from = at.kind === "text" ? at.from : 0;
  const isPlain = before.slice(partial.start) === partial.text;
  if (from > 0 && !isPlain) return { replaceFrom: before.length, candidates: [], isFinal: true };
  const offset = partial.start + from;
  const all = await possibleWords(cursor, sources);
  const fitting = [...new Set(all)].filter((word) => word.startsWith(typed));
  return { replaceFrom: offset, candidates: quoted(fitting, partial.quote), isFinal: true };
}

async function possibleWords(
  { words, at }: Cursor,
  sources: CompletionSources,
): Promise<readonly string[]> {
  if (at.kind === "text") return textsOf(at.flag);
  if (at.kind === "flag") return Object.keys(at.flags).map((name) => `--${name}`);
  const { commands, follow, names } = sources;
  const following = follow(commands, words);
  if ("problem" in following) return [];
  const slots = slotsBefore(words, sources);
  const found = following.candidates.map(async (candidate) => {
    if (candidate.kind === "word") return [candidate.text];
    if (candidate.kind === "end") return [];
    return await names(candidate.name, slots);
  });
  return (await Promise.all(found)).flat();
}

function textsOf(flag: Flag): readonly string[] {
  if (flag.kind === "toggle") return ["true", "false"];
  return flag.kind === "text" ? flag.choices ?? [] : [];
}

/** Which of the words stand in slots. */
function slotsBefore(
  words: readonly string[],
  { commands, follow }: CompletionSources,
): SlotWords {
  const slots = new Map<string, string>();
  for (const [index, word] of words.slice(0, longestCommand).entries()) {
    const following = follow(commands, words.slice(0, index));
    if ("problem" in following) break;
    const { candidates } = following;
    if (candidates.some((each) => each.kind === "word" && each.text === word)) continue;
    const slot = candidates.find((each) => each.kind === "slot");
    if (slot !== undefined) slots.set(slot.name, word);
  }
  return slots;
}

/** The words as they are typed: all in quotes if one needs them, so that they begin the same way. */
function quoted(words: readonly string[], quote: Quote | undefined): readonly string[] {
  const areBare = quote === undefined && words.every(isBare);
  return areBare ? words : words.map((word) => quoteWord(word, quote));
}
