/**
 * The command table as numbered states, for scripts that complete commands in other shells.
 *
 * @module
 */
import type { Command } from "../command.ts";
import { globalFlags, serverFlags } from "../command_flags.ts";
import type { Flags } from "../flags.ts";
import { nextSteps, rowElements, type Step } from "../row.ts";
import { helpOf } from "../word_help.ts";

/** What the words of a line so far allow. */
export interface CompletionState {
  readonly entries: readonly CompletionEntry[];
  /** Of all commands that the line may still mean. */
  readonly flags: Flags;
}

/** A word or slot that may follow. */
export interface CompletionEntry {
  /** `show`, `<backend>` */
  readonly text: string;
  readonly help: string;
  /** The number of the state that it leads to. */
  readonly next: number;
}

/** A row that a line may mean, with what is left of it. */
type Place = Pick<Step, "rest"> & { readonly command: Command };

/** The states of the table; a line starts in the first. */
export function completionStates(commands: readonly Command[]): readonly CompletionState[] {
  const start = commands.map((command) => ({ command, rest: rowElements(command.words) }));
  const numbers = new Map([[keyOf(start), 0]]);
  const queue: (readonly Place[])[] = [start];
  const numberOf = (places: readonly Place[]): number => {
    // What follows `help` is a command itself.
    if (places.some(({ rest }) => nextSteps(rest)[0]?.token.name === "command")) return 0;
    const key = keyOf(places);
    const number = numbers.get(key) ?? queue.push(places) - 1;
    numbers.set(key, number);
    return number;
  };
  const states: CompletionState[] = [];
  for (const places of queue) {
    const steps = places.flatMap(({ command, rest }) =>
      nextSteps(rest).map(({ token, rest }) => ({ token, place: { command, rest } }))
    );
    const entries = Map.groupBy(steps, ({ token }) => token.text).values().map((same) => ({
      text: same[0]?.token.text ?? "",
      help: same[0] === undefined ? "" : helpOf(same[0].token),
      next: numberOf(same.map(({ place }) => place)),
    }));
    const own = places === start ? [] : places.map(({ command }) => command.flags);
    states.push({ entries: [...entries], flags: Object.assign({}, ...own, globalFlags) });
  }
  return states;
}

/** Where the same may follow, in whatever order words came. */
function keyOf(places: readonly Place[]): string {
  const keys = places.map((
    { command, rest },
  ) => [command.words, ...rest.map((element) => JSON.stringify(element)).sort()]);
  return JSON.stringify(keys);
}

/** What the scripts are filled with. */
export interface CompletionTables {
  readonly states: readonly CompletionState[];
  /** Every line of help once. */
  readonly helps: readonly string[];
  /** The flags that states have, once each; by number. */
  readonly flagSets: readonly Flags[];
  /** For each state, which of these are its own. */
  readonly flagSetOf: readonly number[];
  /** Flags that take a text, as they are typed. */
  readonly textFlags: readonly string[];
  /** Of these, those whose text is the name of a file. */
  readonly fileFlags: readonly string[];
  /** Of these, those with few texts. */
  readonly choices: readonly (readonly [flag: string, texts: readonly string[]])[];
  /** Flags that say how to reach the daemon. */
  readonly serverFlags: readonly string[];
}

/** Brings the table into a form for scripts. */
export function completionTables(commands: readonly Command[]): CompletionTables {
  const states = completionStates(commands);
  const helps = new Set<string>();
  const flagSets = new Map<string, Flags>();
  for (const { entries, flags } of states) {
    [...entries, ...Object.values(flags)].forEach(({ help }) => helps.add(help));
    flagSets.set(flagKey(flags), flags);
  }
  const keys = [...flagSets.keys()];
  const every = commands.flatMap(({ flags }) => Object.entries(flags));
  const textFlags = new Set<string>();
  const fileFlags = new Set<string>();
  const choices = new Map<string, readonly string[]>();
  for (const [name, flag] of every) {
    if (flag.kind !== "text") continue;
    for (const given of [`--${name}`, ...flag.letter === undefined ? [] : [`-${flag.letter}`]]) {
      textFlags.add(given);
      if (/^(FILE|PATH)$/.test(flag.placeholder)) fileFlags.add(given);
      if (flag.choices !== undefined) choices.set(given, flag.choices);
    }
  }
  return {
    states,
    helps: [...helps],
    flagSets: [...flagSets.values()],
    flagSetOf: states.map(({ flags }) => keys.indexOf(flagKey(flags))),
    textFlags: [...textFlags],
    fileFlags: [...fileFlags],
    choices: [...choices],
    serverFlags: Object.keys(serverFlags).filter((name) => name !== "timeout")
      .map((name) => `--${name}`),
  };
}

function flagKey(flags: Flags): string {
  return Object.keys(flags).sort().join(" ");
}
