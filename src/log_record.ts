/**
 * What an event is once it is logged.
 *
 * @module
 */

/** The levels, the least important first. */
export const levels = ["debug", "info", "warn", "error"] as const;

/** How important a record is. */
export type Level = (typeof levels)[number];

/** The value of an attribute in a record: what JSON can express. */
export type PlainValue =
  | string
  | number
  | boolean
  | null
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue };

/** One event. It is frozen, through and through, and shares nothing with what the caller passed. */
export interface LogRecord {
  /** When it was logged, in milliseconds since the Unix epoch. */
  readonly at: number;
  readonly level: Level;
  /** The name of the event, one of a fixed set. */
  readonly msg: string;
  readonly attributes: Readonly<Record<string, PlainValue>>;
}
