/**
 * Finds the row of the command table that a line means.
 *
 * Any unambiguous prefix of a fixed word will do, and an exact word wins over a longer one. A word
 * that fits a slot is taken as it is, unless it is exactly a fixed word that may stand there.
 *
 * @module
 */
import { didYouMean } from "../suggest.ts";
import type { Command } from "./command.ts";
import { type Element, isFinal, nextSteps, rowElements, type Token } from "./row.ts";

/**
 * The row with its slots filled, or one line about what is wrong. A fixed word that might as well
 * not be there, `dry-run`, is among the slots under its own name, with no words.
 */
export type Match =
  | { readonly command: Command; readonly slots: ReadonlyMap<string, readonly string[]> }
  | { readonly problem: string };

/** A row that a line may mean so far. */
export interface Place {
  readonly command: Command;
  /** What the words so far are in it. */
  readonly taken: readonly { readonly token: Token; readonly word: string }[];
  readonly rest: readonly Element[];
}

/** Finds the one command that the words mean. */
export function matchCommand(commands: readonly Command[], words: readonly string[]): Match {
  const places = placesAfter(commands, words, { goesOn: false });
  if ("problem" in places) return places;
  const complete = places.find(({ rest }) => isFinal(rest));
  if (complete !== undefined) return { command: complete.command, slots: slotsOf(complete) };
  const next = places.flatMap(({ rest }) => nextSteps(rest).map(({ token }) => token.text));
  const missing = [...new Set(next)].sort().join(", ");
  const before = words.length === 0 ? "" : `${shownLine(words)}: `;
  return { problem: `${before}another word is needed: ${missing}` };
}

/**
 * The rows that may be meant by a line that begins with these words, never none.
 *
 * @param options.goesOn Whether the line will have more words.
 */
export function placesAfter(
  commands: readonly Command[],
  words: readonly string[],
  options: { readonly goesOn: boolean },
): readonly Place[] | { readonly problem: string } {
  if (words.length > mostWords) return { problem: `no command has more than ${mostWords} words` };
  let places: readonly Place[] = commands.map((command) => ({
    command,
    taken: [],
    rest: rowElements(command.words),
  }));
  for (const [index, word] of words.entries()) {
    const goesOn = options.goesOn || index < words.length - 1;
    const next = placesAfterWord(places, word, { goesOn });
    const meanings = [...new Set(next.map(({ taken }) => taken.at(-1)?.token.text))].sort();
    if (meanings.length === 0) {
      return { problem: wrongWord(word, words.slice(0, index), places) };
    }
    if (meanings.length > 1) {
      return { problem: `${JSON.stringify(word)} could be ${meanings.join(" or ")}` };
    }
    places = next;
  }
  return places;
}

function placesAfterWord(
  places: readonly Place[],
  word: string,
  { goesOn }: { readonly goesOn: boolean },
): readonly Place[] {
  const steps = places.flatMap(({ command, taken, rest }) =>
    nextSteps(rest).map((step) => ({
      token: step.token,
      place: { command, taken: [...taken, { token: step.token, word }], rest: step.rest },
    }))
  );
  const fixed = steps.filter(({ token }) => token.kind === "word");
  const exact = fixed.filter(({ token }) => token.text === word);
  const slots = steps.filter(({ token }) => token.kind === "slot");
  const prefixed = fixed.filter(({ token }) => word !== "" && token.text.startsWith(word));
  // `sh` may be the start of `shell`, but in `sh backends` it is not, as nothing follows `shell`.
  const isOpen = ({ place }: { readonly place: Place }) => !goesOn || place.rest.length > 0;
  const fitting = [exact, slots, prefixed.filter(isOpen), prefixed].find(({ length }) =>
    length > 0
  );
  return (fitting ?? []).map(({ place }) => place);
}

/** What a command is told of a line that means it. */
export function slotsOf({ taken }: Place): ReadonlyMap<string, readonly string[]> {
  const slots = new Map<string, readonly string[]>();
  for (const { token, word } of taken) {
    if (!token.isTold) continue;
    const own = token.kind === "slot" ? [word] : [];
    slots.set(token.name, [...slots.get(token.name) ?? [], ...own]);
  }
  return slots;
}

function wrongWord(word: string, before: readonly string[], places: readonly Place[]): string {
  const shown = JSON.stringify(word);
  const candidates = places.flatMap(({ rest }) => nextSteps(rest).map(({ token }) => token.text));
  const line = shownLine(before);
  if (candidates.length === 0) return `${line}: nothing more belongs here, and ${shown} follows`;
  const what = line === "" ? `unknown command ${shown}` : `${line}: unknown word ${shown}`;
  const hint = didYouMean(word, candidates);
  const isFew = line !== "" && candidates.length <= mostNamed;
  return hint === "" && isFew
    ? `${what}; ${[...new Set(candidates)].sort().join(", ")} may stand here`
    : what + hint;
}

/** Several times as many as the longest command has. */
const mostWords = 32;

/** Where nothing is like a wrong word, so many right ones are named. */
const mostNamed = 6;

/** The words as they are, but for those that would do something to a terminal. */
function shownLine(words: readonly string[]): string {
  return words.map((word) => /[\p{C}\s"]/u.test(word) ? JSON.stringify(word) : word).join(" ");
}
