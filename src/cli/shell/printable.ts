/**
 * Messages that quote what somebody typed, made fit for a terminal.
 *
 * @module
 */

/** Nobody reads more of a message. */
const longest = 1_000;

/** What moves the cursor, changes colours, or turns the direction of writing. */
// deno-lint-ignore no-control-regex
const unfit = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/** The message on one line, without what a terminal would obey, and not longer than anybody reads. */
export function printable(message: string): string {
  const short = message.length > longest ? `${message.slice(0, longest)}…` : message;
  return short.replaceAll(
    unfit,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
