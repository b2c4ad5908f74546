/**
 * Finds the row of the command table that a line means.
 *
 * Any unambiguous prefix of a fixed word will do, and an exact word wins over a longer one.
 *
 * @module
 */
import { didYouMean } from "../suggest.ts";
import type { Command } from "./command.ts";

/** A word of a row: fixed, or a slot that any word fits. */
type Token =
  | { readonly kind: "word"; readonly text: string }
  | {
    readonly kind: "slot";
    readonly text: string;
    readonly name: string;
    readonly isOptional: boolean;
    readonly takesRest: boolean;
  };

/** The row with its slots filled, or one line about what is wrong. */
export type Match =
  | { readonly command: Command; readonly slots: ReadonlyMap<string, readonly string[]> }
  | { readonly problem: string };

/** Reads a row's words: `help [<command>...]`. */
function tokensOf(words: string): readonly Token[] {
  return words.split(" ").map((text) => {
    const [, name, rest] = /^\[?<([^>]+)>(\.\.\.)?\]?$/.exec(text) ?? [];
    if (name === undefined) return { kind: "word", text };
    const isOptional = text.startsWith("[");
    return { kind: "slot", text, name, isOptional, takesRest: rest !== undefined };
  });
}

/** Finds the one command that the words mean. */
export function matchCommand(commands: readonly Command[], words: readonly string[]): Match {
  let rows = commands.map((command) => ({ command, tokens: tokensOf(command.words) }));
  for (const [index, word] of words.entries()) {
    const at = rows.map((row) => ({ row, token: tokenAt(row.tokens, index) }));
    const fixed = at.filter(({ token }) => token?.kind === "word");
    const exact = fixed.filter(({ token }) => token?.text === word);
    const prefixed = fixed.filter(({ token }) => token?.text.startsWith(word));
    const slots = at.filter(({ token }) => token?.kind === "slot");
    const fitting = [exact, slots, prefixed].find((each) => each.length > 0) ?? [];
    const meanings = new Set(fitting.map(({ token }) => token?.text));
    const before = words.slice(0, index).join(" ");
    if (fitting.length === 0) {
      return { problem: wrongWord(word, before, fixed.flatMap(({ token }) => token?.text ?? [])) };
    }
    if (meanings.size > 1) {
      return { problem: `${JSON.stringify(word)} could be ${[...meanings].sort().join(" or ")}` };
    }
    rows = fitting.map(({ row }) => row);
  }
  const complete = rows.find(({ tokens }) => isComplete(tokens, words.length));
  if (complete === undefined) {
    const next = new Set(rows.map(({ tokens }) => tokens[words.length]?.text ?? ""));
    return {
      problem: `${words.join(" ")}: another word is needed: ${[...next].sort().join(", ")}`,
    };
  }
  return { command: complete.command, slots: slotsOf(complete.tokens, words) };
}

function tokenAt(tokens: readonly Token[], index: number): Token | undefined {
  const last = tokens.at(-1);
  return tokens[index] ?? (last?.kind === "slot" && last.takesRest ? last : undefined);
}

function isComplete(tokens: readonly Token[], count: number): boolean {
  const missing = tokens[count];
  return missing === undefined || (missing.kind === "slot" && missing.isOptional);
}

function slotsOf(tokens: readonly Token[], words: readonly string[]): Map<string, string[]> {
  const slots = new Map<string, string[]>();
  for (const [index, word] of words.entries()) {
    const token = tokenAt(tokens, index);
    if (token?.kind === "slot") slots.set(token.name, [...slots.get(token.name) ?? [], word]);
  }
  return slots;
}

function wrongWord(word: string, before: string, candidates: readonly string[]): string {
  const shown = JSON.stringify(word);
  if (candidates.length === 0) return `${before}: nothing more belongs here, and ${shown} follows`;
  const what = before === "" ? `unknown command ${shown}` : `${before}: unknown word ${shown}`;
  return what + didYouMean(word, candidates);
}
