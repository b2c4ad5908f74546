/**
 * The lines of an input that is not a terminal.
 *
 * @module
 */

/** A line without its end, or why it cannot be read. */
export type InputLine = { readonly text: string } | { readonly problem: string };

/** Longer lines are refused whole: nobody writes them, and they are not to fill the memory. */
export const longestLine = 65_536;

/** Yields each line as soon as it is there; the last one need not be ended. */
export async function* inputLines(
  read: () => Promise<Uint8Array | null>,
): AsyncGenerator<InputLine> {
  const decoder = new TextDecoder();
  let begun = "";
  let isTooLong = false;
  const lineOf = (text: string): InputLine =>
    isTooLong || text.length > longestLine
      ? { problem: `a line of more than ${longestLine} characters is not read` }
      : { text: text.replace(/\r$/, "") };
  for (let bytes = await read(); bytes !== null; bytes = await read()) {
    const [first = "", ...others] = decoder.decode(bytes, { stream: true }).split("\n");
    begun += first;
    for (const next of others) {
      yield lineOf(begun);
      begun = next;
      isTooLong = false;
    }
    if (begun.length > longestLine) {
      begun = "";
      isTooLong = true;
    }
  }
  begun += decoder.decode();
  if (begun !== "" || isTooLong) yield lineOf(begun);
}
