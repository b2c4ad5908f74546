/**
 * Flags: declared in tables, read from the command line and the environment.
 *
 * @module
 */
import { didYouMean } from "../suggest.ts";

/** A flag that takes a text. */
export interface TextFlag {
  readonly kind: "text";
  /** One letter that does as well, after one dash. */
  readonly letter?: string;
  /** What stands for the text in help: `FILE`. */
  readonly placeholder: string;
  /** All texts that it takes, if they are few: for completion. */
  readonly choices?: readonly string[];
  /** The environment variable that gives the text where the flag does not. */
  readonly env?: string;
  /** The text where neither does. */
  readonly fallback: string;
  readonly help: string;
}

/** A flag that is there or not. */
export interface SwitchFlag {
  readonly kind: "switch";
  /** One letter that does as well, after one dash. */
  readonly letter?: string;
  readonly help: string;
}

/** A flag that is on or off: `--flag`, `--flag=true` and `--flag=false`. */
export interface ToggleFlag {
  readonly kind: "toggle";
  /** One letter that does as well, after one dash. */
  readonly letter?: string;
  /** The environment variable that says `true` or `false` where the flag is not given. */
  readonly env?: string;
  /** What it is where neither says so, or the variable is empty. */
  readonly fallback: boolean;
  readonly help: string;
}

/** A flag of any kind. */
export type Flag = TextFlag | SwitchFlag | ToggleFlag;

/** The flags of a command, by name without the dashes. */
export type Flags = { readonly [name: string]: Flag };

/** What the flags of a table come to. */
export type FlagValues<F extends Flags> = {
  readonly [K in keyof F]: F[K] extends TextFlag ? string : boolean;
};

/** Raised for a command line that is not right; the message is one line that says what is. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A command line, its words apart from its flags, whose texts are not yet anybody's. */
export interface SplitLine {
  readonly words: readonly string[];
  /** By name; null for a flag without a text. */
  readonly flags: ReadonlyMap<string, string | null>;
}

/**
 * Tells flags from words: `--flag value`, `--flag=value`, `-f`, and `--` after which all are words.
 * The table says which flags take a text; of a flag given twice the last counts.
 *
 * @throws {UsageError} A flag is unknown, lacks its text, or has one that it does not take.
 */
export function splitLine(args: readonly string[], known: Flags): SplitLine {
  const words: string[] = [];
  const flags = new Map<string, string | null>();
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === "--") {
      words.push(...rest.splice(0));
    } else if (!arg.startsWith("-") || arg === "-") {
      words.push(arg);
    } else {
      const [given = "", ...texts] = arg.split("=");
      const [name, flag] = findFlag(given, known);
      const text = texts.length > 0 ? texts.join("=") : undefined;
      if (flag.kind === "text") {
        const value = text ?? rest.shift();
        if (value === undefined) throw new UsageError(`${given} needs a ${flag.placeholder}`);
        flags.set(name, value);
      } else if (text === undefined || flag.kind === "toggle") {
        flags.set(name, text ?? null);
      } else {
        throw new UsageError(`${given} takes no value, and ${JSON.stringify(text)} is given`);
      }
    }
  }
  return { words, flags };
}

function findFlag(given: string, known: Flags): [string, Flag] {
  const found = Object.entries(known).find(([name, flag]) =>
    given === `--${name}` || (flag.letter !== undefined && given === `-${flag.letter}`)
  );
  if (found !== undefined) return found;
  const names = Object.keys(known).map((name) => `--${name}`);
  throw new UsageError(`unknown flag ${JSON.stringify(given)}${didYouMean(given, names)}`);
}

/**
 * The values of a command's flags: from the line, else from the environment, else the fallback.
 *
 * @throws {UsageError} A flag that is on or off is given as something else.
 */
export function flagValues<F extends Flags>(
  table: F,
  given: SplitLine["flags"],
  env: (name: string) => string | undefined,
): FlagValues<F> {
  const values = Object.entries(table).map(([name, flag]) => {
    if (flag.kind === "switch") return [name, given.has(name)];
    const fromEnv = flag.env === undefined ? undefined : env(flag.env);
    if (flag.kind === "text") return [name, given.get(name) ?? fromEnv ?? flag.fallback];
    if (given.has(name)) return [name, isOn(given.get(name) ?? "true", `--${name}`)];
    const isSaid = fromEnv !== undefined && fromEnv !== "";
    return [name, isSaid ? isOn(fromEnv, flag.env ?? "") : flag.fallback];
  });
  return Object.fromEntries(values);
}

function isOn(text: string, name: string): boolean {
  if (text === "true" || text === "false") return text === "true";
  throw new UsageError(`${name} takes true or false, not ${JSON.stringify(text)}`);
}
