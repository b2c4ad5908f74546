/**
 * In which form a command answers.
 *
 * @module
 */
import { UsageError } from "../flags.ts";

/** For people, or for programs. */
export type OutputForm = "text" | "json";

/**
 * Reads the flag that says it.
 *
 * @throws {UsageError} There is no such form.
 */
export function outputForm(text: string): OutputForm {
  if (text === "text" || text === "json") return text;
  throw new UsageError(`--output takes text or json, not ${JSON.stringify(text)}`);
}
