/**
 * What a row of the command table is.
 *
 * @module
 */
import type { Clock } from "../clock.ts";
import type { Process } from "../daemon/process.ts";
import type { Flags, FlagValues } from "./flags.ts";
import type { Server, ServerFlags } from "./server.ts";

/** What a command has to do with the world outside. */
export interface World {
  /** Writes a line of the answer, to stdout. False when nobody reads it any more. */
  readonly print: (line: string) => boolean;
  /** Writes a line of everything else, to stderr. */
  readonly complain: (line: string) => void;
  readonly env: (name: string) => string | undefined;
  /** What comes next on stdin; null at its end. */
  readonly readInput: () => Promise<Uint8Array | null>;
  /** Whether a person writes what {@link readInput} reads. */
  readonly isInputTerminal: boolean;
  /** Whether a person reads what {@link print} writes. */
  readonly isOutputTerminal: boolean;
  /** Whether a person reads what {@link complain} writes. */
  readonly isErrorTerminal: boolean;
  readonly clock: Clock;
  /** For commands that end soon: its timers do not keep them from that. */
  readonly briefClock: Clock;
  /** Uses the daemon that the flags name. */
  readonly withServer: <T>(flags: ServerFlags, use: (server: Server) => Promise<T>) => Promise<T>;
  /** A number from 0, inclusive, to 1, exclusive. */
  readonly random: () => number;
  /** Bytes that nobody can guess. */
  readonly randomBytes: (length: number) => Uint8Array;
  /**
   * Resolves with the signal's name when somebody wants the program to end. Once `unless` aborts,
   * signals do again what they do by themselves.
   */
  readonly untilInterrupted: (unless?: AbortSignal) => Promise<string>;
  /**
   * Resolves when a key is hit, where there is a terminal with somebody who looks at it, or when
   * `unless` aborts, which it has to in the end.
   */
  readonly untilKey: (unless: AbortSignal) => Promise<void>;
  /** Gives up, for good, the right to call into the C library. */
  readonly giveUpLibc: () => void;
  /** The process, for a command that stays in charge of it until its end. */
  readonly process: Process;
}

/** What a command is run with. */
export interface Invocation<F extends Flags = Flags> {
  readonly flags: FlagValues<F>;
  /** The words that stand for slots, by the slot's name. */
  readonly slots: ReadonlyMap<string, readonly string[]>;
  readonly world: World;
}

/** Runs a command and says with which code the process ends. */
export type Run<F extends Flags = Flags> = (invocation: Invocation<F>) => Promise<number> | number;

/** A row of the table. */
export interface Command {
  /** Words and slots: `show backends [<backend>]`; `...` after a slot takes all words left. */
  readonly words: string;
  /** One line, without a full stop. */
  readonly help: string;
  readonly flags: Flags;
  /** Whether it may have to call into the C library. No other command can, whatever it is told. */
  readonly usesLibc: boolean;
  /** Loads what runs the command, which nothing else does. */
  readonly load: () => Promise<Run>;
}

/** Declares a row; the flags' values have the types that their table gives them. */
export function command<F extends Flags>(
  words: string,
  row: Pick<Command, "help"> & {
    readonly flags?: F;
    readonly usesLibc?: true;
    readonly load: () => Promise<Run<F>>;
  },
): Command {
  const load = row.load as () => Promise<Run>;
  return { words, help: row.help, flags: row.flags ?? {}, usesLibc: row.usesLibc ?? false, load };
}

/** The codes with which the process ends. */
export const exitCodes = {
  ok: 0,
  refused: 1,
  usage: 2,
  changesPlanned: 3,
  serverUnreachable: 4,
  vppUnavailable: 5,
  internalError: 70,
} as const;
