/**
 * Data as JSON, in the one form that all commands print.
 *
 * @module
 */
import { plain } from "./plain.ts";

/** The value with two blanks of indentation, and the names in it in snake_case. */
export function formatJson(value: unknown): string {
  return JSON.stringify(plain(value), null, 2);
}

/** The same on one line; of a list, each item on a line of its own. */
export function formatJsonLines(value: unknown): readonly string[] {
  const data = plain(value);
  return (Array.isArray(data) ? data : [data]).map((item) => JSON.stringify(item));
}
