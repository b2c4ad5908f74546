/**
 * A place in the source of a regular expression, for the functions that read it.
 *
 * @module
 */

/** What is read, how far it has been read, and the flags that hold there, as letters. */
export interface Cursor {
  readonly source: string;
  at: number;
  flags: string;
}

/** The expression is not one of Go's; the message says why. */
export class Refused extends Error {
  override readonly name = "Refused";
}

/** Moves past what a sticky pattern matches, and returns the match; null where it does not match. */
export function take(cursor: Cursor, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = cursor.at;
  const match = pattern.exec(cursor.source);
  if (match !== null) cursor.at = pattern.lastIndex;
  return match;
}

/** Refuses the expression; a part of it that the reason ends with is shown on one line. */
export function refuse(reason: string, part?: string): never {
  if (part === undefined) throw new Refused(reason);
  const short = part.length > 40 ? `${part.slice(0, 40)}…` : part;
  throw new Refused(`${reason} ${short.replaceAll(/\p{Cc}/gu, " ")}`);
}
