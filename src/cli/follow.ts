/**
 * What may follow in a line: for Tab and `?`.
 *
 * @module
 */
import type { Command } from "./command.ts";
import { type Place, placesAfter, slotsOf } from "./match.ts";
import { isFinal, nextSteps, type Token } from "./row.ts";
import { helpOf } from "./word_help.ts";

/** Something that may follow: a fixed word, a name or number in a slot, or the end of the line. */
export type Candidate =
  | { readonly kind: "word"; readonly text: string; readonly help: string }
  | {
    readonly kind: "slot";
    readonly name: string;
    /** `<backend>` */
    readonly text: string;
    readonly help: string;
  }
  /** The line may end; the help is that of the command which it means. */
  | { readonly kind: "end"; readonly help: string };

/** All that may follow, in the order of the table; or one line about what is wrong before. */
export type Follow =
  | { readonly candidates: readonly Candidate[] }
  | { readonly problem: string };

/** Says what may follow after these words, each of which is complete. */
export function follow(commands: readonly Command[], words: readonly string[]): Follow {
  const places = placesAfter(commands, words, { goesOn: true });
  if ("problem" in places) return places;
  const tokens = new Map<string, Token>();
  for (const place of places) {
    for (const { token } of nextSteps(place.rest)) {
      // What follows `help` is a command itself.
      if (token.kind === "slot" && token.name === "command") return helped(commands, place);
      tokens.set(token.text, tokens.get(token.text) ?? token);
    }
  }
  const ends = places.filter(({ rest }) => isFinal(rest)).map(({ command }) => endOf(command));
  return { candidates: [...[...tokens.values()].map(candidateOf), ...ends] };
}

/** What may follow in a line that asks for help, which may end anywhere. */
function helped(commands: readonly Command[], place: Place): Follow {
  const about = follow(commands, slotsOf(place).get("command") ?? []);
  if ("problem" in about) return about;
  const words = about.candidates.filter(({ kind }) => kind === "word");
  return { candidates: [...words, endOf(place.command)] };
}

function candidateOf(token: Token): Candidate {
  const { kind, name, text } = token;
  const help = helpOf(token);
  return kind === "word" ? { kind, text, help } : { kind, name, text, help };
}

function endOf({ help }: Command): Candidate {
  return { kind: "end", help };
}
