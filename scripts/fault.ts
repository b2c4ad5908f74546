/**
 * A small fault that can be planted into our sources, to see whether a test notices.
 *
 * @module
 */

/** One fault, as data. */
export interface Fault {
  /** The source, from the top of the project: `src/health/counter.ts`. */
  readonly file: string;
  /** What stands there, exactly once. */
  readonly text: string;
  /** What stands there instead. */
  readonly replacement: string;
  /** What would go wrong for a user, in a sentence. */
  readonly harm: string;
  /** The tests that should catch it, where they are not those beside the file. */
  readonly tests?: string;
}

/**
 * The source with the fault in it.
 *
 * @throws {Error} The text is not there exactly once: the fault no longer fits the source.
 */
export function plant(source: string, { file, text, replacement }: Fault): string {
  const parts = source.split(text);
  if (parts.length !== 2) {
    const times = parts.length - 1;
    throw new Error(
      `${file}: the fault no longer fits, as its text is there ${times} times: ${text}`,
    );
  }
  return parts.join(replacement);
}
